"""Where rows were run at several learning rates: how much the result depends on the rate."""

from collections.abc import Sequence

import streamlit as st

from components.charts import Chart
from components.compare.curves import notes
from components.figures.scales import is_share, value_range
from components.figures.sensitivity import sensitivity
from components.figures.variant import FEW
from components.plain import plain
from components.plot import plot
from components.progress import epochs_of
from components.sweep import NEAR, Sweep, rateless, sweeps
from training.direction import direction
from training.states import RunState
from training.target import PREFIX
from training.variant_labels import labels


def rates(runs: Sequence[RunState], metric: str, whole: Sequence[RunState] = ()) -> None:
    """A chart of the result against the rate; nothing where no row has three rates or more."""
    if found := rate_chart(runs, metric, whole):
        chart, words = found
        plot(chart.figure, key=chart.key, alt=chart.alt)
        st.caption(plain(words))


def rate_chart(
    runs: Sequence[RunState], metric: str, whole: Sequence[RunState] = ()
) -> tuple[Chart, str] | None:
    """The chart and how to read it, in plain text: of the loss, else of `metric`.

    whole: in a replay the runs with all their epochs, so that the range of values stays.
    """
    one_loss = not notes([run.experiment for run in runs])
    column = "loss" if one_loss else metric
    if not column or not any(len(run.history) for run in runs):
        return None
    kinds = [rateless(run.experiment) for run in runs]
    swept = sweeps(runs, labels(kinds), column)
    if not swept:
        return None
    span = _span(whole, column) if whole and whole is not runs else None
    figure = sensitivity(swept, column, trained(runs), span=span)
    lower = direction(runs[0].experiment, column) != "higher"
    chart = Chart("compare.sensitivity", figure, f"Validation {column} against the learning rate")
    return chart, widths(swept, lower, all(run.ended for run in runs))


def _span(runs: Sequence[RunState], column: str) -> list[float] | None:
    """The range of a validation column over all epochs of the runs that did not diverge."""
    name = PREFIX + column
    curves = [r.history[:, r.columns.index(name)] for r in runs if not r.diverged]
    share = is_share(column)
    return value_range(curves, not share, share)[0]


def trained(runs: Sequence[RunState]) -> str:
    """How many epochs these runs have behind them, in words."""
    done = max(run.epochs_done for run in runs)
    ended = all(run.ended for run in runs)
    return epochs_of(done, done if ended else max(run.epochs for run in runs))


def widths(swept: Sequence[Sweep], lower: bool, ended: bool) -> str:
    """How choosy each row is about its rate, in plain text; nothing before all have `ended`."""
    if not ended:
        return "How much each row depends on its rate is said here when all these runs have ended."
    said = ", ".join(f"{sweep.name} {sweep.width(lower):.1f}" for sweep in swept)
    stopped = any(not own for sweep in swept for own in sweep.values)
    return (
        f"Decades of learning rates around the best that stay within {NEAR:.0%} of it: {said}. "
        "The wider, the less the rate matters; between two neighbours nothing is known. "
        "Where there are several seeds, their median is thick, and a band holds all of fewer than "
        f"{FEW}, else the middle half."
        + " A rate without a point was stopped before its end."
        * stopped
    )
