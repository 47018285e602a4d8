"""What does not fit together in a comparison, said before it is trained."""

from collections.abc import Sequence

from training.catalog import entry, metric_mismatch, mismatch
from training.formula.traps import trap
from training.layers import labels_form, output_units
from training.spec import Experiment


def misfits(experiments: Sequence[Experiment]) -> list[str]:
    """Why a loss or a metric fails or misleads, each sentence once."""
    said: dict[str, None] = {}
    for e in dict.fromkeys(e.variant for e in experiments):
        for head in e.facts.heads:
            loss = dict(e.compile.losses)[head.name]
            reason = mismatch(loss.name, loss.full("loss"), head.task)
            if reason:
                said[reason] = None
            form, units = labels_form(e, head), output_units(e, head)
            if trapped := trap(loss, head.task, form):
                said[trapped] = None
            for metric in dict(e.compile.measured)[head.name]:
                reason = metric_mismatch(metric.name, metric.full("metric"), head.task, form, units)
                if reason:
                    label = entry("metric", metric.name).label
                    said[f"{label} with {loss.name}: {reason}"] = None
    return list(said)
