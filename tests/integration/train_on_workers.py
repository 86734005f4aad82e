"""One worker of `test_workers`: leaves the rows that it sees and the weights of games, as one process or one of two.

    train_on_workers.py FOLDER EPOCHS PAUSE GAME ...

The strategy has to be there before Keras, which starts TensorFlow's runtime.
"""

import json
import os
import sys
import time

import tensorflow as tf

STRATEGY = tf.distribute.MultiWorkerMirroredStrategy() if "TF_CONFIG" in os.environ else tf.distribute.get_strategy()

import keras  # noqa: E402
import numpy as np  # noqa: E402
import replicated  # noqa: E402

from keras_gans import callbacks, data, distribution  # noqa: E402
from keras_gans.models import training_data  # noqa: E402


class Slow(keras.callbacks.Callback):
    """Leaves time to be killed in."""

    def __init__(self, pause):
        super().__init__()
        self.pause = pause

    def on_train_batch_end(self, batch, logs=None):
        time.sleep(self.pause)


def look_at_data(folder, epochs):
    """Leaves the numbers of the rows that this worker trains on, one row of numbers for each step.

    Once with the pipeline of `data.load`, and once with a further map, after which TensorFlow shares it out.
    """
    with STRATEGY.scope():
        game = replicated.make("ns_gan")
    images = np.tile(np.arange(50, dtype="uint8")[:, None, None, None], (1, *game.image_shape))
    worker = json.loads(os.environ["TF_CONFIG"])["task"]["index"] if "TF_CONFIG" in os.environ else 0
    for kind, change in (("own", lambda batches: batches), ("mapped", lambda batches: batches.map(lambda x: x))):
        batches = change(data.load(images, batch_size=replicated.BATCH, seed=1))
        prepared = training_data.prepare(game, batches)
        by_tensorflow = isinstance(prepared["x"], tf.data.Dataset)
        assert by_tensorflow == (kind == "mapped" or STRATEGY.num_replicas_in_sync == 1)
        shared = STRATEGY.experimental_distribute_dataset(prepared["x"]) if by_tensorflow else prepared["x"]
        np.save(f"{folder}/{kind}-{worker}.npy", _rows(shared, epochs * prepared["steps_per_epoch"]))


def _rows(batches, steps):
    """The numbers that the images show, `(steps, batch)`."""
    iterator = iter(batches)
    seen = [STRATEGY.experimental_local_results(next(iterator))[0].numpy()[:, 0, 0, 0] for _ in range(steps)]
    return np.rint((np.array(seen) + 1.0) * 127.5).astype("int64")


def train(name, folder, epochs, pause):
    with STRATEGY.scope():
        game = replicated.make(name, ema_momentum=0.9, **replicated.players())
    parts = game.discriminator_steps
    (images,) = replicated.rows(game)
    images = replicated.in_order_of_replicas(images, parts, STRATEGY.num_replicas_in_sync)
    batches = data.load(images, batch_size=replicated.BATCH, discriminator_steps=parts, shuffle=False)
    resume = callbacks.Resume(f"{folder}/{name}", every_steps=2, every_seconds=None)
    with replicated.same_random_numbers():
        game.fit(batches, epochs=epochs, verbose=0, callbacks=[Slow(pause), resume])
    if distribution.is_chief():
        np.savez(f"{folder}/{name}.npz", *replicated.weights(game))


if __name__ == "__main__":
    folder, epochs, pause, *names = sys.argv[1:]
    look_at_data(folder, int(epochs))
    for name in names:
        train(name, folder, int(epochs), float(pause))
