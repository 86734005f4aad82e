"""The base of every alarm."""

from keras_gans.registry import Component


class Alarm(Component):
    """Fires where the number it reads has been bad in `patience` checks in a row.

    A subclass sets `name` and writes `reading`, `is_bad` and `sentence`. It is silent until it is armed: by the first
    good check, or after `grace` checks without one. It fires once, and again only after a good check.

    Args:
        limit: between good and bad.
        patience: bad checks in a row that fire it, >= 1.
        grace: checks of a game that has never been good before these count, >= 0: an untrained game has no verdict.
    """

    noun = "alarm"
    name = None

    def __init__(self, limit, patience=3, grace=0):
        if patience < 1 or grace < 0:
            raise ValueError(
                f"Expected a patience of at least 1 and a grace of at least 0 checks, received: patience={patience!r}, "
                f"grace={grace!r}"
            )
        self.limit = limit
        self.patience = patience
        self.grace = grace
        self.reset()

    def reset(self):
        """Forgets all checks."""
        self.checks, self.bad, self.armed, self.fired = 0, 0, False, False

    def reading(self, examination):
        """The number that it watches, or None where the examination does not have it."""
        raise NotImplementedError

    def is_bad(self, value):
        raise NotImplementedError

    def sentence(self, value, examination):
        """What is wrong, in one sentence."""
        raise NotImplementedError

    def applies(self, model):
        """Whether it has something to say on such a game."""
        return True

    def bad_now(self, examination):
        """Whether this examination alone is bad."""
        value = self.reading(examination)
        return value is not None and self.is_bad(value)

    def observe(self, examination):
        """Takes one check into account; returns the verdict, a dictionary for JSON, where it fires, else None."""
        self.checks += 1
        if not self.bad_now(examination):
            self.bad, self.fired = 0, False
            self.armed = self.armed or self.reading(examination) is not None
            return None
        if not self.armed and self.checks <= self.grace:
            return None
        self.bad += 1
        if self.bad < self.patience or self.fired:
            return None
        self.fired = True
        return self.verdict(examination)

    def verdict(self, examination):
        """What is wrong in this examination, for JSON."""
        value = self.reading(examination)
        return {
            "alarm": self.name,
            "epoch": examination.epoch,
            "step": examination.step,
            "measured": value,
            "limit": self.limit,
            "patience": self.patience,
            "sentence": self.sentence(value, examination),
        }
