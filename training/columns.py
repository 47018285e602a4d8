"""What Keras calls the columns of a history that metrics fill."""

from collections.abc import Sequence

from datasets import Head
from training.catalog import column, entry
from training.choice import Choice, Compile
from training.outputs import units


def metric_columns(
    model: Choice, compile: Compile, heads: Sequence[Head]
) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """By head and metric, the columns it fills: one, or one per unit if it returns a vector."""
    several = len(heads) > 1
    found = []
    for head, (_, loss), (name, listed) in zip(heads, compile.losses, compile.metrics, strict=True):
        prefix = f"{name}_" if several else ""
        width = units(model, loss, head)
        found.append(
            tuple(
                _numbered(prefix + own, _values(metric, width))
                for own, metric in zip(metric_names(listed), listed, strict=True)
            )
        )
    return tuple(found)


def metric_names(listed: Sequence[Choice]) -> list[str]:
    """Names of a list of metrics: Keras's own, numbered where one is listed twice."""
    names = [column(metric.name) for metric in listed]
    repeats = [names[:i].count(name) for i, name in enumerate(names)]
    return [f"{name}_{n}" if n else name for name, n in zip(names, repeats, strict=True)]


def _values(metric: Choice, units: int) -> int:
    """How many numbers a metric returns."""
    traits = entry("metric", metric.name).traits
    return units if "vector" in traits and metric.full("metric")["average"] is None else 1


def _numbered(name: str, values: int) -> tuple[str, ...]:
    return (name,) if values == 1 else tuple(f"{name}_{i}" for i in range(values))
