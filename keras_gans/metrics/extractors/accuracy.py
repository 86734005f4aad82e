"""Measures the classifiers of the zoo on the test splits of their data sets.

python -m keras_gans.metrics.extractors.accuracy
"""

import numpy as np
from keras import ops

from keras_gans.data import arrays
from keras_gans.images import to_float
from keras_gans.metrics.extractors.zoo import WEIGHTS, ZooClassifier, zoo_names, zoo_path


def accuracy(network, images, labels, batch_size=500):
    """The share of uint8 images whose largest logit is the label's.

    Args:
        network: what `keras_gans.metrics.extractors.network.classifier` gives.
        images: uint8 `(n, height, width, channels)`.
        labels: integers `(n,)`.
        batch_size: images that are read together.
    """
    hits = 0
    for start in range(0, len(images), batch_size):
        rows = slice(start, start + batch_size)
        logits = ops.convert_to_numpy(network(to_float(images[rows]), training=False)["logits"])
        hits += int(np.sum(np.argmax(logits, axis=-1) == labels[rows]))
    return hits / len(images)


def main():
    print(f"{'extractor':42s} {'bytes':>9s} {'test images':>11s} {'accuracy':>9s} {'recorded':>9s}")
    for name in zoo_names():
        extractor = ZooClassifier(zoo_path() / name)
        recorded = extractor.description["accuracy"]
        images, labels = arrays(extractor.description["data"]["name"], recorded["split"])
        measured = accuracy(extractor.network, images, labels)
        size = extractor.description["files"][WEIGHTS]["bytes"]
        print(f"{extractor.identity:42s} {size:9,d} {len(images):11,d} {measured:9.2%} {recorded['value']:9.2%}")


if __name__ == "__main__":
    main()
