import keras
import numpy as np

from keras_gans.models import SemiSupervisedGAN
from keras_gans.testing import tiny


def test_the_score_is_the_log_odds_of_all_real_classes_against_the_generated_one():
    game = tiny.game(SemiSupervisedGAN)
    logits, last = np.array([[1.0, 2.0, 3.0]], "float32"), np.array([[0.7]], "float32")
    outputs = {"class_logits": keras.ops.array(logits), "scores": keras.ops.array(-last)}
    score = np.asarray(game.named(outputs)["scores"])
    probabilities = np.exp(np.append(logits, last)) / np.exp(np.append(logits, last)).sum()
    np.testing.assert_allclose(1 / (1 + np.exp(-score[0, 0])), probabilities[:3].sum(), rtol=1e-6)


def test_few_labels_teach_the_classes():
    """Three kinds of flat images, three labels among 90: D classifies all of them."""
    rng = np.random.default_rng(0)
    classes = rng.integers(0, 3, 90)
    images = np.clip((classes - 1)[:, None, None, None] * 0.6 + rng.normal(0, 0.1, (90, 8, 8, 1)), -1, 1)
    labels = np.full(90, -1)
    labels[[np.argmax(classes == k) for k in range(3)]] = range(3)
    game = tiny.game(SemiSupervisedGAN, discriminator_optimizer=keras.optimizers.Adam(5e-3))
    game.fit(images.astype("float32"), labels, batch_size=90, epochs=150, verbose=0)
    assert (game.classify(images.astype("float32")) == classes).mean() > 0.9
