"""Generated images whose mean features are those of real ones."""

import keras
from keras import ops

from keras_gans import backend
from keras_gans.networks.network import outputs_by_name
from keras_gans.registry import register
from keras_gans.tricks.trick import Trick


@register("feature_matching")
class FeatureMatching(Trick):
    """G gives its images the mean features that real images have in D, instead of the score that D likes best.

        G minimises  adversarial_weight L_G + weight mean_j (mean_x f_j(x) - mean_z f_j(G(z)))^2

    f are the F outputs of a layer of D, in training mode; means are over a replica's batch. The paper writes the sum
    over j, its code takes the mean as here. D trains as ever.

    Args:
        weight: > 0.
        adversarial_weight: >= 0; 0, the paper's, replaces the adversarial loss.
        layer: name of the layer of D; None is the one before the scores.

    Reference: Salimans et al., 2016, arXiv:1606.03498, section 3.1.
    """

    extra_losses = ("feature_matching_loss",)

    def __init__(self, weight=1.0, adversarial_weight=0.0, layer=None):
        if not (weight > 0 and adversarial_weight >= 0):
            raise ValueError(
                "Expected a weight above 0 and an adversarial_weight of at least 0, received: "
                f"weight={weight!r}, adversarial_weight={adversarial_weight!r}"
            )
        self.weight = weight
        self.adversarial_weight = adversarial_weight
        self.layer = layer

    def build(self, model):
        network = model.discriminator
        if self.layer is None:
            features = outputs_by_name(network)["scores"]._keras_history.operation.input
        elif self.layer in (names := [layer.name for layer in network.layers]):
            features = network.get_layer(self.layer).output
        else:
            raise ValueError(f"Expected a layer of the discriminator ({', '.join(names)}), received: {self.layer!r}")
        self.features = keras.Model(network.inputs, features)

    def losses(self, model, player, losses, shown):
        if player == "discriminator":
            return losses
        real, fake = (self._mean_features(model, images, shown.labels) for images in (shown.real, shown.fake))
        return {
            **losses,
            "generator_loss": self.adversarial_weight * losses["generator_loss"],
            "feature_matching_loss": self.weight * ops.mean(ops.square(ops.stop_gradient(real) - fake)),
        }

    def _mean_features(self, model, images, labels):
        features = model.judge_as_opponent(images, labels, network=self.features)
        return backend.mean_of_replicas(ops.mean(ops.cast(features, "float32"), axis=0))
