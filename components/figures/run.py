"""A run as the figures see it: its history, its name among the others, and how it looks."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from components.colours import GREY, channels
from components.figures.kin import kin
from components.plain import chart_text
from training.epoch import rows_of, steps_of
from training.rates import Rates
from training.states import RunState


@dataclass(frozen=True, eq=False)
class Line:
    """One run. Runs that differ in seed only share a label, and are drawn as one variant."""

    label: str  # escaped for Plotly
    seed: int
    columns: tuple[str, ...]
    history: np.ndarray  # float32 (epochs so far, columns)
    colour: str
    symbol: str = "circle"
    diverged: int | None = None  # epoch at which the loss stopped being finite
    loss: str = ""  # name of the loss, as in the catalog
    ghost: bool = False  # a former run, drawn faint behind the others
    epochs: int = 0  # where its axis ends, as `reach` says; 0 where that is not known
    steps: int = 1  # updates of the weights in an epoch
    examples: int = 1  # rows seen in an epoch
    rates: Rates = ()  # changes of the learning rate in mid-run

    def values(self, column: str) -> np.ndarray:
        """A column, float32 (epochs so far,); empty when the run has no such column."""
        if column not in self.columns or not len(self.history):
            return np.empty(0, "float32")
        return self.history[:, self.columns.index(column)]


def reach(runs: Sequence[RunState]) -> list[int]:
    """Epochs that each run will have at most: when all have ended, those that were trained."""
    ended = all(run.ended for run in runs) and any(run.epochs_done for run in runs)
    return [max(1, run.epochs_done) if ended else run.epochs for run in runs]


def lines(
    runs: Sequence[RunState],
    labels: Sequence[str],
    former: Sequence[RunState] = (),
    whole: Sequence[RunState] = (),
) -> list[Line]:
    """Lines of `runs`, one label each (equal for seeds of a variant), after `former` in grey.

    whole: in a replay the runs with all their epochs.
    """
    look = channels(list(dict.fromkeys(labels)), kin(runs, labels))
    ghosts = [_line(run, "former run", GREY, "circle", True, *reach([run])) for run in former]
    return ghosts + [
        _line(run, chart_text(label), look[label].colour, look[label].symbol, False, epochs)
        for run, label, epochs in zip(runs, labels, reach(whole or runs), strict=True)
    ]


def _line(run: RunState, label: str, colour: str, symbol: str, ghost: bool, epochs: int) -> Line:
    return Line(
        label,
        run.experiment.seed,
        run.columns,
        run.history,
        colour,
        symbol,
        run.diverged,
        run.experiment.compile.loss_name,
        ghost,
        epochs,
        steps_of(run.experiment),
        rows_of(run.experiment),
        run.experiment.rates,
    )
