"""What pages see of the jobs: frozen values, read from the store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from training.spec import Experiment

Status = Literal[
    "queued", "running", "paused", "finished", "diverged", "cancelled", "failed", "interrupted"
]

# Nothing more will happen to a run with one of these, until somebody submits it again.
ENDED = frozenset({"finished", "diverged", "cancelled", "failed", "interrupted"})
# It went to its end, and has numbers to show for it.
RESULTS = ("finished", "diverged")
# Submitted again, these are trained again; the other ended ones are results.
REPEATED = frozenset({"cancelled", "interrupted"})


@dataclass(frozen=True)
class RunState:
    """One run as it is now. `history` must not be written to: it is shared between sessions."""

    experiment: Experiment
    digest: str
    status: Status
    epochs_done: int
    history: np.ndarray  # float32 (epochs so far, columns)
    columns: tuple[str, ...]  # the experiment's own, then plan.EXTRA
    diverged: int | None  # epoch at which the loss stopped being finite
    error: str | None  # one or two sentences; Keras's own for a failed run
    error_type: str | None  # class name of the exception of a failed run
    finals: (
        Mapping[str, Mapping[str, float]] | None
    )  # "train", "validation", "test" -> column -> value
    proof: Mapping[str, str] | None  # "data", "weights", "order" -> hash
    started: float | None  # seconds since 1970
    finished: float | None  # seconds since 1970
    queue_position: int | None  # of a queued run: 1 is next; None otherwise
    dead: Mapping[str, float] | None = None  # ReLU layer -> share of units that answer no row
    versions: str = ""  # of what computes the numbers, as versions.versions() says; "" is this one

    @property
    def epochs(self) -> int:
        """Epochs asked for."""
        return self.experiment.epochs

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.status in ENDED


@dataclass(frozen=True)
class ComparisonState:
    """A comparison and its runs in the order they were submitted in."""

    id: str
    title: str
    owner: str
    created: float  # seconds since 1970
    version: int
    status: Status
    runs: tuple[RunState, ...]
    plan: Mapping[str, Any] | None = None  # what it was set up from, such as a design's JSON

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to any run."""
        return all(run.ended for run in self.runs)


@dataclass(frozen=True)
class Summary:
    """One line of History."""

    id: str
    title: str
    created: float  # seconds since 1970
    dataset: str  # catalog names, joined by ", "
    model: str
    differs: str  # what differs between its runs, such as "optimizer: SGD, Adam; 3 seeds"
    losses: tuple[str, ...]  # the distinct ones; numbers of different ones cannot be compared
    count: int  # runs
    statuses: Mapping[Status, int]  # how many runs have each status

    @property
    def status(self) -> Status:
        """The comparison's status as a whole."""
        return overall(list(self.statuses))


@dataclass(frozen=True)
class EngineState:
    """Whether training can start now."""

    status: Literal["starting", "ready", "busy", "down"]
    workers: int  # worker processes
    warm: int  # of these, how many have loaded TensorFlow
    message: str  # one sentence


def overall(statuses: Sequence[Status]) -> Status:
    """The status of a comparison whose runs have these."""
    order = ("running", "queued", "paused", "interrupted", "cancelled", "finished", "diverged")
    return next((status for status in order if status in statuses), "failed")
