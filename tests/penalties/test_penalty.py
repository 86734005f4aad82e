import pytest

from keras_gans.penalties import RealGradient


def test_bad_weight():
    with pytest.raises(ValueError, match="Expected a penalty weight of at least 0, received: weight=-1"):
        RealGradient(weight=-1)


@pytest.mark.parametrize("every", [0, 1.5])
def test_bad_every(every):
    with pytest.raises(ValueError, match=f"Expected an integer of at least 1, received: every={every}"):
        RealGradient(every=every)
