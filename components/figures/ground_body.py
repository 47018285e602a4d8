"""A surface as a body in three dimensions, with the ways of several optimizers over it."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from components.figures.arrays import pack
from components.figures.ground import Ground, Way, layout_of, span_of
from components.plain import chart_text

STONE = [[0, "#B9BEC4"], [0.5, "#8A9199"], [1, "#5D646C"]]
MOST = 40  # places along a side, about: bodies are drawn anew at every step
SOLID = {"square": "square", "diamond": "diamond", "cross": "cross"}  # symbols that bodies have


def body_of(ground: Ground, ways: Sequence[Way], *, title: str) -> dict[str, Any]:
    """The surface in three dimensions, at the heights at which it is drawn."""
    places, texts = ground.relief.ticks()
    low, high = ground.relief.span
    thin = max(1, len(ground.x) // MOST)
    surface = {
        "type": "surface",
        "x": pack(ground.x[::thin]),
        "y": pack(ground.y[::thin]),
        "z": pack(ground.relief.drawn(ground.z[::thin, ::thin])),
        "cmin": low,
        "cmax": high,
        "colorscale": STONE,
        "showscale": False,
        "opacity": 0.85,  # ways behind a wall shine through
        "lighting": {"specular": 0.1, "roughness": 0.9},
        "hoverinfo": "skip",
        "contours": {"z": {"show": True, "start": low, "end": high, "size": (high - low) / 14}},
    }
    data = [surface]
    for way in ways:
        data += _above(ground, way)
    layout = layout_of(ground, title, [way.name for way in ways])
    layout["margin"] |= {"l": 0, "r": 0, "b": 8}
    layout["showlegend"] = False  # it stands below the map
    del layout["meta"]
    axis = {"showspikes": False, "backgroundcolor": "rgba(0,0,0,0)"}
    across, up = ({"text": name.split(" (")[0]} for name in ground.names)
    layout["scene"] = {
        "xaxis": axis | {"title": across, "range": span_of(ground.x)},
        "yaxis": axis | {"title": up, "range": span_of(ground.y)},
        "zaxis": axis | {"title": {"text": ""}, "tickvals": places, "ticktext": texts},
        "camera": {
            "eye": {"x": 1.2, "y": -1.38, "z": 1.45},
            "center": {"x": 0, "y": 0, "z": -0.12},
        },
        "aspectmode": "cube",
    }
    return {"data": data, "layout": layout}


def _above(ground: Ground, way: Way) -> list[dict[str, Any]]:
    """A way over the surface; none where it is beyond the piece that is drawn."""
    low, high = ground.relief.span
    inside = np.ones(len(way.places), bool)
    for along, own in zip((ground.x, ground.y), way.places.T, strict=True):
        inside &= (own >= along[0]) & (own <= along[-1])
    x, y = np.where(inside, way.places.T, np.nan)
    # a little above the surface, or it would be hidden in it
    z = np.where(inside, ground.relief.drawn(way.heights) + 0.012 * (high - low), np.nan)
    shared = {"type": "scatter3d", "legendgroup": way.name, "hoverinfo": "skip"}
    line = {
        "mode": "lines",
        "showlegend": False,
        "x": pack(x),
        "y": pack(y),
        "z": pack(z),
        "line": {"color": way.look.colour, "width": 5},
    }
    head = {
        "mode": "markers",
        "name": chart_text(way.name),
        "x": pack(x[-1:]),
        "y": pack(y[-1:]),
        "z": pack(z[-1:]),
        "marker": {
            "symbol": SOLID.get(way.look.symbol, "circle"),
            "size": 6,
            "color": way.look.colour,
            "line": {"color": "white", "width": 1},
        },
    }
    return [shared | line, shared | head]
