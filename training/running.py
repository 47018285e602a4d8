"""A job that a worker trains now, as the engine sees it."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from training.progress import Progress
from training.queue import Job
from training.wish import Wish, limit

# Seconds after a cancel until a worker counts as stuck. While it builds its graph it cannot listen,
# and starting it anew would take longer.
PATIENCE = 3.0
PATIENCE_WHILE_BUILDING = 30.0


@dataclass
class Running:
    """`runs` are those still of interest, by digest; cancelled ones leave at once."""

    job: Job
    worker: str  # address; empty while the job waits for another one, after its worker died
    runs: dict[str, Progress]
    started: float = field(default_factory=time.monotonic)
    attempt: int = 0  # workers that died in it
    token: str | None = None  # of the attempt whose messages count
    told: Wish = "run"
    told_at: float = 0.0
    paused: bool = False  # the worker said so
    at: int = 0  # the epoch after which it paused
    begun: bool = False  # its first epochs have come
    shown: bool = False  # the store says paused
    changed: set[str] = field(default_factory=set)  # digests with progress to store
    write_at: float = 0.0  # not before, to bound the work of storing

    @property
    def kind(self) -> object:
        """Alike for jobs that a worker can train without tracing a new graph, or nearly so."""
        return frozenset().union(*(e.alike for e in self.job.experiments))

    def begin(self, message: Mapping[str, Any]) -> None:
        """A worker has started the job, perhaps after another one died in it."""
        self.token, self.worker = message["token"], message["worker"]
        self.runs = {digest: Progress() for digest in self.runs}
        self.paused = self.begun = False
        self.told = "run"

    def receive(self, message: Mapping[str, Any]) -> None:
        """Take in rows."""
        self.begun = True
        for position, news in message["runs"]:
            digest = self.job.digests[position]
            if digest in self.runs:
                self.runs[digest].receive(news)
                self.changed.add(digest)

    @property
    def resting(self) -> bool:
        """Whether it has trained all that is wanted for now, and only keeps its worker."""
        return self.paused and self.at >= limit(self.told)

    def drop(self, digests: list[str], outcome: str) -> dict[str, Progress]:
        """Take runs out, with an outcome."""
        dropped = {digest: self.runs.pop(digest) for digest in digests}
        self.changed -= set(dropped)
        for progress in dropped.values():
            progress.outcome = outcome
        return dropped

    def conclude(self, results: list[Progress]) -> dict[str, Progress]:
        """What the worker returned, for the runs still of interest, with frames not yet stored."""
        ended = {}
        for digest, result in zip(self.job.digests, results, strict=True):
            if digest in self.runs:
                result.frames = self.runs[digest].frames | result.frames
                ended[digest] = result
        return ended

    def stuck(self, now: float) -> bool:
        """Whether the worker has not obeyed a cancel for too long."""
        patience = PATIENCE if self.begun else PATIENCE_WHILE_BUILDING
        return self.told == "cancel" and now - self.told_at > patience
