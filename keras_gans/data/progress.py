"""A progress bar for sources that take long to read."""

import contextlib
import sys

_MANY = 20_000  # examples: fewer are read within a second or two


@contextlib.contextmanager
def progress(what, total):
    """Gives `advance(count)`; draws a bar on standard error if there are many examples and someone is looking."""
    if total < _MANY or not sys.stderr.isatty():
        yield lambda count: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(f"Reading {what}", total=total)
        yield lambda count: bar.advance(task, count)
