"""Versions of the packages that decide what numbers a training gives."""

from contextlib import suppress
from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def versions() -> str:
    """Versions of what computes the numbers, read without importing it."""
    found = []
    for package in ("keras", "tensorflow-cpu", "tensorflow", "numpy", "scikit-learn"):
        with suppress(PackageNotFoundError):
            found.append(f"{package} {version(package)}")
    return ", ".join(found)
