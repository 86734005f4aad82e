"""The page over HTTP and in a real browser."""

import io
import os
import shutil

import numpy as np
import pytest
from PIL import Image

from keras_gans.explorer import launch

SECONDS = 120_000


@pytest.fixture(scope="module")
def url(explorer):
    pytest.importorskip("gradio")
    page, url = launch(explorer, block=False)
    yield url
    page.close()


def test_others_cannot_reach_it(url):
    assert url.startswith("http://127.0.0.1:")


def test_over_http(url, explorer):
    client = pytest.importorskip("gradio_client").Client(url, verbose=False)
    picture, (png,) = client.predict(5, 4, "2", 2.0, api_name="/samples")
    expected = explorer.samples(5, 4, label=2).picture()
    np.testing.assert_array_equal(np.asarray(Image.open(png)), expected[..., 0])
    shown = np.asarray(Image.open(picture).convert("L"))
    factor = shown.shape[1] // expected.shape[1]
    assert shown.shape[1] >= 640
    np.testing.assert_array_equal(shown[::factor, ::factor], expected[..., 0])
    _, (png, gif) = client.predict(1, 2, 5, "linear", "0", api_name="/interpolation")
    np.testing.assert_array_equal(
        np.asarray(Image.open(png)), explorer.interpolation(1, 2, 5, "linear", 0).picture()[..., 0]
    )
    assert Image.open(gif).n_frames == 8


def test_errors_are_sentences(url):
    client = pytest.importorskip("gradio_client").Client(url, verbose=False)
    with pytest.raises(Exception, match="a number in every field"):
        client.predict(5, None, 5, "linear", "0", api_name="/interpolation")
    with pytest.raises(Exception, match="less than minimum"):
        client.predict(5, -5, 5, "linear", "0", api_name="/interpolation")


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium on this machine")
    with playwright.sync_playwright() as started:
        # In containers Chromium runs as root, where it has no sandbox.
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


def shown(page):
    """The picture that is visible, as the browser has loaded it."""
    source = page.locator("img[src*='file=']").locator("visible=true").get_attribute("src", timeout=SECONDS)
    return np.asarray(Image.open(io.BytesIO(page.request.get(source).body())))


@pytest.mark.slow
def test_in_a_browser(url, explorer, browser, tmp_path):
    """Every control of every tab; KERAS_GANS_SCREENSHOTS names a folder for pictures of the page."""
    folder = os.environ.get("KERAS_GANS_SCREENSHOTS", tmp_path)
    page = browser.new_page(viewport={"width": 1100, "height": 900}, accept_downloads=True)
    complaints, strangers = [], []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("request", lambda request: strangers.append(request.url) if not request.url.startswith(url) else None)
    page.goto(url)
    first = shown(page)
    draw_samples(page)
    page.screenshot(path=os.path.join(folder, "samples.png"))
    assert shown(page).shape != first.shape
    assert_downloads(page, "samples.png", explorer.samples(7, 4, label=1, threshold=0.5))
    page.get_by_role("tab", name="Interpolation").click()
    page.get_by_label("To seed").fill("9")
    page.get_by_label("linear").check()
    draw(page)
    assert_downloads(page, "interpolation.png", explorer.interpolation(0, 9, 9, "linear", 0))
    page.screenshot(path=os.path.join(folder, "interpolation.png"))
    page.get_by_role("tab", name="Nearest real images").click()
    draw(page)
    assert_downloads(page, "neighbours.png", explorer.neighbours(0, 4))
    page.screenshot(path=os.path.join(folder, "neighbours.png"))
    assert not complaints
    assert not [address for address in strangers if address.startswith("http")]


def draw(page):
    page.get_by_role("button", name="Draw").locator("visible=true").click()
    page.locator("img[src*='file=']").locator("visible=true").wait_for(timeout=SECONDS)


def draw_samples(page):
    """Four samples of class 1, truncated."""
    before = page.locator("img[src*='file=']").locator("visible=true").get_attribute("src")
    page.get_by_label("First seed").locator("visible=true").fill("7")
    page.get_by_label("number input for Images").locator("visible=true").fill("4")
    page.get_by_label("number input for Truncation").fill("0.5")
    page.get_by_label("Class").locator("visible=true").click()
    page.get_by_role("option", name="1", exact=True).click()
    draw(page)
    page.wait_for_function("before => !document.querySelector(`img[src='${before}']`)", arg=before, timeout=SECONDS)


def assert_downloads(page, name, sheet):
    link = page.locator(f"a[download='{name}']").locator("visible=true")
    link.wait_for(timeout=SECONDS)
    with page.expect_download() as waiting:
        link.click()
    picture = sheet.picture()
    downloaded = np.asarray(Image.open(waiting.value.path()))
    np.testing.assert_array_equal(downloaded, picture[..., 0] if picture.shape[-1] == 1 else picture)
