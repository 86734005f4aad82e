"""DCGAN's pair with a class for the generator and a classifier beside the scores."""

import keras
from keras import layers, ops

from keras_gans.networks.dcgan import DCGANDiscriminator, DCGANGenerator
from keras_gans.networks.layers.dropout import Dropout
from keras_gans.networks.network import Discriminator, Generator, Network
from keras_gans.registry import register


@keras.saving.register_keras_serializable("keras_gans")
class AuxiliaryDCGANGenerator(Generator):
    """`DCGANGenerator` on the latents and the one-hot class, concatenated.

    Args:
        image_shape, latent_dim, width: as `DCGANGenerator`.
        num_classes: number of classes; the second input are labels `(batch,)` in [0, num_classes). None for a
            generator of latents alone, as semi-supervised learning has.

    Reference: Odena et al., 2016, arXiv:1610.09585.
    """

    def __init__(
        self, image_shape=(28, 28, 1), latent_dim=100, num_classes=10, width=1.0, name="auxiliary_dcgan_generator"
    ):
        inputs = x = keras.Input((latent_dim,), name="latents")
        if num_classes is not None:
            labels = keras.Input((), dtype="int32", name="labels")
            inputs, x = [inputs, labels], layers.Concatenate()([x, ops.one_hot(labels, num_classes)])
        images = DCGANGenerator(image_shape, x.shape[-1], width, name="dcgan")(x)
        super().__init__(inputs, images, name=name)
        self.num_classes = num_classes
        self.width = width


@keras.saving.register_keras_serializable("keras_gans")
class AuxiliaryDCGANDiscriminator(Discriminator):
    """`DCGANDiscriminator` with a second head, which predicts the class.

        features of the last convolution -> Dense 1 -> scores `(batch, 1)`
                                         -> Dense num_classes -> class_logits `(batch, num_classes)`

    Args:
        image_shape, width, normalization: as `DCGANDiscriminator`. "spectral" leaves the classifier's head as it is.
        num_classes: number of classes.
        dropout: share of the features dropped before both heads.

    Reference: Odena et al., 2016, arXiv:1610.09585.
    """

    def __init__(
        self,
        image_shape=(28, 28, 1),
        num_classes=10,
        width=1.0,
        normalization="batch",
        dropout=0.0,
        name="auxiliary_dcgan_discriminator",
    ):
        pair = DCGANDiscriminator(image_shape, width, normalization)
        score = pair.layers[-1]
        features = Dropout(dropout)(pair.layers[-2].output)
        kernel = keras.initializers.RandomNormal(0.0, 0.02)
        logits = layers.Dense(num_classes, kernel_initializer=kernel, dtype="float32", name="class_logits")
        super().__init__(pair.inputs[0], {"scores": score(features), "class_logits": logits(features)}, name=name)
        self.num_classes = num_classes
        self.width = width
        self.normalization = normalization
        self.dropout = dropout


@register("auxiliary_dcgan")
class AuxiliaryDCGAN(Network):
    """DCGAN for games in which D also classifies: AC-GAN and semi-supervised learning."""

    generator = AuxiliaryDCGANGenerator
    discriminator = AuxiliaryDCGANDiscriminator
    small = {"image_shape": (16, 16, 1), "width": 1 / 16}
