"""Metrics before the run: what "accuracy" becomes, and which return a vector, raise or lie."""

from datasets import Head
from training.accuracy import accuracy_class
from training.catalog import metric_mismatch
from training.catalog.metric_mismatch import YES_NO
from training.checker.facing import Facing
from training.checker.finding import Finding, Severity
from training.choice import Choice
from training.formula.traps import misread

THRESHOLDS = ("threshold", "thresholds")


def resolved(at: Facing) -> str:
    """The class that "accuracy" becomes, by the shapes of labels and outputs."""
    columns = () if at.form == "int" else (at.classes if at.wide else 1,)
    return accuracy_class((1, *columns), (1, at.units))


def metric_finding(metric: Choice, loss: Choice, head: Head, at: Facing) -> Finding:
    """What is to be said of one metric of a head."""
    params = metric.full("metric")
    why = metric_mismatch(metric.name, params, head.task, at.form, at.units)
    why = why or misread(metric, head.task) or _other_line(metric, loss, at)
    if metric.name == "accuracy":
        became = f"'accuracy' becomes {resolved(at)}"
        return Finding(_severity(why), "accuracy", f"{became}. {why}" if why else became)
    return Finding(_severity(why), metric.name, why)


def _severity(why: str) -> Severity:
    if not why:
        return "works"
    return "raises" if "Keras stops" in why else "silently wrong"


def _other_line(metric: Choice, loss: Choice, at: Facing) -> str:
    """Scores change sides at 0, and these metrics look for 0.5."""
    signed = loss.full("loss").get("from_logits") or "Hinge" in loss.name
    apart = at.units == 1 or at.task == "multilabel"
    if metric.name not in {"accuracy", *YES_NO} or not signed or not apart:
        return ""
    if at.activation in ("sigmoid", "softmax"):
        return ""
    given = metric.full("metric")
    if any(given.get(name) not in (None, 0.5) for name in THRESHOLDS):
        return ""
    return (
        f"{metric.name} says yes above 0.5, but with {loss.name} here an output says yes above 0: "
        "rows between count as wrong; take BinaryAccuracy(threshold=0) or a sigmoid."
    )
