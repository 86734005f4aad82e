"""The relativistic objectives of Jolicoeur-Martineau."""

from keras import ops

from keras_gans import backend
from keras_gans.objectives.objective import Objective, cross_entropy
from keras_gans.registry import register


@register("relativistic")
class Relativistic(Objective):
    """D estimates whether a real image is more realistic than fakes; G makes fakes more realistic than real images.

    Average (RaSGAN), with m_r and m_f the mean scores of the real and the generated batch:

        D minimises  -log sigmoid(d(x) - m_f) - log(1 - sigmoid(d(G(z)) - m_r))
        G minimises  -log sigmoid(d(G(z)) - m_r) - log(1 - sigmoid(d(x) - m_f))

    Paired (RSGAN), each real image against the fake of the same row:

        D minimises  -log sigmoid(d(x) - d(G(z)))
        G minimises  -log sigmoid(d(G(z)) - d(x))

    The means are over the batch, of all replicas, and, for maps of scores, over the map.

    Args:
        average: True for RaSGAN, False for RSGAN.

    Reference: Jolicoeur-Martineau, 2018, arXiv:1807.00734.
    """

    compares_batches = True

    def __init__(self, average=True):
        self.average = average

    def discriminator_loss(self, real_scores, fake_scores):
        return self._loss(higher=real_scores, lower=fake_scores)

    def generator_loss(self, fake_scores, real_scores=None):
        if real_scores is None:
            raise ValueError("Expected the scores of real images beside those of fakes, received: real_scores=None")
        return self._loss(higher=fake_scores, lower=real_scores)

    def _loss(self, higher, lower):
        """The loss of a player who wants the scores `higher` to be above the scores `lower`."""
        if not self.average:
            return cross_entropy(higher - lower, 1.0)
        mean_lower, mean_higher = (backend.mean_of_replicas(ops.mean(scores)) for scores in (lower, higher))
        return cross_entropy(higher - mean_lower, 1.0) + cross_entropy(lower - mean_higher, 0.0)
