"""One pass over images for all metrics that are asked for."""

from keras_gans import registry
from keras_gans.metrics import extractors
from keras_gans.metrics.labels import asked_and_seen


def kind(metric):
    """`(reads, keeps)`: metrics of one kind share what is collected of the images."""
    return metric.reads, metric.keeps


class Reader:
    """Reads images through an extractor, and keeps of them what metrics need.

    Args:
        extractor: an `Extractor` or the name of one; None will do for metrics that read the images themselves.
        metrics: registered names of the metrics that will be asked for.
        batch_size: images that are read together.
        progress: called with `(what, done, total)` in images, or None.
    """

    def __init__(self, extractor, metrics, batch_size=500, progress=None):
        needing = [name for name in metrics if registry.lookup("metric", name).reads != "images"]
        if extractor is None and needing:
            raise ValueError(
                f"Expected an extractor for {', '.join(needing)} ({', '.join(extractors.names())}, or one of your "
                "own), received: None"
            )
        self.extractor = None if extractor is None else extractors.get(extractor)
        self.batch_size = batch_size
        self._progress = progress or (lambda what, done, total: None)

    def collect(self, what, images, count, metrics, run=0):
        """`{kind: value}` of `count` images of an image set: what each metric keeps of them."""
        collectors = {kind(metric): metric.collector() for metric in metrics}
        needs_network = any(reads != "images" for reads, _ in collectors)
        labels = images.labels(count, run) if any(reads == "labels" for reads, _ in collectors) else None
        done = 0
        for batch in images.batches(count, self.batch_size, run):
            activations = self.extractor(batch) if needs_network else None
            asked = None if labels is None else labels[done : done + len(batch)]
            for (reads, _), collector in collectors.items():
                collector.update(self._read(reads, batch, activations, asked))
            done += len(batch)
            self._progress(what, done, count)
        return {key: collector.result() for key, collector in collectors.items()}

    def _read(self, reads, batch, activations, asked):
        """What a metric reads of a batch of images."""
        if reads == "images":
            return batch
        value = getattr(activations, "logits" if reads == "labels" else reads)
        if value is None:
            raise ValueError(
                f"Expected an extractor with logits (the Inception score and classes need a classifier), "
                f"received: {self.extractor.identity}"
            )
        return asked_and_seen(asked, value) if reads == "labels" else value
