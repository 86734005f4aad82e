"""Scores of the averaged generator while it is trained."""

import keras

from keras_gans.evaluation import Evaluator, Protocol


class QualityEvaluation(keras.callbacks.Callback):
    """Scores samples of the averaged generator after every few epochs, and puts the values into the logs.

        model.fit(dataset, epochs=50, callbacks=[
            QualityEvaluation(["fid_1k_test"], data="mnist", extractor="mnist_classifier"),
            keras.callbacks.ModelCheckpoint("best.keras", monitor="fid_1k_test", mode="min", save_best_only=True),
            keras.callbacks.EarlyStopping("fid_1k_test", mode="min", patience=10),
            keras.callbacks.TensorBoard("logs"),
        ])

    It comes before the callbacks that read the values. The seeds are the same every time, so that scores differ by the
    weights only. In epochs without an evaluation the logs repeat the last score: where there is none, ModelCheckpoint
    saves whatever weights there are. The patience of EarlyStopping counts epochs, not evaluations.

    Args:
        metrics: names of protocols, `<metric>_<count>_<split>`.
        data: the reference, anything that `keras_gans.data.arrays` takes.
        extractor: an `Extractor` or the name of one; None will do where all metrics read the images themselves.
        every: epochs between two evaluations; the first and the last epoch have one in any case.
        seed: the first of the samples' seeds.
        batch_size: images that are sampled and read together; it does not change a score.
        cache: folder for what is computed of the reference; None: the user's cache folder.

    Attributes:
        results: of the last `fit`: epoch, from 0, -> list of `keras_gans.evaluation.Result`; evaluated epochs only.
    """

    def __init__(self, metrics, data, extractor=None, every=1, seed=0, batch_size=500, cache=None):
        super().__init__()
        if every < 1:
            raise ValueError(f"Expected at least 1, received: every={every!r}")
        self.protocols = [Protocol.parse(name) for name in metrics]
        self.data = data
        self.extractor = extractor
        self.every = every
        self.seed = seed
        self.batch_size = batch_size
        self.cache = cache
        self.results = {}

    def on_train_begin(self, logs=None):
        self.results = {}
        self._evaluator = Evaluator(
            self.protocols,
            self.data,
            self.extractor,
            image_size=self.model.image_shape[:2],
            batch_size=self.batch_size,
            cache=self.cache,
        )

    def on_epoch_end(self, epoch, logs=None):
        last = epoch + 1 == self.params.get("epochs")
        if epoch % self.every == 0 or last or not self.results:
            self.results[epoch] = self._evaluator.evaluate(self.model, seed=self.seed)
        if logs is not None:
            logs.update({result.metric: result.value for result in self.results[max(self.results)]})
