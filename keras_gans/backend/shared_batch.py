"""What layers have to know where several replicas share a batch."""

import contextlib

import keras


@contextlib.contextmanager
def sharing_a_batch(layers, of_replica):
    """Within, batch normalization sees the global batch, and each replica draws random numbers of its own.

    Left alone, Keras' BatchNormalization normalizes, and keeps moving averages, on each replica by itself; and the
    states of seeds are equal on all replicas, so that Dropout would drop the same units on each. Afterwards the layers
    are as before: what is saved of them says nothing of the machine that they were trained on.

    Args:
        layers: any layers, e.g. all of a model.
        of_replica: function from a seed that all replicas have to the one of this replica.
    """
    with contextlib.ExitStack() as stack:
        for layer in layers:
            if isinstance(layer, keras.layers.BatchNormalization):
                stack.callback(setattr, layer, "synchronized", layer.synchronized)
                layer.synchronized = True
            for generator in layer._seed_generators:
                stack.callback(delattr, generator, "next")
                generator.next = _of_replica(generator.next, of_replica)
        yield


def _of_replica(draw, of_replica):
    return lambda ordered=True: of_replica(draw(ordered))
