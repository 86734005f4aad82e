"""A function that an export offers: named inputs with one row per image, and a graph that refuses wrong requests."""

import dataclasses
from collections.abc import Callable

import tensorflow as tf

MOST_ROWS = 256


@dataclasses.dataclass(frozen=True)
class Input:
    """A named input with one row per image.

    Args:
        name: in requests.
        dtype: of its tensor.
        shape: of one row.
        meaning: a phrase for the model card.
        examples: function of a number of rows -> array of as many.
        allowed: the values that are taken, in words; empty for any.
        allows: function of the tensor -> which of its values are taken.
    """

    name: str
    dtype: str
    shape: tuple = ()
    meaning: str = ""
    examples: Callable | None = None
    allowed: str = ""
    allows: Callable | None = None

    def spec(self):
        return tf.TensorSpec((None, *self.shape), self.dtype, name=self.name)


@dataclasses.dataclass(frozen=True)
class Signature:
    """A function that a server offers.

    Args:
        name: in requests.
        inputs: its `Input`s.
        compute: function of the inputs' tensors by name -> `{output name: tensor}`.
        meaning: a sentence for the model card.
    """

    name: str
    inputs: tuple
    compute: Callable
    meaning: str = ""

    def traced(self, most_rows=MOST_ROWS):
        """The graph of the signature, which refuses wrong requests before it works on them."""

        def answer(*tensors):
            rows = dict(zip((wanted.name for wanted in self.inputs), tensors))
            with tf.control_dependencies(self._checks(rows, most_rows)):
                return self.compute(**{name: tf.identity(tensor) for name, tensor in rows.items()})

        function = tf.function(answer, input_signature=[wanted.spec() for wanted in self.inputs], autograph=False)
        return function.get_concrete_function()

    def _checks(self, rows, most_rows):
        count = tf.shape(rows[self.inputs[0].name])[0]
        yield tf.debugging.Assert(
            count <= most_rows, [f"Expected at most {most_rows} rows in a request, received:", count]
        )
        for wanted in self.inputs:
            tensor = rows[wanted.name]
            given = tf.shape(tensor)[0]
            message = f"Expected as many rows of {wanted.name} as of {self.inputs[0].name}, received:"
            yield tf.debugging.Assert(tf.equal(given, count), [message, given, count])
            if wanted.allows is not None:
                taken = wanted.allows(tensor)
                refused = tf.boolean_mask(tensor, tf.logical_not(taken))
                message = f"Expected {wanted.name} {wanted.allowed}, received:"
                yield tf.debugging.Assert(tf.reduce_all(taken), [message, refused])
