"""Tries again what may work later: UNAVAILABLE alone, with growing pauses, within one deadline."""

import random
import time

from keras_gans.serving.errors import ServingError

FIRST_PAUSE, LONGEST_PAUSE = 0.1, 2.0
"""Seconds; each pause is drawn from the upper half of its bound, so that clients do not return in step."""


def call_with_retries(call, timeout, retries):
    """The result of `call(seconds left)`, tried at most `retries` more times while it raises UNAVAILABLE.

    Args:
        call: function of the seconds left until the deadline.
        timeout: seconds for all tries together.
        retries: how often to try again.
    """
    deadline = time.monotonic() + timeout
    for attempt in range(retries + 1):
        try:
            return call(max(0.001, deadline - time.monotonic()))
        except ServingError as error:
            pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2**attempt) * random.uniform(0.5, 1.0)
            if error.code != "UNAVAILABLE" or attempt == retries or time.monotonic() + pause >= deadline:
                raise
        time.sleep(pause)
