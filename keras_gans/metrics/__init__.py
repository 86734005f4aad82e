"""How good are samples: features -> statistics -> value, pure functions in float64."""

from keras_gans.metrics.classes import Classes, classes_found
from keras_gans.metrics.density_coverage import DensityCoverage, density_coverage
from keras_gans.metrics.frechet import FrechetInceptionDistance, frechet_distance
from keras_gans.metrics.inception import InceptionScore, inception_score
from keras_gans.metrics.kernel import KernelInceptionDistance, block_kernel_distance, kernel_distance
from keras_gans.metrics.labels import Labels, label_accuracy
from keras_gans.metrics.latent_inversion import LatentInversion
from keras_gans.metrics.memorization import Memorization, memorization
from keras_gans.metrics.metric import EvaluationMetric
from keras_gans.metrics.mode_coverage import ModeCoverage, mode_coverage
from keras_gans.metrics.prd import PRDCurve, PrecisionRecallDistribution, prd, prd_from_histograms
from keras_gans.metrics.precision_recall import PrecisionRecall, precision_recall
from keras_gans.metrics.sliced_wasserstein import SlicedWasserstein, sliced_wasserstein
from keras_gans.metrics.statistics import FeatureStatistics, StreamingStatistics, feature_statistics
from keras_gans.metrics.triangles import TriangleScores, f1_triangles, triangle_distance

__all__ = [
    "Classes",
    "DensityCoverage",
    "EvaluationMetric",
    "FeatureStatistics",
    "FrechetInceptionDistance",
    "InceptionScore",
    "KernelInceptionDistance",
    "Labels",
    "LatentInversion",
    "Memorization",
    "ModeCoverage",
    "PRDCurve",
    "PrecisionRecall",
    "PrecisionRecallDistribution",
    "SlicedWasserstein",
    "StreamingStatistics",
    "TriangleScores",
    "block_kernel_distance",
    "classes_found",
    "density_coverage",
    "f1_triangles",
    "feature_statistics",
    "frechet_distance",
    "inception_score",
    "kernel_distance",
    "label_accuracy",
    "memorization",
    "mode_coverage",
    "prd",
    "prd_from_histograms",
    "precision_recall",
    "sliced_wasserstein",
    "triangle_distance",
]
