"""A chart for a projector: all that is measured in pixels grows alike."""

import re
from typing import Any

TYPE = 12  # pixels, Plotly's size of text where a figure says nothing
PIXELS: dict[str, tuple[str, ...]] = {  # by the name of what has them
    "font": ("size",),
    "textfont": ("size",),
    "tickfont": ("size",),
    "marker": ("size",),
    "line": ("width",),
    "margin": ("t", "b", "l", "r"),
    "pad": ("t", "b", "l", "r"),
    "title": ("standoff",),
    "legend": ("entrywidth",),
    "annotations": ("xshift", "yshift"),
    "layout": ("height",),
    "meta": ("entry", "row"),
}
SPAN = re.compile(r"(font-size:)(\d+)(px)")


def enlarged(figure: dict[str, Any], factor: float) -> dict[str, Any]:
    """The same figure, `factor` times as large; arrays of numbers are shared with it."""
    layout = {"font": {"size": TYPE}} | figure["layout"]
    layout["font"] = {"size": TYPE} | layout["font"]
    return {
        name: _grown(layout if name == "layout" else part, name, factor)
        for name, part in figure.items()
    }


def _grown(part: Any, name: str, factor: float) -> Any:
    if isinstance(part, dict):
        return {
            key: round(value * factor, 1)
            if key in PIXELS.get(name, ()) and isinstance(value, int | float)
            else _grown(value, key, factor)
            for key, value in part.items()
        }
    if isinstance(part, list) and part and isinstance(part[0], dict):
        return [_grown(one, name, factor) for one in part]
    if isinstance(part, str) and "font-size:" in part:
        return SPAN.sub(lambda m: f"{m[1]}{round(int(m[2]) * factor)}{m[3]}", part)
    return part
