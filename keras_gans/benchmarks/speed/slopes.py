"""How the cost of a train step grows with the batch, with the area of the images and with the critic's steps."""

import dataclasses

import numpy as np

from keras_gans.benchmarks.speed import turns
from keras_gans.benchmarks.speed.case import Case
from keras_gans.benchmarks.speed.seat import Place


@dataclasses.dataclass(frozen=True)
class Sweep:
    """One quantity grows, all else stays.

    Args:
        quantity: in words.
        cases: value of the quantity -> `Case`.
    """

    quantity: str
    cases: dict


def sweeps(width=0.5):
    """Those that are measured, on `dcgan_lecture` of this width."""

    def case(game="ns_gan", batch_size=32, **options):
        return Case("", game, batch_size, width=width, **options)

    return (
        Sweep("batch size", {size: case(batch_size=size) for size in (16, 32, 64, 128)}),
        Sweep("image area", {side**2: case(image_size=side) for side in (16, 24, 32, 48, 64)}),
        Sweep("critic steps", {count: case("wgan_gp", discriminator_steps=count) for count in (1, 2, 3, 5, 8)}),
    )


def measure(blocks=5, steps=3, chosen=None, seat=Place):
    """`{quantity: figures}`, JSON-ready; all values of a quantity take turns.

    Figures are the milliseconds of a step at each value, of wall time and of all cores together, and a `fit` of each.
    """
    report = {}
    for sweep in chosen or sweeps():
        cost = {"milliseconds": "seconds_per_step", "cpu_milliseconds": "cpu_seconds_per_step"}
        rows = _measure(sweep, blocks, steps, seat)
        figures = {name: [1e3 * row[field] for row in rows] for name, field in cost.items()}
        values = list(sweep.cases)
        fits = {name: fit(values, milliseconds) for name, milliseconds in figures.items()}
        report[sweep.quantity] = {"values": values, **figures, "fit": fits}
    return report


def fit(values, cost):
    """Least squares of cost = fixed + slope * value, and of cost ~ value ^ exponent.

    `r2` is the share of the cost's variance that the line explains. Fixed cost makes an exponent smaller than one.
    """
    values, cost = np.asarray(values, "float64"), np.asarray(cost, "float64")
    slope, fixed = np.polyfit(values, cost, 1)
    exponent, _ = np.polyfit(np.log(values), np.log(cost), 1)
    unexplained = np.sum((cost - fixed - slope * values) ** 2) / np.sum((cost - cost.mean()) ** 2)
    return {"slope": float(slope), "fixed": float(fixed), "r2": float(1.0 - unexplained), "exponent": float(exponent)}


def _measure(sweep, blocks, steps, seat):
    contestants = {value: ("fit", case, {}) for value, case in sweep.cases.items()}
    blocks_of = turns.take_turns(contestants, blocks, dict.fromkeys(contestants, steps), seat)
    return [turns.row(blocks_of[value], steps, 1) for value in contestants]
