"""Heights of a surface, worked out with NumPy where it is drawn."""

from functools import lru_cache

import numpy as np

from training.formula.reading import read
from training.formula.trial import worked_out
from training.surface.surfaces import Place, Span


def heights(formula: str, x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Height at each place, float64 in the shape of x and y; NaN where it is no finite number."""
    x, y = np.broadcast_arrays(np.asarray(x, "float64"), np.asarray(y, "float64"))
    found = worked_out(read(formula, "surface"), {"x": x, "y": y})
    found = np.broadcast_to(found, x.shape).astype("float64")
    return np.where(np.isfinite(found), found, np.nan)


def height(formula: str, place: Place) -> float:
    """Height at one place; NaN where there is none."""
    return float(heights(formula, *(np.array(one) for one in place)))


@lru_cache(maxsize=32)
def grid(
    formula: str, across: Span, up: Span, side: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """x (side,), y (side,) and heights (side, side), a row for each y; shared, do not write."""
    x, y = np.linspace(*across, side), np.linspace(*up, side)
    return x, y, heights(formula, x[None, :], y[:, None])


def nearest(formula: str, across: Span, up: Span, side: int, place: Place) -> Place:
    """The place of the grid that has a height and is nearest to this one."""
    x, y, z = grid(formula, across, up, side)
    away = np.hypot(*np.meshgrid(x - place[0], y - place[1]))
    row, column = np.unravel_index(np.where(np.isnan(z), np.inf, away).argmin(), z.shape)
    return round(float(x[column]), 3), round(float(y[row]), 3)
