"""What the compile check says of one thing, and how it can be mended."""

from dataclasses import dataclass
from typing import Literal

from training.spec import Experiment

Severity = Literal["works", "raises", "silently wrong"]


@dataclass(frozen=True)
class Repair:
    """A changed experiment that mends a finding; `label` says in a few words what it changes."""

    label: str
    experiment: Experiment


@dataclass(frozen=True)
class Finding:
    """One thing that was checked.

    "works": nothing to mend; `why` may still hold a remark. "raises": Keras stops with an error.
    "silently wrong": Keras computes something, but following the loss does not lead to right
    answers, or a metric says something else than it seems to.
    """

    severity: Severity
    about: str  # "loss", or the metric's name; with several outputs "head: loss"; or the weights
    why: str  # plain sentences; "" where there is nothing to say
    repairs: tuple[Repair, ...] = ()
