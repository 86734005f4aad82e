"""A local server that speaks TensorFlow Serving's REST and gRPC protocols over TensorFlow's own session."""
