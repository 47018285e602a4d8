"""Whose colour the rows of other people's files take: that of the same optimizer here."""

from collections.abc import Sequence

from training.spec import Choice
from training.states import RunState

FROM = " ← "  # in a guest's name, between its row and whose it is


def kin(runs: Sequence[RunState], labels: Sequence[str]) -> dict[str, str]:
    """By guest's label, the label whose colour it has: its own where no single row is like it.

    That is the row here whose optimizer is the same in most arguments; of an optimizer that no row
    here has, the first guest.
    """
    rows: dict[str, Choice] = {}
    for run, label in zip(runs, labels, strict=True):
        rows.setdefault(label, run.experiment.compile.optimizer)
    own = {label: optimizer for label, optimizer in rows.items() if FROM not in label}
    first: dict[str, str] = {}
    found = {}
    for label, optimizer in rows.items():
        if label in own:
            continue
        apart = {n: _apart(its, optimizer) for n, its in own.items() if its.name == optimizer.name}
        nearest = [name for name, count in apart.items() if count == min(apart.values())]
        guest = label if apart else first.setdefault(optimizer.name, label)
        found[label] = nearest[0] if len(nearest) == 1 else guest
    return found


def _apart(one: Choice, other: Choice) -> int:
    """How many arguments differ."""
    ours, theirs = one.full("optimizer"), other.full("optimizer")
    return sum(ours[name] != theirs[name] for name in ours)
