"""A discriminator that is trained to the end against a generator that stands still."""

from keras import ops

from keras_gans import backend
from keras_gans.models.gan import GAN
from keras_gans.objectives.minimax import Minimax
from keras_gans.objectives.non_saturating import NonSaturating

MINIMAX, NON_SATURATING, ERROR = "minimax_gradient", "non_saturating_gradient", "discriminator_error"


class FrozenGenerator(GAN):
    """D learns, G does not: what G would have been told is measured before each of D's steps.

        minimax_gradient         = || grad_theta_G  E log(1 - D(G(z))) ||
        non_saturating_gradient  = || grad_theta_G  E -log D(G(z)) ||
        discriminator_error      = (share of real with D <= 1/2  +  share of fakes with D >= 1/2) / 2

    over a batch of latents z, all weights of G together. As D approaches the perfect discriminator, the first goes to
    zero and the second grows and gets noisy.

    Reference: Arjovsky and Bottou, 2017, arXiv:1701.04862, theorems 2.4 and 2.6, figures 1 to 3.
    """

    extra_losses = (MINIMAX, NON_SATURATING, ERROR)

    def train_step(self, data):
        for batch in self.discriminator_batches(data):
            self.measure(batch)
            self.update_discriminator(batch)
        return self.get_metrics_result()

    def measure(self, batch):
        """Both gradients of G and D's error at this moment; nothing is changed but random seeds."""
        latents = self.sample_inputs(ops.shape(batch.images)[0])
        for name, objective in ((MINIMAX, Minimax()), (NON_SATURATING, NonSaturating())):
            self.trackers[name].update_state(self.generator_gradient(objective, latents))
        real = self.judge_as_opponent(batch.images)["scores"]
        fake = self.judge_as_opponent(backend.call_without_updates(self.generator, latents))["scores"]
        wrong = [ops.mean(ops.cast(missed, "float32")) for missed in (real <= 0.0, fake >= 0.0)]
        self.trackers[ERROR].update_state(sum(wrong) / 2.0)

    def generator_gradient(self, objective, latents):
        """Norm of the gradient by all weights of G of the objective's mean over the latents."""

        def loss():
            fake = backend.call_without_updates(self.generator, latents)
            return ops.mean(objective.generator_loss(self.judge_as_opponent(fake)["scores"]))

        _, gradients = backend.value_and_gradients(loss, self.generator.trainable_variables)
        return ops.sqrt(sum(ops.sum(ops.square(ops.cast(gradient, "float32"))) for gradient in gradients))
