"""The runs of one variant together: their median over seeds."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from components.figures.run import Line


@dataclass(frozen=True)
class Variant:
    """Runs that differ in seed only."""

    label: str
    lines: tuple[Line, ...]

    @property
    def colour(self) -> str:
        """The colour all its runs share."""
        return self.lines[0].colour

    @property
    def diverged(self) -> tuple[Line, ...]:
        """The runs that blew up."""
        return tuple(line for line in self.lines if line.diverged is not None)

    @property
    def name(self) -> str:
        """Its label, and what has to be said beside it when runs diverged."""
        if not self.diverged:
            return self.label
        if len(self.lines) == 1:
            return f"{self.label}: diverged at epoch {self.diverged[0].diverged}"
        return f"{self.label}: {len(self.diverged)} of {len(self.lines)} diverged"

    def median(self, column: str) -> np.ndarray:
        """Median over seeds, float32 (epochs,); NaN where fewer than half of them have a number."""
        curves = [line.values(column) for line in self.lines]
        if len(curves) == 1:
            return curves[0]
        table = np.full((len(curves), max(map(len, curves))), np.nan, "float32")
        for row, curve in zip(table, curves, strict=True):
            row[: len(curve)] = curve
        table[~np.isfinite(table)] = np.nan
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)  # an epoch without any number
            middle = np.nanmedian(table, 0)
        middle[np.isfinite(table).sum(0) * 2 < len(curves)] = np.nan
        return middle


def variants(lines: Sequence[Line]) -> list[Variant]:
    """Runs grouped by label, in order of first appearance; former runs left out."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        if not line.ghost:
            groups.setdefault(line.label, []).append(line)
    return [Variant(label, tuple(group)) for label, group in groups.items()]
