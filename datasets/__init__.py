"""Data sets by name: `facts` without making them, `load` with arrays, `source` as a script.

scikit-learn is imported by the first call that needs arrays: a page that only lists data sets
should not wait a second for it.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from datasets import describe, own, parameters
from datasets.data import Data, Facts, Head, Split
from datasets.parameters import PARAMETERS

if TYPE_CHECKING:
    from datasets.script import Source

__all__ = [
    "NAMES",
    "Data",
    "Facts",
    "Head",
    "Split",
    "complete",
    "delete",
    "facts",
    "load",
    "source",
]

NAMES: tuple[str, ...] = tuple(PARAMETERS)


def complete(name: str, params: Mapping[str, Any]) -> dict[str, Any]:
    """All parameters of a data set, those not given by default; ValueError if one cannot be."""
    return (own if name in own.OWN else parameters).complete(name, params)


def facts(name: str, params: Mapping[str, Any]) -> Facts:
    """Facts of a data set, cheap and without arrays; ValueError as `complete` raises it.

    Its kind `datasets.fashion.DataMissing` for a table that never was on this computer.
    """
    return (own if name in own.OWN else describe).facts(name, params)


def load(name: str, params: Mapping[str, Any]) -> Data:
    """A data set, split and standardised; its arrays are shared and read-only.

    Raises ValueError for an unknown name or parameter and for impossible sizes, and its kind
    `datasets.fashion.DataMissing` when Fashion-MNIST or a table is not on this computer.
    """
    items = tuple(complete(name, params).items())
    if name in own.OWN:
        own.present(dict(items)["digest"])  # also where its arrays are still in memory
        return _own(name, items)
    return _pictures(name, items) if name == "fashion_mnist" else _tables(name, items)


def source(name: str, params: Mapping[str, Any] | None = None) -> "Source":
    """Imports, code and call that make the raw arrays of a data set; ValueError if unknown.

    params: only needed of a table, whose code follows from how it is used.
    """
    full = complete(name, params or {})
    if name in own.OWN:
        from datasets.own.make import source as source_of_table

        return source_of_table(name, full)
    from datasets.script import source

    return source(name)


def delete(digest: str) -> None:
    """Delete an own file and what this process remembers of its rows."""
    own.delete(digest)
    _own.cache_clear()


def _make_own(name: str, items: tuple[tuple[str, Any], ...]) -> Data:
    from datasets.own.make import make

    return make(name, dict(items))


def _make(name: str, items: tuple[tuple[str, Any], ...]) -> Data:
    from datasets.make import make

    return make(name, dict(items))


_tables = lru_cache(maxsize=32)(_make)
_own = lru_cache(maxsize=2)(_make_own)  # up to 20 MB each
_pictures = lru_cache(maxsize=1)(_make)  # up to 63 MB each
