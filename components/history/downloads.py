"""Histories and scripts of several comparisons as one file each."""

import csv
import io
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from training.export import script
from training.spec import Comparison
from training.states import ComparisonState, RunState
from training.tables import history


class Rows(NamedTuple):
    """A history, float32 (epochs, columns)."""

    rows: np.ndarray


def csv_text(states: Sequence[ComparisonState]) -> str:
    """Every epoch of every run; `experiment` counts runs through all comparisons."""
    runs = list(_distinct(states))
    text = io.StringIO()
    rows = history([run.experiment for run in runs], [Rows(run.history) for run in runs])
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def script_text(states: Sequence[ComparisonState]) -> str:
    """A plain Keras script that trains the same runs in the same order."""
    return script(Comparison(tuple(run.experiment for run in _distinct(states))))


def _distinct(states: Sequence[ComparisonState]) -> Iterator[RunState]:
    """All runs, one that several comparisons hold only once."""
    yield from {run.digest: run for state in states for run in state.runs}.values()
