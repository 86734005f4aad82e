"""What the machine can do at most: one large matrix product after the other."""

import tensorflow as tf

from keras_gans.benchmarks.speed.stopwatch import Stopwatch

SIZE = 2048


def flops():
    """Floating point operations of one product."""
    return 2 * SIZE**3


class Contestant:
    """Products of two square matrices.

    Args:
        case: taken for the likeness with the others; nothing in it matters here.
        precision: "float32" or "bfloat16".
    """

    def __init__(self, case, precision="float32"):
        self.factors = [tf.cast(tf.random.stateless_normal((SIZE, SIZE), (0, seed)), precision) for seed in range(2)]
        self.product = tf.function(tf.matmul)

    def train(self, steps):
        """What `steps` products take."""
        stopwatch = Stopwatch()
        for _ in range(steps):
            product = self.product(*self.factors)
        product.numpy()
        return stopwatch.read()
