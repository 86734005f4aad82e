"""The scores of a preset, for its card."""

from keras_gans.presets.markdown import number, spread, table


def text(preset):
    """Results with the spread and what real images score, and how they vary with the training seed; Markdown."""
    if not preset.results:
        return "None yet."
    parts = [
        _results(preset.results),
        "± is the standard deviation over sets of samples. *Real images* is what real images score in place of the "
        "samples, and so what a perfect generator would. Scores of another extractor cannot be compared with these.",
        f"```sh\nkeras-gans evaluate {preset.name} --check   # computes them again\n```",
        *_training_seeds(preset.results),
    ]
    return "\n\n".join(parts)


def _results(results):
    rows = [["metric", "value", "±", "sets", "real images", "better", "extractor"]]
    for result in results:
        extractor = f"`{result['extractor']}`" if result.get("extractor") else "none"
        numbers = (number(result.get(name)) for name in ("value", "plus_minus", "runs", "floor"))
        rows.append([f"`{result['metric']}`", *numbers, result.get("direction") or "", extractor])
    return table(rows)


def _training_seeds(results):
    """The part on training seeds, if there are scores of others."""
    known = [(result["metric"], result["training_seeds"]) for result in results if result.get("training_seeds")]
    if not known:
        return []
    seeds = known[0][1]["seeds"]
    rows = [["metric", f"mean ± deviation over {len(seeds)} training seeds", *(f"seed {seed}" for seed in seeds)]]
    for metric, found in known:
        rows.append([f"`{metric}`", spread(found["mean"], found["plus_minus"]), *map(number, found["values"])])
    return ["### Other training seeds", "The preset is the first seed's; none was chosen.", table(rows)]
