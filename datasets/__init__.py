"""Data sets by name: `facts` without making them, `load` with arrays, `source` as a script.

scikit-learn is imported by the first call that needs arrays: a page that only lists data sets
should not wait a second for it.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from datasets.data import Data, Facts, Head, Split
from datasets.describe import facts
from datasets.parameters import PARAMETERS, complete

if TYPE_CHECKING:
    from datasets.script import Source

__all__ = ["NAMES", "Data", "Facts", "Head", "Split", "complete", "facts", "load", "source"]

NAMES: tuple[str, ...] = tuple(PARAMETERS)


def load(name: str, params: Mapping[str, int | float]) -> Data:
    """A data set, split and standardised; its arrays are shared and read-only.

    Raises ValueError for an unknown name or parameter and for impossible sizes, and its kind
    `datasets.fashion.DataMissing` when Fashion-MNIST is not on this computer.
    """
    items = tuple(complete(name, params).items())
    return _pictures(name, items) if name == "fashion_mnist" else _tables(name, items)


def source(name: str) -> "Source":
    """Imports, code and call that make the raw arrays of a data set; ValueError if unknown."""
    complete(name, {})
    from datasets.script import source

    return source(name)


def _make(name: str, items: tuple[tuple[str, int | float], ...]) -> Data:
    from datasets.make import make

    return make(name, dict(items))


_tables = lru_cache(maxsize=32)(_make)
_pictures = lru_cache(maxsize=1)(_make)  # up to 63 MB each
