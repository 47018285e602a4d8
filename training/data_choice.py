"""A chosen data set: its facts, and the same data parted in another way."""

from collections.abc import Mapping
from typing import Any

import datasets
from training.choice import Choice


def facts(dataset: Choice) -> datasets.Facts:
    """Facts of a chosen data set, without making it."""
    return datasets.facts(dataset.name, without_labels(dataset.full("dataset")))


def resplit(dataset: Choice, split: int) -> Choice:
    """The same data, split in another way; 0 is the usual one."""
    kept = {name: value for name, value in dataset.params.items() if name != "split"}
    return Choice(dataset.name, kept | ({"split": split} if split else {}))


def undivided(dataset: Choice) -> Choice:
    """The same data, however it is split."""
    kept = {k: v for k, v in dataset.params.items() if k not in ("split", "validation")}
    return Choice(dataset.name, kept)


def without_labels(params: Mapping[str, Any]) -> dict[str, Any]:
    """Those of a data set's arguments that make the data; `labels` only says how to write them."""
    return {name: value for name, value in params.items() if name != "labels"}
