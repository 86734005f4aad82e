"""What a preset's recipe scores when it is trained from other seeds."""

import numpy as np

_SAME = ("extractor", "settings", "reference", "count", "runs")


def combine(preset, others):
    """Gives each score of a preset its spread over training seeds.

    A result gets `training_seeds`: the `seeds`, the preset's own first, the `values`, their `mean` and `plus_minus`,
    the standard deviation.

    Args:
        preset: a `Preset` with results.
        others: for each other seed the records of its scores, as `keras-gans evaluate --json` writes them.

    Raises:
        ValueError: where seeds are not different ones, or scores were not measured alike.
    """
    seeds = [preset.run.get("seed"), *(_seed(records) for records in others)]
    if None in seeds or len(set(seeds)) < len(seeds):
        raise ValueError(f"Expected scores of different training seeds, received: {seeds}")
    for result in preset.results:
        values = [result["value"], *(_same_score(records, result)["value"] for records in others)]
        mean, plus_minus = float(np.mean(values)), float(np.std(values, ddof=1))
        result["training_seeds"] = {"seeds": seeds, "values": values, "mean": mean, "plus_minus": plus_minus}


def _seed(records):
    """The one seed that a file's scores are of, or None."""
    seeds = {record.get("generated", {}).get("training_seed") for record in records}
    return seeds.pop() if len(seeds) == 1 else None


def _same_score(records, result):
    """The record of the same metric, measured in the same way."""
    found = next((record for record in records if record["metric"] == result["metric"]), None)
    if found is None:
        raise ValueError(f"Expected {result['metric']} of every training seed, received: none")
    for what in _SAME:
        if found.get(what) != result.get(what):
            raise ValueError(
                f"Expected {result['metric']} with {what} {result.get(what)}, as the preset's, received: "
                f"{found.get(what)}"
            )
    return found
