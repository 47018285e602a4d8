"""What a session that watches a training costs the server."""

import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from time import perf_counter

import psutil
from playwright.sync_api import Browser, Page, WebSocket

from benchmarks.browser import address, at_rest, await_workers, browsing, lab_of, visit
from benchmarks.figure import Figure, at_most, plain
from benchmarks.workloads import lasting
from components.address import RUN
from tests.serving import Server, serving
from training.lab import Lab
from training.spec import Comparison

SESSIONS = 4
LONG = 1000  # epochs that outlast the watching
DRAWN = ".js-plotly-plot"
COUNT = """() => {
  window.drawn = 0;
  document.querySelector(".js-plotly-plot").on("plotly_afterplot", () => window.drawn++);
}"""


@dataclass
class Traffic:
    """Bytes that the server sent to pages over their WebSockets."""

    sent: int = 0

    def listen(self, page: Page) -> None:
        """Count what comes to this page."""
        page.on("websocket", self._follow)

    def _follow(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._add)

    def _add(self, payload: str | bytes) -> None:
        self.sent += len(payload)


@dataclass(frozen=True)
class Watched:
    """Means over the watching, of one session."""

    share: float  # percent of a core, while it trained
    idle: float  # percent of a core, the same pages with nothing to show
    kilobytes: float  # sent a second
    redraws: float  # of the first chart, a second
    epochs: float  # that came, a second


def measure(quick: bool) -> list[Figure]:
    """Four sessions on one run in the Playground, then on 12 in Compare; quick watches for 5 s."""
    seconds = 5.0 if quick else 25.0
    found = []
    with (
        browsing() as browser,
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder)) as server,
    ):
        _open(browser, server.url).context.close()  # starts the engine
        await_workers(server)
        for runs, name in ((1, "one run in the Playground"), (12, "12 runs in Compare")):
            found += _figures(name, watch(browser, server, lasting(runs, LONG), seconds))
    return found


def watch(browser: Browser, server: Server, comparison: Comparison, seconds: float) -> Watched:
    """Train it with sessions looking on, for so long; RuntimeError if it ends before that."""
    lab, process = lab_of(server), psutil.Process(server.process.pid)
    several = len(comparison.experiments) > 1
    start = f"{server.url}/compare" if several else server.url
    traffic = Traffic()
    pages = [_open(browser, start, traffic) for _ in range(SESSIONS)]
    idle = _share(process, pages[0], seconds / 2)
    id = lab.submit(comparison, "benchmark")
    try:
        for page in pages:
            shown = f"{start}?{RUN}={id}"
            page.goto(shown if several else address(server, comparison.experiments[0], id))
            page.wait_for_selector(DRAWN)
            page.evaluate(COUNT)
        before, traffic.sent, began = _epochs(lab, id), 0, perf_counter()
        share = _share(process, pages[0], seconds)
        took, sent, epochs = perf_counter() - began, traffic.sent, _epochs(lab, id) - before
        redraws = mean(page.evaluate("window.drawn") for page in pages)
        if lab.state(id).ended:
            raise RuntimeError("The training ended before the watching did; take more epochs.")
    finally:
        lab.cancel(id)
        lab.close()
        for page in pages:
            page.context.close()
    each = SESSIONS * took
    return Watched(
        share / SESSIONS, idle / SESSIONS, sent / 1000 / each, redraws / took, epochs / took
    )


def _open(browser: Browser, url: str, traffic: Traffic | None = None) -> Page:
    """A session of its own, when its page is drawn."""
    page = visit(browser)
    if traffic:
        traffic.listen(page)
    page.goto(url)
    at_rest(page)
    return page


def _share(process: psutil.Process, page: Page, seconds: float) -> float:
    """Percent of a core that the process takes; Playwright hears its pages meanwhile."""
    before, began = process.cpu_times(), perf_counter()
    page.wait_for_timeout(1000 * seconds)
    after, took = process.cpu_times(), perf_counter() - began
    return 100 * (after.user + after.system - before.user - before.system) / took


def _epochs(lab: Lab, id: str) -> int:
    return sum(run.epochs_done for run in lab.state(id).runs)


def _figures(name: str, seen: Watched) -> list[Figure]:
    return [
        at_most(
            f"server CPU of a session watching {name}",
            2.5,
            seen.share - seen.idle,
            "% of a core",
            f"{SESSIONS} sessions, less what they take with nothing to show",
            f"{seen.share:.2f} less {seen.idle:.2f}",
        ),
        plain(
            f"what a session watching {name} was shown",
            f"{seen.redraws:.1f} redraws of a chart, {seen.epochs:.0f} epochs and "
            f"{seen.kilobytes:.0f} kB a second",
            "counted in the browser and in the store",
        ),
    ]
