"""Which way a column of the history is better."""

from training.catalog import entry
from training.spec import Choice, Experiment


def direction(experiment: Experiment, column: str) -> str:
    """Which way a column of the history is better: "lower", "higher", or "" for neither."""
    if column.endswith("loss"):
        return "lower"
    metric = metric_of(experiment, column)
    if metric and metric.name == "CustomMetric":
        return str(metric.full("metric")["better"])
    traits = entry("metric", metric.name).traits if metric else ()
    return next((way for way in ("lower", "higher") if way in traits), "")


def metric_of(experiment: Experiment, column: str) -> Choice | None:
    """The metric that a column of the history is of; None where it is of none."""
    for (_, metrics), columns in zip(
        experiment.compile.measured, experiment.metric_columns, strict=True
    ):
        for metric, names in zip(metrics, columns, strict=True):
            if column in names:
                return metric
    return None
