"""Several data sets in one comparison: the same rows on each, and which run belongs to which."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from training.catalog import entry
from training.choice import Choice
from training.data_choice import facts, resplit
from training.spec import Experiment

MOST = 6  # data sets, the base's included


@dataclass(frozen=True)
class Problem:
    """A data set of a comparison; `places` are the positions of its runs, row by row."""

    dataset: Choice  # without its split
    name: str
    places: tuple[int, ...]


def problems(experiments: Sequence[Experiment]) -> tuple[Problem, ...]:
    """The data sets of a comparison that has several, each with the same rows and seeds.

    Empty where there is one, or where rows differ in the data set.
    """
    if len({e.dataset.name for e in experiments}) < 2 and len({e.dataset for e in experiments}) < 2:
        return ()
    places: dict[Choice, list[int]] = {}
    for position, e in enumerate(experiments):
        places.setdefault(resplit(e.dataset, 0), []).append(position)
    rows = on_first(experiments)
    each = {tuple((rows[i].variant, rows[i].seed) for i in found) for found in places.values()}
    several = len(places) > 1 and len(each) == 1
    if not several or len({row for row, _ in each.pop()}) < 2 or not _alike(list(places)):
        return ()
    names = _names(list(places))
    return tuple(Problem(d, n, tuple(places[d])) for d, n in zip(places, names, strict=True))


def on_first(experiments: Sequence[Experiment]) -> list[Experiment]:
    """The same rows and seeds, all on the first one's data set: equal ones are of one row."""
    return [replace(e, dataset=experiments[0].dataset) for e in experiments]


def on(base: Experiment, dataset: Choice) -> Experiment:
    """The same experiment on another data set; ValueError says why it cannot be."""
    if not _alike([base.dataset, dataset]):
        raise ValueError(
            f"The data set {dataset.name} asks for something else than {base.dataset.name}; "
            "take data sets of one task, such as two classes."
        )
    where = f"The data set {dataset.name}: "
    return Experiment.from_json(base.to_json() | {"dataset": dataset.to_json()}, where)


def _alike(choices: Sequence[Choice]) -> bool:
    """Whether data sets have the same outputs, up to the number of classes."""
    return len({tuple((h.name, h.task) for h in facts(d).heads) for d in choices}) == 1


def _names(choices: Sequence[Choice]) -> list[str]:
    """The catalog's labels, with the changed arguments where two are called alike."""
    labels = [entry("dataset", choice.name).label for choice in choices]
    return [
        f"{label} ({', '.join(f'{k} {v}' for k, v in choice.params.items()) or 'as it is'})"
        if labels.count(label) > 1
        else label
        for label, choice in zip(labels, choices, strict=True)
    ]
