"""How heights of a surface are drawn: as they are, or by their logarithm above the lowest."""

from dataclasses import dataclass

import numpy as np

STEEP = 8.0  # times the median, both above the lowest: from there on a logarithm shows more
FLOOR = 1e-2  # of the median: heights that are nearer to the lowest are not told apart
CUT = 99.0  # percentile; what is above this many times higher is drawn as if it were so high
WILD = 4.0
TICKS = 6


@dataclass(frozen=True)
class Relief:
    """From heights to what is drawn, and back to the numbers at an axis."""

    base: float  # the lowest height
    top: float  # the highest that is told apart
    floor: float  # of the logarithm, above the base
    log: bool

    def drawn(self, heights: np.ndarray) -> np.ndarray:
        """Heights as drawn, float64 in the same shape; NaN stays, and what is higher is cut."""
        above = np.clip(np.asarray(heights, "float64") - self.base, 0.0, self.top - self.base)
        return np.log10(above + self.floor) if self.log else above + self.base

    @property
    def span(self) -> tuple[float, float]:
        """The lowest and the highest of what is drawn."""
        low, high = self.drawn(np.array([self.base, self.top]))
        return float(low), float(high)

    def ticks(self) -> tuple[list[float], list[str]]:
        """Where numbers stand at an axis, as drawn, and the heights that they name."""
        low, high = self.span
        if not self.log:
            places = np.linspace(low, high, TICKS)
            places[np.abs(places) < 1e-9 * (high - low)] = 0.0  # no remains of rounding
            return places.tolist(), [f"{h:.3g}" for h in places]
        decades = np.arange(np.ceil(low), np.floor(high) + 1)
        decades = decades[:: max(1, -(-len(decades) // TICKS))]
        places = np.log10(10.0**decades + self.floor)
        heights = [self.base, *(self.base + 10.0**decades)]
        return [low, *places.tolist()], [f"{h:.3g}" for h in heights]


def steep(heights: np.ndarray) -> bool:
    """Whether a surface is so uneven that its logarithm shows more."""
    above = _above(heights)
    return len(above) > 0 and float(above.max()) > STEEP * float(np.median(above)) > 0


def relief(heights: np.ndarray, log: bool, lowest: float = np.inf) -> Relief:
    """The one for a map of these heights, of which some may be NaN; `lowest` is known otherwise."""
    known = heights[np.isfinite(heights)]
    if not len(known):
        return Relief(0.0, 1.0, 1e-3, False)
    base = float(min(known.min(), lowest))
    usual = float(np.percentile(known, CUT))
    top = float(known.max()) if log else float(min(known.max(), base + WILD * (usual - base)))
    spread = top - base or abs(base) or 1.0
    median = float(np.median(known)) - base
    return Relief(base, base + spread, FLOOR * (median or spread), log and top > base)


def _above(heights: np.ndarray) -> np.ndarray:
    known = heights[np.isfinite(heights)]
    return known - known.min() if len(known) else known
