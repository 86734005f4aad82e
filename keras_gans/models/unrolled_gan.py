"""Unrolled generative adversarial networks."""

import contextlib

import keras
from keras import ops

from keras_gans import backend
from keras_gans.models import look_ahead, players
from keras_gans.models.adversarial import AdversarialModel
from keras_gans.objectives.minimax import Minimax
from keras_gans.registry import register


@register("unrolled_gan")
class UnrolledGAN(AdversarialModel):
    """G plays against the D that would answer: it looks K steps of D ahead, and its gradient flows through them.

        theta_D^0     = theta_D
        theta_D^(k+1) = theta_D^k - the optimizer's step on grad L_D(theta_D^k, theta_G)       k = 0, ..., K - 1
        G minimises     L_G(theta_D^K(theta_G), theta_G)
        D minimises     L_D(theta_D, theta_G)                                                  one real step

    A G that moves all its mass to the place where D is weakest today sees D's answer, so that hopping from mode to mode
    no longer pays. The steps ahead are those of D's own optimizer from its present slots, on the real and generated
    images of G's step, with D's penalties and constraints; D's weights and slots stay as they are. In a game of one
    value, L_G = -L_D, G's loss has the term on real images too, which only a D that looks ahead lets G move.

        K -> unrolled_steps

    With K = 0 this is the plain game. A step of G costs about K + 1 times as much.

    Reference: Metz et al., 2017, arXiv:1611.02163 (Adam 1e-4, beta_1 0.5; K = 5 or 10 in most experiments).
    """

    @staticmethod
    def recipe():
        return {
            "objective": Minimax(),
            "generator_optimizer": keras.optimizers.Adam(1e-4, beta_1=0.5),
            "discriminator_optimizer": keras.optimizers.Adam(1e-4, beta_1=0.5),
            "unrolled_steps": 5,
        }

    def compile(self, *args, **kwargs):
        """As `AdversarialModel.compile`, and:

        Args:
            unrolled_steps: D's steps that G looks ahead, an integer >= 0.
        """
        super().compile(*args, **kwargs)
        steps = self.unrolled_steps
        if isinstance(steps, bool) or not isinstance(steps, int) or steps < 0:
            raise ValueError(f"Expected an integer of at least 0, received: unrolled_steps={steps!r}")
        if steps:
            look_ahead.check_optimizer(players.unscaled(self.discriminator_optimizer))

    def losses_against_opponent(self, shown):
        """G's losses against the D of `unrolled_steps` steps later."""
        with self.looking_ahead(shown):
            if not (self.objective.zero_sum and self.unrolled_steps > 0):
                return super().losses_against_opponent(shown)
            real, fake = (self.judge_as_opponent(images, shown.labels) for images in (shown.real, shown.fake))
            return {"generator_loss": -self.objective.discriminator_loss(real["scores"], fake["scores"])}

    @contextlib.contextmanager
    def looking_ahead(self, shown):
        """Inside, D is as it would be after `unrolled_steps` steps on these images; afterwards it is as it was.

        Only the states of random seeds move on, so that the next step draws other noise.
        """
        if self.unrolled_steps == 0:
            yield
            return
        weights = self.discriminator.trainable_variables

        def loss():
            real, fake, labels, latents = shown
            judged = [self.judge(images, labels) for images in (real, fake)]
            penalties = [self.penalty(penalty, real, fake, labels) for penalty in self.penalties]
            losses = self.discriminator_losses(*judged, labels, latents)
            return sum(ops.mean(value) for value in [*losses.values(), *penalties]) / backend.replicas()

        with backend.nested_scope() as scope:
            optimizer = players.unscaled(self.discriminator_optimizer)
            for _ in range(self.unrolled_steps):
                look_ahead.step(optimizer, backend.weight_gradients(loss, weights), weights)
                for constraint in self.constraints:
                    constraint(self.discriminator)
            yield
        backend.keep_seed_states(scope, self.variables)
