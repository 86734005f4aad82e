"""Scores of the averaged generator while it is trained."""

import keras

from keras_gans.evaluation import Evaluator


class QualityEvaluation(keras.callbacks.Callback):
    """Scores samples of the averaged generator after every few epochs, and puts the values into the logs.

        model.fit(dataset, epochs=50, callbacks=[
            QualityEvaluation(["fid_1k_test"], data="mnist", extractor="mnist_classifier"),
            keras.callbacks.ModelCheckpoint("best.keras", monitor="fid_1k_test", mode="min", save_best_only=True),
            keras.callbacks.EarlyStopping("fid_1k_test", mode="min", patience=10),
            keras.callbacks.TensorBoard("logs"),
        ])

    It comes before the callbacks that read the values. The seeds are the same every time, so that scores differ by the
    weights only. Epochs without an evaluation have no value in the logs, rather than an old one.

    Args:
        metrics: names of protocols, `<metric>_<count>_<split>`.
        data: the reference, anything that `keras_gans.data.arrays` takes.
        extractor: an `Extractor` or the name of one.
        every: epochs between two evaluations; the last epoch has one in any case.
        seed: the first of the samples' seeds.
        **options: `batch_size`, `cache` of `Evaluator`.
    """

    def __init__(self, metrics, data, extractor, every=1, seed=0, **options):
        super().__init__()
        if every < 1:
            raise ValueError(f"Expected at least 1, received: every={every!r}")
        self.every = every
        self.seed = seed
        self.results = {}
        self._arguments = {"metrics": metrics, "data": data, "extractor": extractor, **options}
        self._evaluator = None

    def on_train_begin(self, logs=None):
        if self._evaluator is None:
            self._evaluator = Evaluator(**self._arguments, image_size=self.model.image_shape[:2])

    def on_epoch_end(self, epoch, logs=None):
        last = epoch + 1 == self.params.get("epochs")
        if (epoch + 1) % self.every == 0 or last:
            self.results[epoch] = self._evaluator.evaluate(self.model, seed=self.seed)
            if logs is not None:
                logs.update({result.metric: result.value for result in self.results[epoch]})
