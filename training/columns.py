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
    for head, (_, loss), (name, plain) in zip(heads, compile.losses, compile.metrics, strict=True):
        weighted = dict(compile.weighted_metrics).get(name, ())
        prefix = f"{name}_" if several else ""
        width = units(model, loss, head)
        found.append(
            tuple(
                _numbered(prefix + own, _values(metric, width))
                for own, metric in zip(
                    (*metric_names(plain), *weighted_names(plain, weighted)),
                    (*plain, *weighted),
                    strict=True,
                )
            )
        )
    return tuple(found)


def metric_names(listed: Sequence[Choice]) -> list[str]:
    """Names of a list of metrics: Keras's own, numbered where one is listed twice."""
    names = [column(metric.name) for metric in listed]
    repeats = [names[:i].count(name) for i, name in enumerate(names)]
    return [f"{name}_{n}" if n else name for name, n in zip(names, repeats, strict=True)]


def weighted_names(plain: Sequence[Choice], weighted: Sequence[Choice]) -> list[str]:
    """Names of weighted metrics: Keras marks those that would have the name of a plain one."""
    taken = metric_names(plain)
    return [f"weighted_{name}" if name in taken else name for name in metric_names(weighted)]


def _values(metric: Choice, units: int) -> int:
    """How many numbers a metric returns."""
    traits = entry("metric", metric.name).traits
    return units if "vector" in traits and metric.full("metric")["average"] is None else 1


def _numbered(name: str, values: int) -> tuple[str, ...]:
    return (name,) if values == 1 else tuple(f"{name}_{i}" for i in range(values))
