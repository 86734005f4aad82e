"""How contestants are written."""

import pytest

from keras_gans.benchmarks import contestant
from keras_gans.benchmarks.points import RingBenchmark


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
        ("pac_gan[generator=4]", "received: 'generator'"),
    ],
)
def test_refusals(text, message):
    with pytest.raises(ValueError, match=message):
        contestant.parse(text)


def test_tricks_join_those_of_the_game():
    one = contestant.parse('ns_gan[tricks=["replay"]]', ["flipped_labels", "instance_noise[stddev=0.2]"])
    assert one.name == 'ns_gan[tricks=["replay"]] + flipped_labels + instance_noise[stddev=0.2]'
    game = RingBenchmark(width=0.02).build(one, seed=0)
    assert [trick.registered_name for trick in game.tricks] == ["replay", "flipped_labels", "instance_noise"]
    assert game.tricks[2].stddev == 0.2
    assert RingBenchmark(width=0.02).build(one, seed=0).tricks[2] is not game.tricks[2]
