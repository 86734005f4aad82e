"""Every registered game keeps the contract."""

import pytest

from keras_gans import registry
from keras_gans.testing.checks import game_checks

CASES = [(name, check) for name in registry.names("game") for check in game_checks.checks()]


@pytest.mark.parametrize(("name", "check"), CASES, ids=[f"{name}-{check.__name__}" for name, check in CASES])
def test_game(name, check):
    check(registry.lookup("game", name))
