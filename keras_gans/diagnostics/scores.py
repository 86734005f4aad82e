"""What D says of real and generated images."""

import numpy as np
from keras import ops

from keras_gans import backend


def scores(model, images, labels=None):
    """D's score of each image `(n,)` (of each pack, in PacGAN), float64, in training mode as in the updates.

    Maps of scores are averaged over their places. Nothing is changed by it.
    """
    with backend.nested_scope():
        judged = model.judge_as_opponent(
            ops.convert_to_tensor(images), None if labels is None else ops.convert_to_tensor(labels)
        )["scores"]
        values = ops.convert_to_numpy(judged).astype("float64")
    return values.reshape(len(values), -1).mean(axis=1)


def separation(real_scores, fake_scores):
    """Share of pairs (real, fake) in which D prefers the real one, ties half: 0.5 for a guess, 1 for a sure D.

    Unlike an accuracy it does not ask where D's zero is, which critics leave open.
    """
    fake = np.sort(fake_scores)
    below, up_to = (np.searchsorted(fake, real_scores, side=side) for side in ("left", "right"))
    return float(np.mean(below + up_to) / (2 * len(fake)))


def histogram(real_scores, fake_scores, bins=30):
    """`{"edges": [...], "real": [...], "fake": [...]}`: counts of both in the same bins."""
    edges = np.histogram_bin_edges(np.concatenate([real_scores, fake_scores]), bins=bins)
    counts = {name: np.histogram(values, edges)[0] for name, values in (("real", real_scores), ("fake", fake_scores))}
    return {"edges": edges.tolist(), **{name: values.tolist() for name, values in counts.items()}}
