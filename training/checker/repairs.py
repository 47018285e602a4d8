"""Changed experiments that mend what the check found, the smallest change first."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from datasets import Head
from training.catalog import ENTRIES, required
from training.catalog.usual import USUAL_LOSS
from training.checker.facing import facing
from training.checker.finding import Repair
from training.checker.losses import judged
from training.checker.metrics import metric_finding
from training.choice import Choice
from training.monitored import watching_still
from training.spec import Experiment

MOST = 3  # offered for one finding
METRIC = {
    "binary": ("accuracy", "BinaryAccuracy"),
    "multiclass": ("accuracy",),
    "multilabel": ("BinaryAccuracy",),
    "regression": ("MeanAbsoluteError",),
}
ARGUMENTS: tuple[Mapping[str, Any], ...] = (
    {"average": "macro"},
    {"threshold": 0.5},
    {"threshold": 0.0},
    {"average": "macro", "threshold": 0.5},
    {"axis": 0},
    {"sparse_y_pred": False},
    {"sparse_y_pred": False, "sparse_y_true": False},
    {"k": 2},
)


def loss_repairs(experiment: Experiment, head: Head) -> tuple[Repair, ...]:
    """Changes of labels, last layer or loss under which the loss works."""
    found = []
    for repair in _changes(experiment, head):
        loss, at = _loss(repair.experiment, head), facing(repair.experiment, head)
        known = any(repair.experiment == other.experiment for other in found)
        known = known or any(repair.label.startswith(other.label) for other in found)
        if not known and judged(loss, at)[0] == "works":
            found.append(repair)
    return tuple(found[:MOST])


def metric_repairs(experiment: Experiment, head: Head, place: int) -> tuple[Repair, ...]:
    """Other arguments of the metric at `place`, other labels, another metric, or none of it."""
    listed = dict(experiment.compile.metrics)[head.name]
    rest = (*listed[:place], *listed[place + 1 :])
    loss, labels = _loss(experiment, head), _free_labels(experiment)
    for ground, also in ((experiment, ""), (labels, "Labels as the loss reads them")):
        at = facing(ground, head)
        kept = [("", listed[place])] if also and judged(loss, at)[0] == "works" else []
        for label, metric in (*kept, *_others(listed[place], head)):
            own = metric.name in [m.name for m in rest]
            if not own and metric_finding(metric, loss, head, at).severity == "works":
                changed = (*listed[:place], metric, *listed[place + 1 :])
                said = ", ".join(part for part in (also, label) if part)
                return (Repair(said, _metrics(ground, head, changed)),)
    return (Repair(f"Without {listed[place].name}", _metrics(experiment, head, rest)),)


def _changes(experiment: Experiment, head: Head) -> Iterator[Repair]:
    """Candidates, the smallest change first."""
    loss = _loss(experiment, head)
    labels, layer = _free_labels(experiment), _free_layer(experiment)
    yield Repair("Labels as the loss reads them", labels)
    yield Repair("Last layer as the loss needs it", layer)
    if "from_logits" in loss.full("loss"):
        changed = dict(loss.params) | {"from_logits": not loss.params.get("from_logits", False)}
        kept = {k: v for k, v in changed.items() if v is not False}
        said = f"from_logits={kept.get('from_logits', False)}"
        yield Repair(said, _with_loss(experiment, head, Choice(loss.name, kept)))
    yield Repair("Labels and last layer as the loss needs them", _free_layer(labels))
    if loss.params.get("axis") == -1:
        plain = {k: v for k, v in loss.params.items() if k != "axis"}
        yield Repair("axis=None", _with_loss(experiment, head, Choice(loss.name, plain)))
    usual = Choice(USUAL_LOSS[head.task])
    for ground, also in (
        (experiment, ""),
        (labels, ", labels to match"),
        (layer, ", last layer to match"),
        (_free_layer(labels), ", labels and last layer to match"),
    ):
        yield Repair(f"Loss {usual.name}{also}", _with_loss(ground, head, usual))


def _others(metric: Choice, head: Head) -> Iterator[tuple[str, Choice]]:
    entry = ENTRIES["metric"][metric.name]
    known = {argument.name for argument in entry.arguments}
    sized = {"num_classes": max(2, head.units)} if "num_classes" in known else {}
    for arguments in ({}, *ARGUMENTS):
        given = {**sized, **arguments}
        if given and known >= set(given):
            made = Choice(metric.name, required(entry) | dict(metric.params) | given)
            yield ", ".join(f"{k}={v!r}" for k, v in given.items()), made
    for name in METRIC[head.task]:
        yield f"{name} instead", Choice(name)
    if head.task in ("binary", "multilabel"):
        yield "BinaryAccuracy(threshold=0)", Choice("BinaryAccuracy", {"threshold": 0.0})


def _free_labels(experiment: Experiment) -> Experiment:
    kept = {k: v for k, v in experiment.dataset.params.items() if k != "labels"}
    return replace(experiment, dataset=Choice(experiment.dataset.name, kept))


def _free_layer(experiment: Experiment) -> Experiment:
    own = ("output_units", "output_activation")
    kept = {k: v for k, v in experiment.model.params.items() if k not in own}
    return replace(experiment, model=Choice(experiment.model.name, kept))


def _with_loss(experiment: Experiment, head: Head, loss: Choice) -> Experiment:
    losses = tuple((n, loss if n == head.name else c) for n, c in experiment.compile.losses)
    return watching_still(replace(experiment, compile=replace(experiment.compile, losses=losses)))


def _metrics(experiment: Experiment, head: Head, listed: tuple[Choice, ...]) -> Experiment:
    metrics = tuple((n, listed if n == head.name else m) for n, m in experiment.compile.metrics)
    return watching_still(replace(experiment, compile=replace(experiment.compile, metrics=metrics)))


def _loss(experiment: Experiment, head: Head) -> Choice:
    return dict(experiment.compile.losses)[head.name]
