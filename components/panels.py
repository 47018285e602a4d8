"""What the charts of several runs draw, and the ranges of values that they have in common."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from components.figures.axes import Axes
from components.figures.curves import loss_panels, panel
from components.figures.panel import Panel
from components.figures.parts import Part
from components.figures.rate_curve import far_apart
from components.figures.run import Line, lines
from components.figures.scales import is_share, joint, unit
from components.plain import chart_text
from training.loss_names import summed
from training.planned_rates import changing
from training.states import RunState

SPREAD = 5  # times: learning rates that are farther apart are on a logarithmic axis
Named = tuple[str, str, Panel]  # key of a chart, what it shows in words, and its panel
Spans = Mapping[tuple[str, bool], list[float] | None]  # (key of a chart, logarithmic) -> its range


def panels(
    runs: Sequence[RunState],
    names: Sequence[str],
    metrics: Sequence[str],
    parts: Sequence[Part],
    log_losses: bool,
    log_errors: bool,
    apart: bool,
    axes: Axes,
    whole: Sequence[RunState] = (),
) -> list[Named]:
    """A panel for each kind of loss and each metric, if `apart` also for each part of the data.

    whole: in a replay the runs with all their epochs, so that the x axis ends where they do.
    """
    drawn = lines(runs, names, whole=whole)
    labels = {run.experiment.compile.loss_name: run.experiment.compile.loss_label for run in runs}
    shared = {"epochs": max(line.epochs for line in drawn), "axes": axes}
    made: list[list[Named]] = []
    for some in [(part,) for part in parts] if apart else [tuple(parts)]:
        own = [*_losses(drawn, labels, log_losses, some, shared)]
        wanted = [name for name in metrics if name]
        own += _metrics(drawn, runs, wanted, log_errors, some, shared)
        made.append([(f"{key}.{some[0]}" if apart else key, *rest) for key, *rest in own])
    by_kind = [one for several in zip(*made, strict=True) for one in several]
    return [*by_kind, *_rates(drawn, runs, shared)]


def shared_spans(made: Sequence[Named]) -> Spans:
    """The joint range of panels on one scale."""
    found: dict[tuple[str, str, bool], list[Named]] = {}
    for one in made:
        found.setdefault(_scale(one[2]), []).append(one)
    return {
        (key, panel.log_y): joint([panel.range[0] for *_, panel in several])
        for several in found.values()
        if len(several) > 1
        for key, _, panel in several
    }


def all_spans(made: Sequence[Named], same_scale: bool) -> Spans:
    """The range of every panel, with `same_scale` the joint one where there is one."""
    own = {(key, panel.log_y): panel.range[0] for key, _, panel in made}
    return {**own, **shared_spans(made)} if same_scale else own


def span_of(spans: Spans, key: str, panel: Panel) -> list[float] | None:
    """The range that a chart is to have in place of its own, or None."""
    return spans.get((key, panel.log_y))


def _losses(
    drawn: Sequence[Line],
    labels: Mapping[str, str],
    log_y: bool,
    parts: tuple[Part, ...],
    shared: dict[str, Any],
) -> Iterator[tuple[str, str, Panel]]:
    """Key, name and panel of each kind of loss; `labels` are the kinds as a learner reads them."""
    kinds = loss_panels(drawn)
    for loss, own in kinds.items():
        label = chart_text(labels[loss])
        title = label if len(kinds) > 1 else "loss"
        made = panel(own, "loss", title=title, log_y=log_y, parts=parts, **shared)
        yield f"loss.{loss}", labels[loss], made


def _metrics(
    drawn: Sequence[Line],
    runs: Sequence[RunState],
    metrics: Sequence[str],
    log_y: bool,
    parts: tuple[Part, ...],
    shared: dict[str, Any],
) -> Iterator[tuple[str, str, Panel]]:
    """The same of each metric; shares from 0 to 1 are never on a logarithmic axis."""
    for number, metric in enumerate(metrics):
        key = f"metric.{metric}" if number else "metric"
        if own := _of_output(drawn, runs, metric):
            for kind, alike in loss_panels(own).items():
                title = f"loss of {metric.removesuffix('_loss')}"
                made = panel(alike, metric, title=title, log_y=log_y, parts=parts, **shared)
                yield f"{key}.{kind}", title, made
            continue
        own = [line for line in drawn if metric in line.columns]
        log = log_y and not is_share(metric)
        made = panel(own, metric, log_y=log, parts=parts, **shared)
        yield key, metric, made


def _of_output(drawn: Sequence[Line], runs: Sequence[RunState], column: str) -> list[Line]:
    """Lines for an output's own loss, called by its kind; none if the column is something else."""
    found = []
    for line, run in zip(drawn, runs, strict=True):
        losses = run.experiment.compile.losses
        kinds = {f"{head}_loss": loss for head, loss in losses} if len(losses) > 1 else {}
        if column in kinds:
            kind = summed([("", kinds[column])], (), lambda loss: loss.name)
            found.append(replace(line, loss=kind))
    return found


def _rates(
    drawn: Sequence[Line], runs: Sequence[RunState], shared: dict[str, Any]
) -> Iterator[Named]:
    """The learning rate at the end of each epoch, where it is not one number for all of them."""
    if any(changing(run.experiment) for run in runs):
        own = {"title": "learning rate", "parts": ("train",), "log_y": far_apart(drawn, SPREAD)}
        shared = shared | own
        yield "rate", "Learning rate", panel(drawn, "learning_rate", **shared)


def _scale(panel: Panel) -> tuple[str, str, bool]:
    """Equal for panels that may have one range of values."""
    loss = panel.lines[0].loss if panel.column == "loss" and panel.lines else ""
    return unit(panel.column), loss, panel.log_y
