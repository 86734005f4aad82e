"""A judge of generated digits: a scikit-learn classifier trained on the real ones."""

import numpy as np
from sklearn.linear_model import LogisticRegression

from keras_gans import data


def judge(samples):
    """Held-out accuracy, mean top probability of samples over that of held-out digits, and the least class's share.

    Args:
        samples: uint8 `(n, 28, 28, 1)`.
    """
    (train, train_labels), (test, test_labels) = data.arrays("digits", "train"), data.arrays("digits", "test")
    classifier = LogisticRegression(max_iter=300).fit(_flat(train), train_labels)
    accuracy = classifier.score(_flat(test), test_labels)
    real, generated = classifier.predict_proba(_flat(test)), classifier.predict_proba(_flat(samples))
    shares = np.bincount(generated.argmax(axis=1), minlength=10) / len(samples)
    return accuracy, generated.max(axis=1).mean() / real.max(axis=1).mean(), shares


def _flat(images):
    return images.reshape(len(images), -1) / 255.0
