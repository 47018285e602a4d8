"""The app in a real browser: cold start, and from the click on Train to the curve."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.figure import Figure, at_most, spread
from benchmarks.watching import until
from benchmarks.workloads import w1
from components.address import RUN, SETUP
from components.link import pack
from tests import chromium
from tests.serving import Server, serving
from training.lab import Lab
from training.spec import Experiment

WAIT = 120_000  # milliseconds that a page may take
VIEW = {"width": 1440, "height": 900}
TRAIN = "button:has-text('Train')"

# From the click to the frame in which the loss curve has its first point, and to the one in which
# it has its last; calcdata is what Plotly has drawn.
CLICK = """async epochs => {
  const button = [...document.querySelectorAll("button")].find(b => b.innerText.includes("Train"));
  const points = () => {
    const plots = [...document.querySelectorAll('.plot[aria-label^="Loss"]')];
    const traces = plots.flatMap(plot => plot.calcdata ?? []);
    const last = trace => trace.filter(point => Number.isFinite(point.y)).at(-1)?.x ?? 0;
    return Math.max(0, ...traces.map(last));
  };
  // a wait for frames would have the browser paint all the time, at the workers' expense
  const look = () => new Promise(seen => setTimeout(seen, 10));
  const frame = () => new Promise(requestAnimationFrame);
  const began = performance.now();
  button.click();
  while (!(points() > 0)) await look();
  await frame();
  const first = performance.now();
  while (points() < epochs) await look();
  await frame();
  return [(first - began) / 1000, (performance.now() - began) / 1000];
}"""


@contextmanager
def browsing() -> Iterator[Browser]:
    """A headless Chromium; FileNotFoundError when there is none."""
    path = chromium.find()
    if path is None:
        raise FileNotFoundError("No Chromium was found: run `make bench`, or set CHROMIUM.")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(chromium.FLAGS))
        yield launched
        launched.close()


def address(server: Server, experiment: Experiment, run: str | None = None) -> str:
    """The Playground's link with this set-up, and perhaps a run on show."""
    query = {SETUP: pack(experiment.to_json())} | ({RUN: run} if run else {})
    return f"{server.url}/?{urlencode(query)}"


def lab_of(server: Server) -> Lab:
    """A Lab on the server's store; not started, so that the server's engine does the work."""
    return Lab(f"sqlite:///{server.home / 'lab.sqlite'}")


def await_workers(server: Server) -> None:
    """Returns when all workers of the server have loaded TensorFlow."""
    lab = lab_of(server)
    try:
        until(lambda: 0 < lab.ready().workers == lab.ready().warm, look=0.05)
    finally:
        lab.close()


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
                    page = browser.new_context(viewport=VIEW).new_page()
                    page.set_default_timeout(WAIT)
                    page.goto(server.url)
                    page.wait_for_selector(f"{TRAIN}:enabled")
                    usable.append(time.perf_counter() - began)
                    await_workers(server)
                    warm.append(time.perf_counter() - began)
                    page.context.close()
                    timed = _clicks(browser, server, clicks, epochs) if last else []
                    again = _clicks(browser, server, clicks, epochs) if last else []
    return [*_starts(usable, warm), *_figures(timed, again)]


def _clicks(browser: Browser, server: Server, count: int, epochs: int) -> list[tuple[float, float]]:
    """Seconds to first and last point, each in a page that shows no run yet."""
    page = browser.new_context(viewport=VIEW).new_page()
    page.set_default_timeout(WAIT)
    found = [
        _click(page, address(server, w1(seed, epochs=epochs)), epochs) for seed in range(count)
    ]
    page.context.close()
    return found


def _click(page: Page, url: str, epochs: int) -> tuple[float, float]:
    page.goto(url)
    page.wait_for_selector(f"{TRAIN}:enabled")
    # a script that still runs would hold the click back, which a person's hand would not notice
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    first, last = page.evaluate(CLICK, epochs)
    return first, last


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


def _figures(timed: list[tuple[float, float]], again: list[tuple[float, float]]) -> list[Figure]:
    first, last = zip(*timed, strict=True)
    shown = [done for _, done in again]
    how = "in the browser, fresh seeds, the first one in a new tab"
    return [
        at_most("W1: click to first point drawn", 1.5, median(first), "s", how, spread(first, "s")),
        at_most("W1: click to last point drawn", 4, median(last), "s", how, spread(last, "s")),
        at_most(
            "the identical experiment again: click to last point drawn",
            0.3,
            median(shown),
            "s",
            "in the browser, in pages that showed no run",
            spread(shown, "s"),
        ),
    ]
