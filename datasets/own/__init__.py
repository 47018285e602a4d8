"""Data sets that people bring: saved tables and drawn points, under the digest of their file."""

from datasets.own.parameters import OWN, complete
from datasets.own.recipe import facts
from datasets.own.shelf import Saved, delete, described, listed, missing, present, save

__all__ = [
    "OWN",
    "Saved",
    "complete",
    "delete",
    "described",
    "facts",
    "listed",
    "missing",
    "present",
    "save",
]
