"""What an optimizer remembers where it stands: an arrow where it pulls, a cross by what it divides.

Lengths are told apart along one path only: the longest of a path has a fixed share of the map.
"""

from typing import Any

import numpy as np

from components.colours import GREY
from components.figures.ground import Ground, Way
from components.plain import chart_text
from training.surface.paths import Path

LONGEST = 0.16  # of the map's width or height


def arrows(ground: Ground, way: Way, path: Path, step: int) -> list[dict[str, Any]]:
    """Annotations at the head: straight downhill thin and grey, the pull thick and coloured."""
    at = path.at(step)
    found = [(-path.gradients, GREY, 1.5)]
    if len(path.pull):
        found.append((path.pull, way.look.colour, 3.0))
    x, y = path.places[at].astype("float64")
    made = []
    for vectors, colour, width in found:
        dx, dy = _scaled(ground, vectors)[at]
        if dx or dy:
            made.append(
                {
                    "x": x + dx,
                    "y": y + dy,
                    "ax": x,
                    "ay": y,
                    **dict.fromkeys(("xref", "axref"), "x"),
                    **dict.fromkeys(("yref", "ayref"), "y"),
                    "text": "",
                    "showarrow": True,
                    "arrowhead": 2,
                    "arrowwidth": width,
                    "arrowcolor": colour,
                }
            )
    return made


def cross(ground: Ground, way: Way, path: Path, step: int) -> list[dict[str, Any]]:
    """A trace: how much the steps in x and in y are divided by, as a cross at the head."""
    if not len(path.size):
        return []
    at = path.at(step)
    x, y = path.places[at].astype("float64").tolist()
    dx, dy = _scaled(ground, path.size)[at].tolist()
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "name": chart_text(way.name),
            "legendgroup": way.name,
            "showlegend": False,
            "x": [x - dx, x + dx, None, x, x],
            "y": [y, y, None, y - dy, y + dy],
            "line": {"color": way.look.colour, "width": 1.5, "dash": "dot"},
            "hoverinfo": "skip",
        }
    ]


def _scaled(ground: Ground, vectors: np.ndarray) -> np.ndarray:
    """Vectors (n, 2) with their directions, in the map's units; the longest is LONGEST of it."""
    room = np.array([np.ptp(ground.x), np.ptp(ground.y)])
    finite = np.nan_to_num(vectors.astype("float64"), posinf=0.0, neginf=0.0)
    most = (np.abs(finite) / room).max(initial=0.0)
    return finite * (LONGEST / most if most else 0.0)
