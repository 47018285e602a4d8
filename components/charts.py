"""The curves of several runs: a chart for each kind of loss, and one for each metric."""

import html
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from components.compare.target import target_line
from components.figures.axes import Across, Axes
from components.figures.drawing import figure
from components.figures.panel import Panel
from components.figures.parts import Part
from components.panels import Spans, panels, shared_spans, span_of
from components.plain import chart_text
from training.states import ComparisonState, RunState
from training.target import Target

LIVE = 48  # curves of single seeds that are sent while they grow; more would choke the browser
COARSE = 1.25  # by how much fewer points are sent then


class Chart(NamedTuple):
    """A figure, its name on the page, and what it shows in words."""

    key: str
    figure: dict[str, Any]
    alt: str


def charts(
    runs: Sequence[RunState],
    names: Sequence[str],
    metric: str | Sequence[str],
    parts: Sequence[Part],
    log_y: bool,
    medians: bool = False,
    *,
    axes: Axes | None = None,
    log_errors: bool = False,
    apart: bool = False,
    same_scale: bool = False,
    title: str = "",
    target: Target | None = None,
    spans: Spans | None = None,
    whole: Sequence[RunState] = (),
) -> list[Chart]:
    """Loss charts, one for each kind of loss, then one for each metric; "" stands for none.

    `log_y` is for losses, `log_errors` for metrics that are no shares from 0 to 1. `medians` leaves
    out the curves of single seeds. `apart` gives each part of the data a chart of
    its own. `same_scale` gives charts whose numbers have the same unit the same range of values.
    `title` is written behind what each chart shows. The target is a line in the chart of its
    column, where validation rows are drawn. `spans` are ranges of values to take, by chart, and
    `whole` in a replay the runs with all their epochs.
    """
    ours = axes or Axes()
    wanted = [metric] if isinstance(metric, str) else metric
    laid_out = sent(ours, medians)
    made = panels(runs, names, wanted, parts, log_y, log_errors, apart, laid_out, whole)
    known = spans or (shared_spans(made) if same_scale else {})
    return [
        Chart(
            key,
            _aimed(_titled(figure(panel, span=span_of(known, key, panel)), title), panel, target),
            _alt(what, panel, ours.across),
        )
        for key, what, panel in made
    ]


def sent(axes: Axes, medians: bool) -> Axes:
    """How curves are laid out that are sent while they grow, if only `medians` are."""
    if not medians:
        return axes
    places = axes.log_x or axes.across == "seconds"  # cannot be told by a first and a step
    return replace(axes, seeds=False, coarse=COARSE * (1.5 if places else 1))


def _titled(figure: dict[str, Any], title: str) -> dict[str, Any]:
    named = figure["layout"]["title"]
    if title:
        named["text"] = named["text"].replace("<br>", f", {chart_text(title)}<br>", 1)
    return figure


def _aimed(figure: dict[str, Any], panel: Panel, target: Target | None) -> dict[str, Any]:
    """With the target's line, where the panel shows what it is a target for."""
    if "validation" in panel.parts:
        layout = figure["layout"]
        for what, lines in target_line(target, panel.column, panel.log_y).items():
            layout[what] = [*layout.get(what, ()), *lines]
    return figure


def only_medians(state: ComparisonState, parts: int) -> bool:
    """Whether there are too many seeds to draw each while curves grow: live, or in a replay."""
    grows = not state.ended or any(len(run.history) < run.epochs_done for run in state.runs)
    variants = len({run.experiment.variant for run in state.runs})
    return grows and len(state.runs) > variants and len(state.runs) * parts > LIVE


def _alt(what: str, panel: Panel, across: Across) -> str:
    called = html.unescape(", ".join(dict.fromkeys(line.label for line in panel.lines)))
    return f"{what} of {called} over the {across}"
