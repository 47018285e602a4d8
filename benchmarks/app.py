"""The app in a real browser: cold start, then clicks on Train."""

import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.browser import TRAIN, await_workers, browsing, visit
from benchmarks.clicks import click
from benchmarks.figure import Figure, at_most, spread
from tests.serving import serving


def measure(quick: bool) -> list[Figure]:
    """Cold starts of the app, then clicks in the last one; quick takes one start and 20 epochs."""
    starts, clicks, epochs = (1, 2, 20) if quick else (3, 5, 100)
    usable, warm = [], []
    with browsing() as browser:
        for start in range(starts):
            last = start == starts - 1
            with tempfile.TemporaryDirectory() as folder:
                began = time.perf_counter()
                with serving(Path(folder)) as server:
                    page = visit(browser, server.url)
                    page.wait_for_selector(f"{TRAIN}:enabled")
                    usable.append(time.perf_counter() - began)
                    await_workers(server)
                    warm.append(time.perf_counter() - began)
                    page.context.close()
                    if last:
                        clicked = click(browser, server, clicks, epochs)
    return [*_starts(usable, warm), *clicked]


def _starts(usable: list[float], warm: list[float]) -> list[Figure]:
    how = "the command of `make run` to the Train button in a browser"
    return [
        at_most("cold start: page usable", 15, median(usable), "s", how, spread(usable, "s")),
        at_most(
            "cold start: workers ready",
            15,
            median(warm),
            "s",
            "... to TensorFlow warm in every worker",
            spread(warm, "s"),
        ),
    ]
