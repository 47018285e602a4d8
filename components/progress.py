"""How far a comparison is, in words and as a share."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from training.monitored import stopped_early
from training.states import ComparisonState, RunState, Status

EARLY = "stopped early"


@dataclass(frozen=True)
class Progress:
    """share: 0 to 1; text: one line."""

    share: float
    text: str


def progress(state: ComparisonState, now: float, loading: bool = False) -> Progress:
    """Epochs done of all asked for, and the time left.

    now: seconds since 1970; loading: whether it waits for the workers to load TensorFlow.
    """
    asked = sum(run.epochs for run in state.runs)
    done = sum(run.epochs if run.ended else run.epochs_done for run in state.runs)
    share = done / asked if asked else 1.0
    if state.ended:
        return Progress(1.0, _ended(state))
    epochs = epochs_of(done, asked)
    if state.status == "paused":
        return Progress(share, f"Paused at {epochs}")
    if loading:
        return Progress(share, "Waiting: TensorFlow is still loading")
    if state.status == "queued":
        place = min((run.queue_position or 1 for run in state.runs if not run.ended), default=1)
        return Progress(share, f"Waiting: number {place} in the queue" if place > 1 else "Starting")
    left = _seconds_left(state, now)
    return Progress(share, f"{epochs}, {_span(left)} left" if left is not None else epochs)


def outcome(run: RunState) -> str:
    """One run's status in words."""
    if run.diverged:
        return f"diverged at epoch {run.diverged}"
    if run.status == "cancelled":
        return f"{word(run.status)} at epoch {run.epochs_done}"
    if early := stopped_early(run):
        return f"{EARLY} at epoch {early}"
    return word(run.status)


def word(status: Status | str) -> str:
    """What a status is called on the pages."""
    return {"cancelled": "stopped", "queued": "waiting"}.get(status, status)


def counted(counts: Mapping[Status | str, int]) -> str:
    """How many runs have each status, such as "3 finished, 1 stopped"."""
    return ", ".join(f"{count} {word(status)}" for status, count in counts.items())


def number_of(what: str, count: int) -> str:
    """A number of things in words, such as "1 epoch" or "9,000 epochs"."""
    return f"{count:,} {what}{'s' * (count != 1)}"


def epochs_of(done: int, asked: int) -> str:
    """Epochs done, in words: "60 epochs", or "1 of 60 epochs" while there are more to come."""
    return f"{done:,} of {number_of('epoch', asked)}" if done < asked else number_of("epoch", done)


def _ended(state: ComparisonState) -> str:
    if len(state.runs) == 1:
        return outcome(state.runs[0]).capitalize()
    fates = Counter(EARLY if stopped_early(run) else run.status for run in state.runs)
    return counted(fates).capitalize()


def _seconds_left(state: ComparisonState, now: float) -> float | None:
    """Epochs still to do at the speed so far of those that train."""
    begun = [r for r in state.runs if r.started and not r.ended and r.epochs_done > 1]
    if not begun:
        return None
    spent = now - min(run.started for run in begun)
    done = sum(run.epochs_done for run in begun)
    left = sum(run.epochs - run.epochs_done for run in state.runs if not run.ended)
    return left * spent / done


def _span(seconds: float) -> str:
    if seconds < 1:
        return "less than 1 s"
    return f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"
