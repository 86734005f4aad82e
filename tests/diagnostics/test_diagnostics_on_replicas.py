"""Looks at a game on two replicas: the same norms as on one device, and a state that is rolled back to."""

import subprocess
import sys

SCRIPT = """
import sys
from keras_gans import data, distribution
strategy = distribution.strategy("mirrored:2")
import numpy as np
from keras_gans.callbacks.diagnostics import Diagnostics
from keras_gans.diagnostics import alarms
from keras_gans.diagnostics.gradients import gradient_norms
from keras_gans.models import NSGAN
from keras_gans.testing import tiny

with strategy.scope():
    two = tiny.game(NSGAN)
# Bad from the third look on: the limit lies between the second and the third.
class Late(alarms.Collapse):
    def bad_now(self, examination):
        return examination.step > 4
diagnostics = Diagnostics(
    tiny.images(16), sys.argv[1], n=12, action="rollback", rollbacks=0, alarms=[Late(patience=1)]
)
two.fit(data.load(tiny.images(16), batch_size=8), epochs=9, verbose=0, callbacks=[diagnostics])
assert diagnostics.verdict["rolled_back_to"] == 4, diagnostics.verdict

one = tiny.game(NSGAN)
for mine, its in zip(one.variables, two.variables, strict=True):
    mine.assign(its.numpy())
mine, its = (gradient_norms(game, tiny.images(12)) for game in (one, two))
for player in mine:
    np.testing.assert_allclose(list(mine[player].values()), list(its[player].values()), rtol=1e-4)
print("equal")
"""


def test_two_replicas(tmp_path):
    done = subprocess.run([sys.executable, "-c", SCRIPT, str(tmp_path)], capture_output=True, text=True)
    assert done.returncode == 0 and "equal" in done.stdout, done.stderr[-2000:]
