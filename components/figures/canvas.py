"""Drawn points in a plane that stays where it is, so that a brush can go on."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from components.colours import SYMBOLS
from components.figures.arrays import pack
from components.figures.frame import LEGEND
from components.figures.points import class_colour
from components.own.strokes import CLASSES, REACH, Point

HEIGHT = 480  # pixels


def canvas(points: Sequence[Point]) -> dict[str, Any]:
    """Plotly's JSON: a trace for every class, also for those without points."""
    axis = {"range": [-REACH, REACH], "zeroline": False, "fixedrange": True}
    return {
        "data": [_class(points, k, name) for k, name in enumerate(CLASSES)],
        "layout": {
            "height": HEIGHT,
            "margin": {"t": 12, "b": 64, "l": 44, "r": 12},
            "xaxis": axis | {"title": {"text": "x1", "standoff": 4}},
            "yaxis": axis | {"title": {"text": "x2", "standoff": 4}},
            "showlegend": True,
            "legend": LEGEND | {"itemclick": False, "itemdoubleclick": False},
            "dragmode": False,
            "hovermode": False,
            "modebar": {"remove": ["select", "lasso"]},
            "uirevision": "canvas",
        },
    }


def _class(points: Sequence[Point], k: int, name: str) -> dict[str, Any]:
    own = np.array([(x, y) for x, y, one in points if one == name], "float64").reshape(-1, 2)
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        # the browser unpacks no empty array
        "x": pack(own[:, 0]) if len(own) else [],
        "y": pack(own[:, 1]) if len(own) else [],
        "marker": {"color": class_colour(k), "symbol": SYMBOLS[k], "size": 7, "opacity": 0.85},
    }
