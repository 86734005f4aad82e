"""Figures without a screen, for files and for reports."""

import base64
import io
import os

_DOTS_PER_INCH = 100


def figure(width, height):
    """An empty matplotlib figure, sides in inches."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    drawn = Figure(figsize=(width, height), dpi=_DOTS_PER_INCH, layout="constrained")
    FigureCanvasAgg(drawn)
    return drawn


def png(drawn):
    """A figure as the bytes of a PNG."""
    buffer = io.BytesIO()
    drawn.savefig(buffer, format="png")
    return buffer.getvalue()


def save(drawn, path):
    """Writes a figure as PNG, aside and renamed; returns `path`."""
    aside = f"{path}.part"
    with open(aside, "wb") as file:
        file.write(png(drawn))
    os.replace(aside, path)
    return path


def data_uri(picture):
    """The bytes of a PNG as an address that holds the picture itself."""
    return "data:image/png;base64," + base64.b64encode(picture).decode("ascii")
