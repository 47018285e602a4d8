"""Memory of the server after many page loads, and of workers after many kinds of jobs."""

import tempfile
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import psutil

from benchmarks.browser import at_rest, browsing, visit
from benchmarks.figure import Figure, at_most, plain
from benchmarks.watching import until
from benchmarks.workloads import kinds
from tests.serving import serving
from training.lab import Lab
from training.spec import Comparison

PAGES = ("", "compare", "gallery", "history")
WORKERS = 2
AHEAD = 6  # jobs that wait, so that no worker does
MEBIBYTE = 2**20


def measure(quick: bool) -> list[Figure]:
    """The server after 20 loads of every page, workers after 200 jobs; quick: 2 and 8."""
    loads, jobs = (2, 8) if quick else (20, 200)
    return [*_server(loads), *_workers(jobs)]


def _server(loads: int) -> list[Figure]:
    with (
        browsing() as browser,
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder)) as server,
    ):
        process = psutil.Process(server.process.pid)
        first = 0
        for _ in range(loads):
            for name in PAGES:
                page = visit(browser, f"{server.url}/{name}")
                at_rest(page)
                page.context.close()
            first = first or process.memory_info().rss
        last = process.memory_info().rss
    how = f"RSS after {loads} loads of each of {len(PAGES)} pages, every one a new session"
    more = f"{first / MEBIBYTE:.0f} after the first load of each"
    return [at_most("memory of the server", 300, last / MEBIBYTE, "MiB", how, more)]


class Peaks:
    """Highest RSS of every process that trains, by pid; looks ten times a second."""

    def __init__(self, engine: psutil.Process) -> None:
        self.engine = engine
        self.highest: dict[int, int] = {}  # bytes
        self.now: dict[int, int] = {}  # bytes
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._watch)

    def __enter__(self) -> "Peaks":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()

    def _watch(self) -> None:
        while not self.over.wait(0.1):
            now = {}
            for child in self.engine.children(recursive=True):
                with suppress(psutil.NoSuchProcess):
                    if "spawn_main" in " ".join(child.cmdline()):
                        now[child.pid] = child.memory_info().rss
            self.now = now
            self.highest |= {pid: max(rss, self.highest.get(pid, 0)) for pid, rss in now.items()}


def _workers(jobs: int) -> list[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        lab = Lab(f"sqlite:///{folder}/lab.sqlite", WORKERS)
        try:
            lab.start()
            until(lambda: lab.ready().warm == WORKERS)
            with Peaks(psutil.Process(lab.supervisor.process.pid)) as peaks:
                until(lambda: len(peaks.now) == WORKERS)
                started = [rss / MEBIBYTE for rss in peaks.now.values()]
                outcomes = _train(lab, kinds(jobs))
                ended = [rss / MEBIBYTE for rss in peaks.now.values()]
        finally:
            lab.close()
    finished = outcomes.count("finished")
    highest = [rss / MEBIBYTE for rss in peaks.highest.values()]
    how = f"RSS, {len(outcomes)} jobs of as many kinds by {WORKERS} workers, 2 or 3 epochs each"
    more = f"{', '.join(f'{rss:.0f}' for rss in ended)} after the last job"
    return [
        at_most("memory of a worker, highest", 800, max(highest), "MiB", how, more),
        plain(
            "workers started anew to free memory",
            f"{len(peaks.highest) - WORKERS} in {len(outcomes)} jobs",
            f"a worker that is only warm takes {max(started):.0f} MiB",
        ),
        plain(
            "outcomes of these jobs",
            f"{finished} finished, {len(outcomes) - finished} others",
            "others diverged, or Keras refused the combination",
        ),
    ]


def _train(lab: Lab, jobs: Iterable[Comparison]) -> list[str]:
    """Statuses of all jobs, a few waiting at any time."""
    waiting: list[str] = []
    outcomes: list[str] = []
    for job in jobs:
        waiting.append(lab.submit(job, "benchmark"))
        if len(waiting) > AHEAD:
            outcomes.append(_ended(lab, waiting.pop(0)))
    return outcomes + [_ended(lab, id) for id in waiting]


def _ended(lab: Lab, id: str) -> str:
    until(lambda: lab.state(id).ended, look=0.05)
    return lab.state(id).status
