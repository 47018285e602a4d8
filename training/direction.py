"""Which way a column of the history is better."""

from training.catalog import entry
from training.spec import Experiment


def direction(experiment: Experiment, column: str) -> str:
    """Which way a column of the history is better: "lower", "higher", or "" for neither."""
    if column.endswith("loss"):
        return "lower"
    for (_, metrics), columns in zip(
        experiment.compile.measured, experiment.metric_columns, strict=True
    ):
        for metric, names in zip(metrics, columns, strict=True):
            if column in names:
                if metric.name == "CustomMetric":
                    return str(metric.full("metric")["better"])
                traits = entry("metric", metric.name).traits
                return next((way for way in ("lower", "higher") if way in traits), "")
    return ""
