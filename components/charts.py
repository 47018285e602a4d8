"""The curves of several runs: a chart for each kind of loss, and one for a metric."""

import html
from collections.abc import Sequence
from typing import Any, NamedTuple

from components.figures.curves import curves, loss_panels
from components.figures.frame import title_of
from components.figures.parts import Part
from components.figures.run import Line, lines
from training.catalog import entry
from training.states import ComparisonState, RunState

THIN = 0.4  # opacity of a single seed's curve
LIVE = 48  # curves of single seeds that are sent while they grow; more would choke the browser


class Chart(NamedTuple):
    """A figure, its name on the page, and what it shows in words."""

    key: str
    figure: dict[str, Any]
    alt: str


def charts(
    runs: Sequence[RunState],
    names: Sequence[str],
    metric: str,
    parts: Sequence[Part],
    log_y: bool,
    medians: bool = False,
) -> list[Chart]:
    """Loss charts, one for each kind of loss, then the metric's unless it is "".

    `medians` leaves out the curves of single seeds.
    """
    drawn = lines(runs, names)
    epochs = max(run.epochs for run in runs)
    panels = loss_panels(drawn)
    made = []
    for loss, own in panels.items():
        label = " + ".join(entry("loss", name).label for name in loss.split(" + "))
        title = title_of(label if len(panels) > 1 else "loss", parts)
        figure = curves(own, "loss", epochs=epochs, title=title, log_y=log_y, parts=parts)
        made.append(Chart(f"loss.{loss}", figure, f"{label} of {_called(own)} over the epochs"))
    if metric:
        own = [line for line in drawn if metric in line.columns]
        figure = curves(own, metric, epochs=epochs, parts=parts)
        made.append(Chart("metric", figure, f"{metric} of {_called(own)} over the epochs"))
    if medians:
        for chart in made:
            figure = chart.figure
            figure["data"] = [t for t in figure["data"] if t.get("opacity") != THIN]
    return made


def only_medians(state: ComparisonState, parts: int) -> bool:
    """Whether there are too many seeds to draw each while it still trains."""
    variants = len({run.experiment.variant for run in state.runs})
    seeds = len(state.runs) > variants
    return seeds and not state.ended and len(state.runs) * parts > LIVE


def _called(drawn: Sequence[Line]) -> str:
    return html.unescape(", ".join(dict.fromkeys(line.label for line in drawn)))
