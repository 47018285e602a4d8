"""The curves of several runs: a chart for each kind of loss, and one for each metric."""

import html
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from components.compare.target import target_line
from components.figures.axes import Across, Axes
from components.figures.curves import loss_panels, panel
from components.figures.drawing import figure
from components.figures.panel import Panel
from components.figures.parts import Part
from components.figures.run import Line, lines
from components.figures.scales import is_share, joint, unit
from components.plain import chart_text
from training.catalog import entry
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
) -> list[Chart]:
    """Loss charts, one for each kind of loss, then one for each metric; "" stands for none.

    `log_y` is for losses, `log_errors` for metrics that are no shares from 0 to 1. `medians` leaves
    out the curves of single seeds. `apart` gives each part of the data a chart of
    its own. `same_scale` gives charts whose numbers have the same unit the same range of values.
    `title` is written behind what each chart shows. The target is a line in the chart of its
    column, where validation rows are drawn.
    """
    drawn = lines(runs, names)
    ours = axes or Axes()
    if medians:
        sent = ours.log_x or ours.across == "seconds"  # places cannot be told by a first and a step
        ours = replace(ours, seeds=False, coarse=COARSE * (1.5 if sent else 1))
    shared = {"epochs": max(run.epochs for run in runs), "axes": ours}
    wanted = [metric] if isinstance(metric, str) else metric
    made: list[tuple[str, str, Panel]] = []
    for some in [(part,) for part in parts] if apart else [tuple(parts)]:
        panels = [*_losses(drawn, log_y, some, shared)]
        panels += _metrics(drawn, [name for name in wanted if name], log_errors, some, shared)
        made += [(f"{key}.{some[0]}" if apart else key, what, panel) for key, what, panel in panels]
    if apart:
        made = [one for i in range(len(panels)) for one in made[i :: len(panels)]]
    spans = _spans([panel for *_, panel in made]) if same_scale else {}
    return [
        Chart(
            key,
            _aimed(_titled(figure(panel, span=spans.get(_scale(panel))), title), panel, target),
            _alt(what, panel, ours.across),
        )
        for key, what, panel in made
    ]


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


def _losses(
    drawn: Sequence[Line], log_y: bool, parts: tuple[Part, ...], shared: dict[str, Any]
) -> Iterator[tuple[str, str, Panel]]:
    """Key, name and panel of each kind of loss."""
    kinds = loss_panels(drawn)
    for loss, own in kinds.items():
        label = " + ".join(entry("loss", name).label for name in loss.split(" + "))
        title = label if len(kinds) > 1 else "loss"
        made = panel(own, "loss", title=title, log_y=log_y, parts=parts, **shared)
        yield f"loss.{loss}", label, made


def _metrics(
    drawn: Sequence[Line],
    metrics: Sequence[str],
    log_y: bool,
    parts: tuple[Part, ...],
    shared: dict[str, Any],
) -> Iterator[tuple[str, str, Panel]]:
    """The same of each metric; shares from 0 to 1 are never on a logarithmic axis."""
    for number, metric in enumerate(metrics):
        own = [line for line in drawn if metric in line.columns]
        log = log_y and not is_share(metric)
        made = panel(own, metric, log_y=log, parts=parts, **shared)
        yield f"metric.{metric}" if number else "metric", metric, made


def _scale(panel: Panel) -> tuple[str, str, bool]:
    """Equal for panels that may have one range of values."""
    loss = panel.lines[0].loss if panel.column == "loss" and panel.lines else ""
    return unit(panel.column), loss, panel.log_y


def _spans(panels: Sequence[Panel]) -> dict[tuple[str, str, bool], list[float] | None]:
    """The joint range of panels on one scale; shares have theirs anyway."""
    found: dict[tuple[str, str, bool], list[Panel]] = {}
    for one in panels:
        if not one.share:
            found.setdefault(_scale(one), []).append(one)
    return {
        key: joint([one.range[0] for one in several])
        for key, several in found.items()
        if len(several) > 1
    }


def only_medians(state: ComparisonState, parts: int) -> bool:
    """Whether there are too many seeds to draw each while curves grow: live, or in a replay."""
    grows = not state.ended or any(len(run.history) < run.epochs_done for run in state.runs)
    variants = len({run.experiment.variant for run in state.runs})
    return grows and len(state.runs) > variants and len(state.runs) * parts > LIVE


def _alt(what: str, panel: Panel, across: Across) -> str:
    called = html.unescape(", ".join(dict.fromkeys(line.label for line in panel.lines)))
    return f"{what} of {called} over the {across}"
