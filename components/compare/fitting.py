"""Which other data sets a set-up can be trained on with the same model, loss and metrics."""

from components.compare.misfits import misfits
from training.catalog.datasets import DATASETS
from training.choice import Choice
from training.data_choice import resplit
from training.problems import on
from training.spec import Experiment


def fitting(base: Experiment) -> list[Choice]:
    """Data sets as the catalog has them that bring no misfit which `base` has not itself."""
    known = set(misfits([base]))
    return [choice for choice in _others(base) if _fits(base, choice, known)]


def _others(base: Experiment) -> list[Choice]:
    """All but the base's, with labels written and rows held back as of its are."""
    own = {k: v for k, v in base.dataset.params.items() if k in ("labels", "validation")}
    return [
        Choice(name, {k: v for k, v in own.items() if found.argument(k)})
        for name, found in DATASETS.items()
        if name != base.dataset.name
    ]


def _fits(base: Experiment, dataset: Choice, known: set[str]) -> bool:
    try:
        return set(misfits([on(base, dataset)])) <= known
    except ValueError:
        return False


def kept(base: Experiment, chosen: list[Choice]) -> list[Choice]:
    """Those of the chosen data sets that still fit, without the base's own."""
    own = resplit(base.dataset, 0)
    known = set(misfits([base]))
    return [c for c in chosen if resplit(c, 0) != own and _fits(base, c, known)]
