"""Requests whose bytes are no message: refused by name, where gRPC would log a traceback and answer UNKNOWN."""

from google.protobuf.message import DecodeError

_UNREADABLE = object()


def refuse_unreadable():
    """A `grpc.aio` server interceptor that answers INVALID_ARGUMENT to what cannot be parsed."""
    import grpc

    class RefuseUnreadable(grpc.aio.ServerInterceptor):
        async def intercept_service(self, continuation, handler_call_details):
            handler = await continuation(handler_call_details)
            if handler is None or handler.unary_unary is None:
                return handler

            def read(data):
                try:
                    return handler.request_deserializer(data)
                except DecodeError:
                    return _UNREADABLE

            async def answer(request, context):
                if request is _UNREADABLE:
                    await context.abort(grpc.StatusCode.INVALID_ARGUMENT, "The request cannot be parsed")
                return await handler.unary_unary(request, context)

            return grpc.unary_unary_rpc_method_handler(answer, read, handler.response_serializer)

    return RefuseUnreadable()
