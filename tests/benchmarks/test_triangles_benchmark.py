"""A whole run, with small networks and a short search."""

from keras_gans.benchmarks import contestant
from keras_gans.benchmarks.triangles import TrianglesBenchmark


def test_a_short_run():
    tiny = TrianglesBenchmark(steps=2, snapshots=1, batch_size=4, samples=3, inversion_steps=2, width=0.02)
    record, pictures = tiny.run(contestant.parse("ns_gan"), seed=0)
    assert (record["precision"], record["recall"], record["f1"]) == (0.0, 0.0, 0.0)
    assert pictures[0].shape == tiny.target().shape
