"""The base of every penalty: what the gradient of the discriminator should look like."""

from keras import ops

from keras_gans import backend
from keras_gans.registry import Component


class Penalty(Component):
    """A regulariser of the discriminator's gradient with respect to its input, added to D's loss.

    A subclass answers two questions: at which images, `points`, and how a gradient norm is judged there, `profile`.

        D's loss gains  weight * profile(||grad d(x)||),  x in points(real, fake)

    The norm is that of the gradient of an image's score (of the sum of its scores, if D puts out a map) over all axes
    but the batch. `every` = k evaluates the penalty at each k-th update of D only, with k times the weight (the lazy
    regularisation of Karras et al., 2020, arXiv:1912.04958): the call multiplies, the trainer skips.

    Args:
        weight: lambda >= 0, the factor of the penalty in D's loss.
        every: evaluate at each `every`-th update of D, an integer >= 1.
    """

    noun = "penalty"

    per_example = True
    """Whether each row's penalty is a matter of that row alone; BatchNormalization in D is then refused."""

    def __init__(self, weight=10.0, every=1):
        if not weight >= 0:
            raise ValueError(f"Expected a penalty weight of at least 0, received: weight={weight!r}")
        if not (isinstance(every, int) and every >= 1):
            raise ValueError(f"Expected an integer of at least 1, received: every={every!r}")
        self.weight = weight
        self.every = every

    def __call__(self, critic, real, fake, seed=None):
        """The weighted penalty, per example.

        Args:
            critic: callable from images to scores whose first axis is the batch.
            real: real images `(batch, ...)`.
            fake: generated images of the same shape.
            seed: a `keras.random.SeedGenerator` (or an integer) for the random points.

        Returns:
            `(batch,)`, float32.
        """
        return self.weight * self.every * self.penalty(critic, real, fake, seed)

    def penalty(self, critic, real, fake, seed=None):
        """The penalty before weighting, `(batch,)`."""
        return self.profile(gradient_norm(critic, self.points(real, fake, seed)))

    def points(self, real, fake, seed=None):
        """The images at which D's gradient is judged, in the shape of `real`."""
        raise NotImplementedError

    def profile(self, norm):
        """The penalty before weighting at a point where D's gradient has the norm `norm`, elementwise."""
        raise NotImplementedError


def gradient_norm(critic, images):
    """||grad_x critic(x)|| over all axes but the first, `(batch,)`, float32, differentiable again.

    The epsilon under the root keeps the derivative finite where the gradient is zero: d sqrt(s)/ds is infinite at 0.
    """
    gradient = ops.cast(backend.input_gradient(critic, images), "float32")
    return ops.sqrt(ops.sum(ops.square(gradient), axis=tuple(range(1, len(gradient.shape)))) + 1e-12)
