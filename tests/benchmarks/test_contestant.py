"""How contestants are written."""

import pytest

from keras_gans.benchmarks import contestant


def test_arguments_go_to_the_constructor_or_to_compile():
    one = contestant.parse("pac_gan[packing=4, discriminator_steps=2]")
    assert (one.name, one.game) == ("pac_gan[packing=4,discriminator_steps=2]", "pac_gan")
    assert one.model == {"packing": 4} and one.compile == {"discriminator_steps": 2}
    assert contestant.parse("unrolled_gan[unrolled_steps=10]").compile == {"unrolled_steps": 10}
    assert contestant.parse('gan[objective=hinge,penalties=["real_gradient"]]').compile == {
        "objective": "hinge",
        "penalties": ["real_gradient"],
    }
    unrolled = contestant.parse('unrolled_gan[tricks=["flipped_labels"],unrolled_steps=1]')
    assert unrolled.compile == {"tricks": ["flipped_labels"], "unrolled_steps": 1}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("pac_gan[packing=4", "game\\[argument=value"),
        ("pack_gan", "pac_gan"),
        ("pac_gan[pack=4]", "packing"),
        ("pac_gan[packing]", "packing"),
        ("pac_gan[generator=4]", "generator=4"),
    ],
)
def test_refusals(text, message):
    with pytest.raises(ValueError, match=message):
        contestant.parse(text)
