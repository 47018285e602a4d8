"""The runs of one variant together: their median over seeds, and the band that they keep within."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from components.figures.run import Line

FEW = 5  # seeds; fewer have no quartiles worth the name, so their band is all that happened


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
        if len(self.lines) == 1:
            return self.lines[0].values(column)
        return self.quantiles(column, (0.5,))[0]

    def band(self, column: str) -> tuple[np.ndarray, np.ndarray]:
        """Its lower and upper edge, float32 (epochs,): quartiles, or all if there are FEW seeds."""
        low, high = self.quantiles(column, (0, 1) if len(self.lines) < FEW else (0.25, 0.75))
        return low, high

    def quantiles(self, column: str, shares: Sequence[float]) -> np.ndarray:
        """Quantiles over seeds, float32 (shares, epochs); NaN as in `median`.

        Between two seeds they are interpolated linearly, as `numpy.nanquantile` does by default;
        sorting once for all epochs is some fifty times faster than that.
        """
        curves = [line.values(column) for line in self.lines]
        table = np.full((len(curves), max(map(len, curves))), np.nan, "float32")
        for row, curve in zip(table, curves, strict=True):
            row[: len(curve)] = curve
        table[~np.isfinite(table)] = np.nan
        table.sort(0)  # NaN comes last
        known = np.isfinite(table).sum(0)
        at = np.outer(shares, np.maximum(known - 1, 0))
        below = np.floor(at).astype(int)
        low = np.take_along_axis(table, below, 0)
        high = np.take_along_axis(table, np.ceil(at).astype(int), 0)
        found = (low + (high - low) * (at - below)).astype("float32")
        found[:, known * 2 < len(curves)] = np.nan
        return found


def variants(lines: Sequence[Line]) -> list[Variant]:
    """Runs grouped by label, in order of first appearance; former runs left out."""
    groups: dict[str, list[Line]] = {}
    for line in lines:
        if not line.ghost:
            groups.setdefault(line.label, []).append(line)
    return [Variant(label, tuple(group)) for label, group in groups.items()]


def said(groups: Sequence[Variant], only_validation: bool) -> str:
    """How many seeds the thick curves and the bands are made of; "" where there is one of each."""
    counts = sorted({len(group.lines) for group in groups})
    if not counts or counts == [1]:
        return ""
    n = str(counts[0]) if len(counts) == 1 else f"{counts[0]} to {counts[-1]}"
    kinds = {"min to max" if n < FEW else "quartiles" for n in counts if n > 1}
    band = "quartiles" if len(kinds) > 1 else kinds.pop()
    band += f", min to max below n = {FEW}" if len(kinds) else ""
    where = "validation band" if only_validation else "band"
    return f"median of n = {n} seeds, {where}: {band}"
