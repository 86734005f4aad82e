"""A diagnosis as one HTML file that needs nothing else: no scripts, no other files, no network."""

import html
import os

from keras_gans._version import __version__
from keras_gans.diagnostics import charts, figures

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #222; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .3rem; }
.verdict { padding: .8rem 1rem; border-left: .4rem solid; background: #f6f6f6; }
.healthy { border-color: #2a8a3e; } .ill { border-color: #c62f2f; }
.verdict strong { font-size: 1.15rem; } .verdict p { margin: .3rem 0 0; }
table { border-collapse: collapse; } th, td { text-align: left; padding: .15rem 1.2rem .15rem 0; vertical-align: top; }
th { font-weight: 600; } td.number { text-align: right; font-variant-numeric: tabular-nums; }
img { max-width: 100%; height: auto; } .caption, footer { color: #666; font-size: .9rem; margin: 0 0 .4rem; }
"""


def write(diagnosis, path):
    """Writes the report, aside and renamed; returns `path`."""
    aside = f"{path}.part"
    with open(aside, "w", encoding="utf-8") as file:
        file.write(render(diagnosis))
    os.replace(aside, path)
    return path


def render(diagnosis):
    """The report as HTML."""
    name = html.escape(os.path.basename(os.path.abspath(diagnosis.run)))
    sections = [
        f"<h2>{html.escape(title)}</h2>\n"
        f'<p class="caption">{html.escape(caption)}</p>\n<img alt="{html.escape(title)}" src="{figures.data_uri(png)}">'
        for title, (caption, png) in charts.pictures(diagnosis).items()
    ]
    return "\n".join(
        [
            f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Diagnosis of {name}</title>',
            f"<style>{_STYLE}</style>\n</head>\n<body>\n<h1>Diagnosis of {name}</h1>",
            _verdict(diagnosis),
            "<h2>Measured now</h2>\n" + _table(measured(diagnosis.now), "number"),
            *sections,
            "<h2>The run</h2>\n" + _table(_facts(diagnosis.configuration)),
            f"<footer>keras-gans {__version__}</footer>\n</body>\n</html>\n",
        ]
    )


def measured(now):
    """`{what: value}` of an examination, in words."""
    player, layer, norm = now.largest_gradient
    rows = {
        "diversity of samples (1: as real examples)": f"{now.diversity:.2f}",
        "accuracy of the discriminator on real examples": f"{100 * now.real_accuracy:.0f} %",
        "accuracy of the discriminator on generated ones": f"{100 * now.fake_accuracy:.0f} %",
        "pairs in which it prefers the real one (50 %: a guess)": f"{100 * now.separation:.1f} %",
        f"largest gradient of a layer ({player}, {layer.rpartition('/')[2]})": f"{norm:.3g}",
    }
    if now.memorization is not None:
        rows["nearness to the training set, Z (below -3: copies)"] = f"{now.memorization['statistic']:.1f}"
    return rows


def _verdict(diagnosis):
    now = "".join(f"<p>{html.escape(verdict['sentence'])}</p>" for verdict in diagnosis.present)
    past = [verdict for verdict in diagnosis.verdicts if verdict["when"] != "now"]
    before = "".join(f"<p>In training, step {one['step']:,}: {html.escape(one['sentence'])}</p>" for one in past)
    kind = "healthy" if diagnosis.healthy else "ill"
    title = html.escape(diagnosis.headline.replace("_", " "))
    return f'<div class="verdict {kind}"><strong>{title}</strong>{now}{before}</div>'


def _facts(configuration):
    optimizers = {player: configuration.compile[f"{player}_optimizer"] for player in ("generator", "discriminator")}
    return {
        "game": configuration.game,
        "network": configuration.network,
        "data": f"{configuration.dataset} ({configuration.data['split']})",
        "epochs": configuration.epochs,
        "seed": configuration.seed,
        **{
            f"optimizer of the {player}": f"{config['class_name']}, learning rate {_rate(config)}"
            for player, config in optimizers.items()
        },
    }


def _rate(config):
    rate = config["config"].get("learning_rate")
    return f"{rate:g}" if isinstance(rate, (int, float)) else "by schedule"


def _table(rows, kind=""):
    lines = [
        f'<tr><th>{html.escape(str(name))}</th><td class="{kind}">{html.escape(str(value))}</td></tr>'
        for name, value in rows.items()
    ]
    return "<table>\n" + "\n".join(lines) + "\n</table>"
