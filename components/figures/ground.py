"""A piece of a surface and ways over it: what is drawn as a map and as a body."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from components.colours import Channel
from components.figures.frame import LEGEND, ROW, entry_width, legend_rows
from components.figures.relief import Relief

HEIGHT = 470  # pixels, with one row of legend
TOP, BOTTOM, LEFT, RIGHT = 34, 72, 52, 16  # margins in pixels


@dataclass(frozen=True)
class Ground:
    """A piece of a surface: x (n,), y (m,), heights (m, n) with NaN for holes, and how to draw."""

    x: np.ndarray
    y: np.ndarray
    z: np.ndarray
    relief: Relief
    names: tuple[str, str] = ("x", "y")
    height: str = "height"  # what it is the height of


@dataclass(frozen=True)
class Way:
    """Where something has been so far, the newest place last."""

    name: str
    look: Channel
    places: np.ndarray  # float (k, 2)
    heights: np.ndarray  # float (k,)
    end: str = ""  # written beside its name, such as "left"
    dots: bool = True  # at each place


@dataclass(frozen=True)
class Mark:
    """A place of its own, such as the start or a minimum."""

    name: str
    symbol: str
    places: Sequence[tuple[float, float]] = field(default_factory=tuple)


def span_of(along: np.ndarray) -> list[float]:
    """The range of an axis."""
    return [float(along[0]), float(along[-1])]


def layout_of(ground: Ground, title: str, names: Sequence[str]) -> dict[str, Any]:
    """What stands around ways with these names."""
    rows = legend_rows(names)
    extra = ROW * (rows - 1)
    return {
        "height": HEIGHT + extra,
        "title": {"text": title, "x": 0, "xref": "paper", "font": {"size": 14}},
        "margin": {"t": TOP, "b": BOTTOM + extra, "l": LEFT, "r": RIGHT},
        "legend": LEGEND,
        "showlegend": True,
        # for the browser, which knows how wide the chart is
        "meta": {"entry": entry_width(names), "entries": len(names), "row": ROW, "rows": rows},
        # zoom and view stay as long as the same piece is on show
        "uirevision": f"{title} {span_of(ground.x)} {span_of(ground.y)}",
    }
