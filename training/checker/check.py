"""The compile check of a whole experiment: loss, labels, last layer and metrics of every head."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from datasets import Head
from training.checker.facing import Facing, facing
from training.checker.finding import Finding, Severity
from training.checker.losses import judged
from training.checker.metrics import metric_finding
from training.checker.repairs import loss_repairs, metric_repairs
from training.checker.weights import weight_findings
from training.formula.flow import ignores_gradient
from training.spec import Experiment

ORDER: tuple[Severity, ...] = ("raises", "silently wrong", "works")


def check(experiment: Experiment) -> tuple[Finding, ...]:
    """What is to be said of an experiment before it is trained.

    Head by head the loss, then metrics; last a rule of one's own, and what weights of classes
    and outputs do.

    Reads the spec and the range of numbers to predict, and never runs Keras.
    """
    return _check(experiment, tuple(facing(experiment, h) for h in experiment.facts.heads))


@lru_cache(maxsize=256)
def _check(experiment: Experiment, each: tuple[Facing, ...]) -> tuple[Finding, ...]:
    found: list[Finding] = []
    several = len(experiment.facts.heads) > 1
    for head, at in zip(experiment.facts.heads, each, strict=True):
        own = _head(experiment, head, at)
        found += [replace(f, about=f"{head.name}: {f.about}") for f in own] if several else own
    return (*found, *_rule(experiment), *weight_findings(experiment))


def worst(findings: Sequence[Finding]) -> Severity:
    """What will happen as a whole."""
    return min((f.severity for f in findings), key=ORDER.index, default="works")


def _rule(experiment: Experiment) -> list[Finding]:
    if not ignores_gradient(experiment.compile.optimizer):
        return []
    why = "The rule does not depend on gradient, so training learns nothing from the data."
    return [Finding("silently wrong", "optimizer", why)]


def _head(experiment: Experiment, head: Head, at: Facing) -> list[Finding]:
    loss = dict(experiment.compile.losses)[head.name]
    severity, why = judged(loss, at)
    mends = () if severity == "works" else loss_repairs(experiment, head)
    found = [Finding(severity, "loss", why, mends)]
    plain = len(dict(experiment.compile.metrics)[head.name])
    for place, metric in enumerate(dict(experiment.compile.measured)[head.name]):
        finding = metric_finding(metric, loss, head, at)
        if finding.severity != "works" and place < plain:
            finding = replace(finding, repairs=metric_repairs(experiment, head, place))
        found.append(finding)
    return found
