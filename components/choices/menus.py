"""What a menu offers for a task: what fits first, the rest still reachable, with the reason."""

from datasets import Facts, Head
from training import axes
from training.catalog import ENTRIES, metric_mismatch, mismatch
from training.catalog.usual import USUAL_LOSS

DEFAULT_METRICS = {
    "binary": ["accuracy"],
    "multiclass": ["accuracy"],
    "multilabel": ["BinaryAccuracy"],
    "regression": ["MeanAbsoluteError"],
}


def losses(task: str) -> dict[str, str]:
    """Loss name -> why it does not fit the task ("" if it does), fitting ones first."""
    return _fitting_first(
        {name: mismatch(name, {}, task) for name in ENTRIES["loss"]}, USUAL_LOSS[task]
    )


def metrics(task: str, form: str, units: int) -> dict[str, str]:
    """Metric name -> why it does not fit ("" if it does), fitting ones first.

    `form` is how labels are written, `units` the width of the last layer.
    """
    reasons = {name: metric_mismatch(name, {}, task, form, units) for name in ENTRIES["metric"]}
    return _fitting_first(reasons, DEFAULT_METRICS[task][0])


def models(pictures: bool) -> list[str]:
    """Models that can read such inputs, the usual one first."""
    return sorted(axes.models(pictures), key=lambda name: pictures and name != "cnn")


def suited_model(name: str | None, facts: Facts) -> str:
    """That model where it reads such inputs, else one that reads all."""
    return name if name in models(len(facts.shape) == 3) else "mlp"


def carried(former: Head | None, head: Head) -> tuple[bool, bool]:
    """Whether the loss, and whether the metrics, of a former output serve another one as well."""
    loss = former is not None and former.task == head.task
    # some metrics are told the number of classes
    return loss, loss and former.units == head.units


def _fitting_first(reasons: dict[str, str], favourite: str) -> dict[str, str]:
    return dict(sorted(reasons.items(), key=lambda item: (bool(item[1]), item[0] != favourite)))
