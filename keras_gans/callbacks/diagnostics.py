"""Looks at a game while it is trained, and raises alarms."""

import json
import os
import time

import keras

from keras_gans import distribution
from keras_gans.callbacks.divergence_alarm import first_not_finite
from keras_gans.diagnostics import alarms as all_alarms
from keras_gans.diagnostics import examination
from keras_gans.registry import unknown

EXAMINATIONS, VERDICT, LAST_GOOD = "examinations.jsonl", "verdict.json", "last_good.weights.h5"
ACTIONS = ("report", "stop", "rollback")


class Diagnostics(keras.callbacks.Callback):
    """Gradients of each layer, D's accuracy and scores, the samples' diversity; alarms, and what follows from them.

        model.fit(dataset, epochs=50, callbacks=[Diagnostics("digits", directory="runs/a/diagnostics", action="stop")])

    A look changes nothing in the training, random seeds included. What is found goes to `directory`:
    `examinations.jsonl` with a line for each look, and, where an alarm has fired, `verdict.json`; and to TensorBoard.
    `verdict` is None while all is well, then the last alarm's dictionary.

    With `action="rollback"` the game's last state without anything bad (weights, optimizers, averages, seeds) is kept
    in `last_good.weights.h5`. An alarm brings it back bit-exactly; training goes on from it, on other batches,
    `rollbacks` times, and after one alarm more it stops in that state. Put it before `Resume`.

    Args:
        data: the training data, what `keras_gans.data.arrays` takes: a name, folder or array.
        directory: folder for what is written, one run's own; None writes nothing.
        every_steps: look after every so many steps; None: after every epoch.
        share_of_time: leave looks out, but for the first, while they have taken a larger share of the training's time,
            e.g. 0.02; None leaves none out.
        alarms: list of `diagnostics.alarms.Alarm`; None: all of them.
        action: what follows an alarm: "report", "stop" or "rollback".
        rollbacks: how often training goes on after being rolled back, >= 0.
        log_dir: TensorBoard folder, or None; needs TensorFlow.
        **options: `n`, `split`, `held_out`, `extractor`, `seed` of `diagnostics.examination.Examiner`.
    """

    def __init__(
        self,
        data,
        directory=None,
        every_steps=None,
        share_of_time=None,
        alarms=None,
        action="report",
        rollbacks=1,
        log_dir=None,
        **options,
    ):
        super().__init__()
        if action not in ACTIONS:
            raise ValueError(unknown("action", action, ACTIONS))
        if every_steps is not None and every_steps < 1:
            raise ValueError(f"Expected None or at least 1 step, received: every_steps={every_steps!r}")
        if share_of_time is not None and not 0.0 < share_of_time <= 1.0:
            raise ValueError(f"Expected None or a share in (0, 1], received: share_of_time={share_of_time!r}")
        if action == "rollback" and directory is None:
            raise ValueError("Expected a directory for the last good state, received: directory=None")
        self.data = data
        self.directory = None if directory is None else os.fspath(directory)
        self.every_steps = every_steps
        self.share_of_time = share_of_time
        self.alarms = all_alarms.defaults() if alarms is None else list(alarms)
        self.action = action
        self.rollbacks = rollbacks
        self.log_dir = log_dir
        self.options = options
        self.examinations, self.verdict = None, None

    def on_train_begin(self, logs=None):
        self._started, self._spent = time.monotonic(), 0.0
        self._examiner = examination.Examiner(self.model, self.data, **self.options)
        self._epoch, self._rolled_back, self.verdict = 0, 0, None
        self._watching = [alarm for alarm in self.alarms if alarm.applies(self.model)]
        for alarm in self._watching:
            alarm.reset()
        self.examinations = None

    def _remember(self):
        """Tells the alarms what a run that was interrupted has seen before this step."""
        path = self._path(EXAMINATIONS)
        earlier = examination.read(path) if path is not None and os.path.isfile(path) else []
        step = examination.steps(self.model)
        self.examinations = [found for found in earlier if found.step < step]
        for found in self.examinations:
            for alarm in self._watching:
                alarm.observe(found)

    def on_epoch_begin(self, epoch, logs=None):
        self._epoch = epoch

    def on_train_batch_end(self, batch, logs=None):
        if self.every_steps is not None and (batch + 1) % self.every_steps == 0:
            self._look_in_time()

    def on_epoch_end(self, epoch, logs=None):
        if self.every_steps is None:
            self._look_in_time()

    def _look_in_time(self):
        now = time.monotonic()
        if self.share_of_time is None or self._spent <= self.share_of_time * (now - self._started):
            self.look()
            self._spent += time.monotonic() - now

    def look(self):
        """Examines the game, writes what is found, and does what the alarms ask for."""
        # An alarm that has stopped training has had the last word.
        if self.model.stop_training or first_not_finite(self.model) is not None:
            return
        # Not before: `Resume`, which comes later in the list, says where the run goes on.
        if self.examinations is None:
            self._remember()
        found = self._examiner(self.model, self._epoch)
        self.examinations.append(found)
        self._write(found)
        verdicts = [alarm.observe(found) for alarm in self._watching]
        if any(alarm.bad_now(found) for alarm in self._watching):
            for verdict in filter(None, verdicts):
                self._raise_alarm(verdict)
        elif self.action == "rollback":
            self._keep()

    def _raise_alarm(self, verdict):
        self.verdict = {**verdict, "check": len(self.examinations), "action": self.action}
        print(f"\nDiagnostics, epoch {verdict['epoch']}, step {verdict['step']}: {verdict['sentence']}")
        if self.action == "rollback":
            self._roll_back()
        if self.action == "stop":
            self.model.stop_training = True
        if self.directory is not None and distribution.is_chief():
            _write_json(self._path(VERDICT), self.verdict)

    # ---- The last good state.

    def _keep(self):
        with distribution.writing_to(self.directory) as directory:
            os.makedirs(directory, exist_ok=True)
            aside = os.path.join(directory, f"part-{LAST_GOOD}")
            self.model.save_weights(aside)
            os.replace(aside, os.path.join(directory, LAST_GOOD))

    def _roll_back(self):
        path = self._path(LAST_GOOD)
        found = os.path.isfile(path)
        if found:
            self.model.load_weights(path)
            self._rolled_back += 1
            for alarm in self._watching:
                alarm.reset()
                alarm.armed = True
        self.verdict["rolled_back_to"] = examination.steps(self.model) if found else None
        self.model.stop_training = not found or self._rolled_back > self.rollbacks

    # ---- What is written.

    def _path(self, name):
        return None if self.directory is None else os.path.join(self.directory, name)

    def _write(self, found):
        if not distribution.is_chief():
            return
        if self.directory is not None:
            examination.append(self._path(EXAMINATIONS), found)
        if self.log_dir is not None:
            self._log(found)

    def _log(self, found):
        import tensorflow as tf

        with tf.summary.create_file_writer(os.fspath(self.log_dir)).as_default(step=found.step):
            for name in ("diversity", "real_accuracy", "fake_accuracy", "separation"):
                tf.summary.scalar(f"diagnostics/{name}", getattr(found, name))
            for player, norms in found.gradient_norms.items():
                for layer, norm in norms.items():
                    tf.summary.scalar(f"gradient_norm/{player}/{layer}", norm)
            edges = found.scores["edges"]
            for name in ("real", "fake"):
                centres = [(low + high) / 2 for low, high in zip(edges, edges[1:])]
                values = [centre for centre, count in zip(centres, found.scores[name]) for _ in range(count)]
                tf.summary.histogram(f"scores/{name}", values)


def _write_json(path, content):
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    aside = f"{path}.part"
    with open(aside, "w", encoding="utf-8") as file:
        json.dump(content, file, indent=2)
        file.write("\n")
    os.replace(aside, path)
