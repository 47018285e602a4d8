"""Make a data set: raw arrays, then split, standardised, and in the types of `Data`."""

from collections.abc import Callable, Mapping

import numpy as np

from datasets import bundled, fashion, generated
from datasets.data import Data, Facts, Head, Split
from datasets.describe import facts
from datasets.enough import FEWEST, fewest, rare
from datasets.parameters import split_seed
from datasets.split import split, standardise


def function(name: str) -> Callable[..., tuple[np.ndarray, np.ndarray | dict[str, np.ndarray]]]:
    """The function that makes the raw arrays of a data set."""
    module = next(m for m in (generated, bundled, fashion) if hasattr(m, name))
    return getattr(module, name)


def make(name: str, full: Mapping[str, int | float]) -> Data:
    """A data set from all its parameters; arrays are read-only, because they are shared.

    Raises ValueError when a class would be too small to split, DataMissing without the files.
    """
    known = facts(name, full)
    x, y = _raw(name, full)
    heads = y if isinstance(y, dict) else {known.heads[0].name: y}
    classes = next((h for h in known.heads if h.task in {"binary", "multiclass"}), None)
    if classes is not None:
        _check_sizes(name, known, classes, heads[classes.name])
    return finished(name, known, x, y, split_seed(full))


def finished(
    name: str,
    known: Facts,
    x: np.ndarray,
    y: np.ndarray | dict[str, np.ndarray],
    seed: int,
    whole: Callable[[list], list] = lambda parts: parts,
) -> Data:
    """Raw arrays split, standardised, in the types of `Data` and read-only.

    whole: what is done to the parts, pairs of inputs and targets, before they are standardised.
    """
    heads = y if isinstance(y, dict) else {known.heads[0].name: y}
    classes = next((h for h in known.heads if h.task in {"binary", "multiclass"}), None)
    by_class = None if classes is None else heads[classes.name]
    parts = whole(split(x, heads, seed, by_class, known.validation))
    *inputs, centre, scale = standardise(*(part for part, _ in parts))
    train, validation, test = (
        Split(_locked(x), {h.name: _locked(_typed(y[h.name], h)) for h in known.heads})
        for x, (_, y) in zip(inputs, parts, strict=True)
    )
    return Data(known, train, validation, test, _locked(centre), _locked(scale))


def _raw(
    name: str, full: Mapping[str, int | float]
) -> tuple[np.ndarray, np.ndarray | dict[str, np.ndarray]]:
    if name == "fashion_mnist":
        return fashion.read(full["samples"], full["seed"])
    make_arrays = function(name)
    taken = make_arrays.__code__.co_varnames[: make_arrays.__code__.co_argcount]
    return make_arrays(**{parameter: full[parameter] for parameter in taken})


def _check_sizes(name: str, known: Facts, head: Head, y: np.ndarray) -> None:
    if found := rare(known, head, y):
        needed, one = fewest(known.validation), found[0]
        more = " or of validation rows" if needed > FEWEST else ""
        raise ValueError(
            f"{name}: '{one}' would have only {found[1]} of {len(y)} rows, too few for training, "
            f"validation and test: ask for more samples or a larger share{more}, so that it has "
            f"at least {needed}."
        )


def _typed(y: np.ndarray, head: Head) -> np.ndarray:
    if head.task in {"binary", "multiclass"}:
        return y.astype("int64")
    return y.astype("float32").reshape(len(y), -1)


def _locked(array: np.ndarray) -> np.ndarray:
    array.flags.writeable = False
    return array
