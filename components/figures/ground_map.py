"""A surface as a map: contours, with the ways of several optimizers on them."""

from collections.abc import Sequence
from typing import Any

from components.figures.arrays import pack
from components.figures.ground import BOTTOM, HEIGHT, TOP, Ground, Mark, Way, layout_of, span_of
from components.figures.labels import End, end_labels
from components.plain import chart_text

# grey, so that the colours of the ways stand out; from the page's own colour up
GREYS = [[0, "rgba(128,128,128,0.04)"], [1, "rgba(128,128,128,0.72)"]]
LINES = 18  # of equal height


def map_of(
    ground: Ground,
    ways: Sequence[Way],
    marks: Sequence[Mark],
    *,
    title: str,
    names: Sequence[str],
    arrows: Sequence[dict[str, Any]] = (),
    traces: Sequence[dict[str, Any]] = (),
) -> dict[str, Any]:
    """Contours with the ways on them.

    names: of all ways, also of those to come; arrows: annotations; traces: more, below the heads.
    """
    places, texts = ground.relief.ticks()
    low, high = ground.relief.span
    contour = {
        "type": "contour",
        "x": pack(ground.x),
        "y": pack(ground.y),
        "z": pack(ground.relief.drawn(ground.z)),
        "zmin": low,
        "zmax": high,
        "colorscale": GREYS,
        # filled contours would be drawn without transparency
        "contours": {
            "coloring": "heatmap",
            "start": low,
            "end": high,
            "size": (high - low) / LINES,
        },
        "line": {"width": 0.6, "color": "#808080"},
        "colorbar": {
            "tickvals": places,
            "ticktext": texts,
            "thickness": 10,
            "outlinewidth": 0,
            "x": 1.01,
            "title": {"text": ground.height, "side": "top", "font": {"size": 11}},
        },
        "hoverinfo": "skip",
    }
    data = [contour, *(_mark(mark) for mark in marks), *map(_line, ways), *traces]
    data += [_head(way) for way in ways]
    layout = layout_of(ground, title, [*(mark.name for mark in marks), *names])
    for axis, name, along in zip(
        ("xaxis", "yaxis"), ground.names, (ground.x, ground.y), strict=True
    ):
        span = [float(along[0]), float(along[-1])]
        layout[axis] = {
            "title": {"text": name, "standoff": 4},
            "range": span,
            "zeroline": False,
            "showgrid": False,
        }
    layout["annotations"] = [*arrows, *_names(ground, ways)]
    layout["hovermode"] = "closest"
    return {"data": data, "layout": layout}


def _mark(mark: Mark) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": mark.name,
        "x": [x for x, _ in mark.places],
        "y": [y for _, y in mark.places],
        "marker": {"symbol": mark.symbol, "size": 12, "color": "#808080", "line": {"width": 2}},
        "hovertemplate": f"{mark.name} (%{{x:.4g}}, %{{y:.4g}})<extra></extra>",
    }


def _line(way: Way) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers" if way.dots else "lines",
        "name": chart_text(way.name),
        "legendgroup": way.name,
        "showlegend": False,
        "x": pack(way.places[:, 0]),
        "y": pack(way.places[:, 1]),
        "line": {"color": way.look.colour, "width": 2},
        "marker": {"size": 3.5, "color": way.look.colour},
        "hoverinfo": "skip",
    }


def _head(way: Way) -> dict[str, Any]:
    """The newest place, which stands for the way in the legend too."""
    (x, y), height = way.places[-1].tolist(), float(way.heights[-1])
    return {
        "type": "scatter",
        "mode": "markers",
        "name": chart_text(way.name),
        "legendgroup": way.name,
        "x": [x],
        "y": [y],
        "marker": {
            "symbol": way.look.symbol,
            "size": 12,
            "color": way.look.colour,
            "line": {"color": "white", "width": 1.5},
        },
        "hovertemplate": f"{chart_text(way.name)}<br>({x:.4g}, {y:.4g})<br>height {height:.4g}"
        "<extra></extra>",
    }


def _names(ground: Ground, ways: Sequence[Way]) -> list[dict[str, Any]]:
    """Names at the heads that are in sight, moved apart where they are close."""
    (left, right), (low, high) = span_of(ground.x), span_of(ground.y)
    ends = [
        End(chart_text(f"{way.name} {way.end}".strip()), float(x), float(y), way.look.colour)
        for way in ways
        for x, y in way.places[-1:]
        if left <= x <= right and low <= y <= high
    ]
    pixels = HEIGHT - TOP - BOTTOM
    made = end_labels(ends, (low, high), pixels, log_y=False) if ends else []
    for one in made:
        if one["x"] > left + 0.72 * (right - left):
            one |= {"xanchor": "right", "xshift": -one["xshift"]}
    return made
