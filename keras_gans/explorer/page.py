"""The page, by Gradio."""

import pathlib
import tempfile

import numpy as np

from keras_gans.serving import ServingError

_SMALLEST = 640
_EVERY_CLASS = "each in turn"


def launch(explorer, host="127.0.0.1", port=None, open_browser=False, block=True):
    """Serves the page of an `Explorer`.

    Args:
        explorer: what it shows.
        host: address to bind; by default only this machine can reach it.
        port: by default the first free one from 7860 on.
        open_browser: open it in the user's browser.
        block: wait until it is stopped (Ctrl-C).

    Returns:
        `(page, url)`, where `page.close()` ends it.

    Raises:
        ImportError: without Gradio.
    """
    page = build(explorer)
    _, url, _ = page.launch(
        server_name=host,
        server_port=port,
        inbrowser=open_browser,
        prevent_thread_lock=True,
        quiet=True,
        share=False,
        footer_links=[],
        ssr_mode=False,
        theme=_gradio().themes.Base(font=["system-ui", "sans-serif"], font_mono=["monospace"]),
    )
    if block:
        page.block_thread()
    return page, url


def build(explorer):
    """The `gradio.Blocks` of an `Explorer`."""
    gradio = _gradio()
    folder = tempfile.TemporaryDirectory(prefix="keras_gans_")
    with gradio.Blocks(title=f"{explorer.name} - keras_gans", analytics_enabled=False) as page:
        # The folder of the files lives as long as the page.
        page.folder = folder
        gradio.Markdown(f"# {explorer.name}")
        with gradio.Tab("Samples"):
            _tab(gradio, explorer.samples, _sample_controls(gradio, explorer), folder.name, page)
        with gradio.Tab("Interpolation"):
            _tab(gradio, explorer.interpolation, _interpolation_controls(gradio, explorer), folder.name, film=True)
        if explorer.has_real:
            with gradio.Tab("Nearest real images"):
                _tab(gradio, explorer.neighbours, _neighbour_controls(gradio, explorer), folder.name)
    return page


def _tab(gradio, tool, controls, folder, page=None, film=False):
    """Controls, a button, the picture and its files; `page` is given where the picture is there from the beginning."""
    button = gradio.Button("Draw", variant="primary")
    picture = gradio.Image(show_label=False, format="png", buttons=["fullscreen"], interactive=False)
    files = gradio.File(label="Download", file_count="multiple", interactive=False)

    def draw(*values):
        if None in values:
            raise gradio.Error("Expected a number in every field, received: an empty one")
        given = dict(zip(controls, values))
        if "label" in given:
            given["label"] = None if given["label"] == _EVERY_CLASS else int(given["label"])
        try:
            sheet = tool(**given)
        except (OSError, ServingError, ValueError) as error:
            raise gradio.Error(str(error)) from error
        path = pathlib.Path(tempfile.mkdtemp(dir=folder), f"{tool.__name__}.png")
        saved = [sheet.save_png(path), *([sheet.save_gif(path.with_suffix(".gif"))] if film else [])]
        return magnified(sheet.picture()), [str(file) for file in saved]

    wires = {"inputs": list(controls.values()), "outputs": [picture, files]}
    button.click(draw, **wires, api_name=tool.__name__)
    if page is not None:
        page.load(draw, **wires, api_visibility="private")


def _sample_controls(gradio, explorer):
    with gradio.Row():
        controls = {
            "seed": gradio.Number(0, label="First seed", precision=0, minimum=0),
            "count": gradio.Slider(1, 64, 32, step=1, label="Images"),
            **_label_control(gradio, explorer, [_EVERY_CLASS]),
        }
        if explorer.widest is not None:
            controls["threshold"] = gradio.Slider(0.05, explorer.widest, explorer.widest, step=0.05, label="Truncation")
    return controls


def _interpolation_controls(gradio, explorer):
    with gradio.Row():
        return {
            "first": gradio.Number(0, label="From seed", precision=0, minimum=0),
            "last": gradio.Number(1, label="To seed", precision=0, minimum=0),
            "steps": gradio.Slider(3, 24, 9, step=1, label="Images"),
            "path": gradio.Radio(["spherical", "linear"], value="spherical", label="Way"),
            **_label_control(gradio, explorer),
        }


def _neighbour_controls(gradio, explorer):
    with gradio.Row():
        return {
            "seed": gradio.Number(0, label="First seed", precision=0, minimum=0),
            "rows": gradio.Slider(1, 8, 4, step=1, label="Rows"),
            **_label_control(gradio, explorer, [_EVERY_CLASS]),
        }


def _label_control(gradio, explorer, more=()):
    if explorer.num_classes is None:
        return {}
    choices = [*more, *map(str, range(explorer.num_classes))]
    return {"label": gradio.Dropdown(choices, value=choices[0], label="Class")}


def magnified(picture):
    """The picture with every pixel as a square, so large that it can be looked at; Gradio takes gray ones flat."""
    factor = max(1, -(-_SMALLEST // max(picture.shape[:2])))
    picture = np.repeat(np.repeat(picture, factor, axis=0), factor, axis=1)
    return picture[..., 0] if picture.shape[-1] == 1 else picture


def _gradio():
    try:
        import gradio
    except ImportError as error:
        raise ImportError(
            f"Expected Gradio for the explorer (pip install 'keras_gans[explore]'), received: {error}"
        ) from None
    return gradio
