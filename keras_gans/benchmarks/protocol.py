"""The base of every benchmark: how a game is trained on a known distribution, and how it is judged."""

import dataclasses
import itertools
import math

import keras
import numpy as np

from keras_gans import registry
from keras_gans.benchmarks.progress import Progress
from keras_gans.callbacks import DivergenceAlarm

_STEPS_PER_EXECUTION = 100


@dataclasses.dataclass(frozen=True)
class Protocol:
    """Networks, data, optimizers and figures of one benchmark; the fields are what a user may change.

    All games play with the same networks on the same data. They have the protocol's optimizers too, but for games with
    an objective that needs a Lipschitz D: theirs belong to what keeps D Lipschitz. Discriminator steps, penalties and
    constraints are each game's own, from its recipe or from what its paper does on such data (`adapted`).

    Args:
        steps: train steps, each with the game's steps of D and of G.
        batch_size: what D judges in one update: examples, or packs of them.
        snapshots: pictures over the steps, at equal distances; the last is that of the trained game.
        samples: how many samples are judged.
    """

    steps: int
    batch_size: int
    snapshots: int
    samples: int

    name = None
    reference = None
    """The paper whose protocol it is."""
    latents = "normal"
    image_shape = None
    jit_compile = "auto"
    """Of `compile`; "auto" leaves XLA out on CPUs, where it makes convolutions slower."""
    contestants = ()
    """What takes part if nothing else is asked for, as `contestant.parse` reads it."""
    figures = {}
    """Names of the figures -> "higher" or "lower", which is better."""
    published = {}
    """Rows of published tables: method -> {figure: (value, plus or minus)}."""

    def __post_init__(self):
        if self.steps % self.snapshots:
            raise ValueError(f"Expected a multiple of snapshots={self.snapshots} steps, received: steps={self.steps}")

    def generator(self):
        raise NotImplementedError

    def discriminator(self, image_shape, normalization=None):
        raise NotImplementedError

    def optimizers(self):
        """Both optimizers, as arguments of `compile`, and what else the protocol says of the steps."""
        raise NotImplementedError

    def adapted(self, game):
        """`compile`'s arguments that the paper of a game, by its registered name, has on such data."""
        return {}

    def draws(self, size, seed):
        """Arrays without end, `(steps, size, ...)`: each row is what the `size` examples of one step are made of."""
        raise NotImplementedError

    def examples(self, drawn):
        """The examples, float32 `(..., *image_shape)`, that a draw or a row of one stands for, by `keras.ops`."""
        return drawn

    def rows(self, size, seed, start=0):
        """The rows of the draws, one by one, from the row `start`."""
        return itertools.islice((row for drawn in self.draws(size, seed) for row in drawn), start, None)

    def dataset(self, size, seed, start=0):
        """What `fit` takes, without end: a `tf.data.Dataset` of `size` examples an element, elsewhere a generator.

        The first `start` elements are left out.
        """
        if keras.backend.backend() != "tensorflow":
            return ((self.examples(row),) for row in self.rows(size, seed, start))
        import tensorflow as tf

        first = next(self.draws(size, seed))
        blocks = tf.data.Dataset.from_generator(
            lambda: self.draws(size, seed), output_signature=tf.TensorSpec((None, *first.shape[1:]), first.dtype)
        )
        rows = blocks.flat_map(tf.data.Dataset.from_tensor_slices)
        return rows.skip(start).map(self.examples).prefetch(8)

    def evaluate(self, game):
        """The figures of a game, `{name: number}`."""
        raise NotImplementedError

    def picture(self, game):
        """What the game makes now, one uint8 picture `(H, W, 3)`."""
        raise NotImplementedError

    def target(self):
        """What it should make, a picture of the same size."""
        raise NotImplementedError

    def build(self, contestant, seed):
        """The compiled game of a contestant; weights come from `seed`."""
        cls = registry.lookup("game", contestant.game)
        keras.utils.set_random_seed(seed)
        judged = cls.judged_shape(self.image_shape, **contestant.model)
        discriminator = self.discriminator(judged, **cls.discriminator_options)
        game = cls(self.generator(), discriminator, latents=self.latents, seed=seed, **contestant.model)
        own = registry.get("objective", cls.recipe()["objective"]).needs_lipschitz
        optimizers = {} if own else self.optimizers()
        options = {**optimizers, **self.adapted(contestant.game), **contestant.compile}
        if keras.backend.backend() != "torch":  # which takes one step a call
            execution = math.gcd(self.steps // self.snapshots, _STEPS_PER_EXECUTION)
            options |= {"jit_compile": self.jit_compile, "steps_per_execution": execution}
        game.compile(**options)
        return game

    def run(self, contestant, seed, advance=lambda steps: None, state=None):
        """Trains one contestant from one seed; `advance(steps)` is told of progress.

        Args:
            state: path of a file where the run is kept at each snapshot, so that the same call goes on from there.

        Returns:
            `(record, pictures)`: the JSON-ready figures, and one picture for each snapshot.

        Raises:
            ValueError: where `state` is damaged, or that of another run.
        """
        progress = Progress(self, contestant, [seed], state)
        [game], done, part = progress.games, progress.snapshots, self.steps // self.snapshots
        advance(done * part)
        alarm = DivergenceAlarm()
        if done < self.snapshots and not progress.diverged[0]:
            dataset = self.dataset(self.examples_per_step(game), seed, start=done * part)
            span = {"steps_per_epoch": part, "initial_epoch": done, "epochs": self.snapshots}
            game.fit(dataset, callbacks=[alarm, _Snapshots(progress, advance)], shuffle=False, verbose=0, **span)
        result = self.result(contestant, seed, game, diverged=bool(alarm.verdict or progress.diverged[0]))
        return {**result, "seconds": round(progress.seconds(), 1)}, progress.pictures

    def examples_per_step(self, game):
        """Real examples that a train step takes: a batch of examples or packs for each step of D."""
        packed = math.prod(game.judged_shape(self.image_shape)) // math.prod(self.image_shape)
        return packed * self.batch_size * game.discriminator_steps

    def result(self, contestant, seed, game, diverged):
        """The JSON-ready figures of a run that has ended, all None if it `diverged`."""
        figures = dict.fromkeys(self.figures) if diverged else self.evaluate(game)
        # JSON has no NaN; a figure without a value is null.
        figures = {name: None if value is None or math.isnan(value) else value for name, value in figures.items()}
        return {"contestant": contestant.name, "seed": seed, **figures, "diverged": diverged}


def epochs(rows, size, seed):
    """Rows `(n, ...)` again and again, each time in another order, as arrays `(n // size, size, ...)`."""
    if len(rows) < size:
        raise ValueError(f"Expected at least as many examples as a train step takes, {size}, received: {len(rows)}.")
    random = np.random.default_rng(seed)
    steps = len(rows) // size
    while True:
        order = random.permutation(len(rows))[: steps * size]
        yield rows[order].reshape(steps, size, *rows.shape[1:])


class _Snapshots(keras.callbacks.Callback):
    def __init__(self, progress, advance):
        super().__init__()
        self.progress = progress
        self.advance = advance
        self._done = 0

    def on_epoch_begin(self, epoch, logs=None):
        self._done = 0

    def on_train_batch_end(self, batch, logs=None):
        self.advance(batch + 1 - self._done)
        self._done = batch + 1

    def on_epoch_end(self, epoch, logs=None):
        if not self.model.stop_training:
            self.progress.keep({name: [value] for name, value in (logs or {}).items()})
