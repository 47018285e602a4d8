"""What a model says at every point of the plane, with the examples on top."""

from typing import Any

import numpy as np

from components.figures.arrays import pack
from components.figures.frame import BOTTOM, LEGEND, ROW, legend_rows
from components.figures.names import features
from components.figures.points import SHADES, SHOWN, class_colour, own_units, scatter
from components.figures.reading import Reading, Scale, read
from datasets import Data, Head

SIDE = 400  # pixels, height of the figure with one row of legend
NARROW = 300  # pixels, the width that the legend is planned for
MARKS = "<br><span style='font-size:11px'>filled: train, ring: validation</span>"
NOTHING = "rgba(128,128,128,0.35)"  # where the model gives no number
FAINT, STRONG = "22", "CC"  # opacity of a region's colour, at no and at full confidence


def boundary(
    axes: tuple[np.ndarray, np.ndarray],
    outputs: np.ndarray,
    data: Data,
    head: Head,
    *,
    scale: Scale = "probability",
    label: int = 0,
    epoch: int | None = None,
    title: str = "",
    points: int = SHOWN,
) -> dict[str, Any]:
    """Decision regions of two-feature data, or the height of a predicted number.

    axes: standardised coordinates across (G,) and up (H,); outputs: (H * G, units), rows from the
    lowest second feature. `label` chooses one of several labels; at most `points` train points.
    """
    reading = read(outputs, head, scale, label)
    shape = (len(axes[1]), len(axes[0]))
    place = _grid(data, axes)
    low, high = number_range(data, head)
    if head.task == "multiclass" and reading.kind == "number":
        low, high = 0.0, head.units - 1.0
    match reading.kind:
        case "share":
            ground = _share(reading, shape)
        case "classes":
            ground = _regions(reading, shape, max(head.units, int(outputs.shape[-1]), 2))
        case _:
            ground = _height(reading, shape, low, high)
    traces = [
        {**ground, **place},
        *scatter(data, head, label=label, most=points, low=low, high=high),
    ]
    name = head.names[label] if head.task == "multilabel" else head.name
    said = title or (f"{name}, epoch {epoch}" if epoch is not None else name)
    layout = _layout(data, place, shape, said, reading.note)
    rows = legend_rows([t["name"] for t in traces[1:] if t.get("showlegend", True)], NARROW)
    layout["margin"]["b"] = BOTTOM + ROW * rows
    layout["height"] = SIDE + ROW * (rows - 1)
    return {"data": traces, "layout": layout}


def number_range(data: Data, head: Head) -> tuple[float, float]:
    """Smallest and largest number to predict in the train part; (0, 1) for classes."""
    if head.task != "regression":
        return 0.0, 1.0
    y = data.train.y[head.name]
    return float(y.min()), float(y.max())


def _grid(data: Data, axes: tuple[np.ndarray, np.ndarray]) -> dict[str, float]:
    across, up = (own_units(data, axis, i).astype("float64") for i, axis in enumerate(axes))
    return {
        "x0": float(across[0]),
        "dx": float(across[-1] - across[0]) / (len(across) - 1),
        "y0": float(up[0]),
        "dy": float(up[-1] - up[0]) / (len(up) - 1),
    }


def _share(reading: Reading, shape: tuple[int, int]) -> dict[str, Any]:
    """A heat map in whole percents, with a line at 50; a byte a point unless there are gaps."""
    percent = np.rint(100 * reading.value).reshape(shape)
    whole = np.isfinite(percent).all()
    zero, one = class_colour(0), class_colour(1)
    return {
        "type": "contour",
        "z": pack(percent.astype("u1" if whole else "f4")),
        "zmin": 0,
        "zmax": 100,
        "contours": {"coloring": "heatmap", "start": 50, "end": 50, "size": 100},
        "line": {"width": 2, "color": "#808080"},
        "colorscale": [[0, zero + STRONG], [0.5, "rgba(128,128,128,0)"], [1, one + STRONG]],
        "showscale": False,
        "hovertemplate": "%{z} %<extra></extra>",
    }


def _regions(reading: Reading, shape: tuple[int, int], classes: int) -> dict[str, Any]:
    """Class and confidence in one number: 100 for each class, plus up to 99 for confidence."""
    assert reading.classes is not None
    sure = np.clip(np.nan_to_num(reading.value) * 99, 0, 99)
    z = np.where(reading.classes < 0, np.nan, 100 * reading.classes + np.rint(sure))
    stops: list[list[Any]] = []
    for k in range(classes):
        stops += [
            [k / classes, class_colour(k) + FAINT],
            [(k + 0.9999) / classes if k < classes - 1 else 1, class_colour(k) + STRONG],
        ]
    whole = np.isfinite(z).all()
    return {
        "type": "heatmap",
        "z": pack(z.reshape(shape).astype("<u2" if whole else "f4")),
        "zmin": 0,
        "zmax": 100 * classes,
        "colorscale": stops,
        "showscale": False,
        "hoverinfo": "skip",
    }


def _height(reading: Reading, shape: tuple[int, int], low: float, high: float) -> dict[str, Any]:
    return {
        "type": "heatmap",
        "z": pack(reading.value.reshape(shape)),
        "zmin": low,
        "zmax": high,
        "colorscale": SHADES,
        "opacity": 0.75,
        "colorbar": {"thickness": 12, "outlinewidth": 0, "x": 1.01},
        "hovertemplate": "%{z:.4g}<extra></extra>",
    }


def _layout(
    data: Data, place: dict[str, float], shape: tuple[int, int], title: str, note: str
) -> dict[str, Any]:
    names = features(data.facts)
    up, across = shape
    span = [place["x0"], place["x0"] + place["dx"] * (across - 1)]
    rise = [place["y0"], place["y0"] + place["dy"] * (up - 1)]
    axis = {"showgrid": False, "zeroline": False, "constrain": "domain"}
    layout: dict[str, Any] = {
        "title": {"text": title + MARKS, "x": 0, "xref": "paper", "font": {"size": 14}},
        "margin": {"t": 48, "l": 52, "r": 16},
        "xaxis": axis | {"title": {"text": names[0], "standoff": 4}, "range": span},
        "yaxis": axis | {"title": {"text": names[1], "standoff": 4}, "range": rise},
        "plot_bgcolor": NOTHING if note.startswith("no numbers") else "rgba(0,0,0,0)",
        "legend": LEGEND,
        "uirevision": "boundary",
    }
    if note:
        layout["annotations"] = [note_on(note)]
    return layout


def note_on(text: str, axis: str = "") -> dict[str, Any]:
    """A note in the middle of a plot's upper edge; `axis` is its number in a figure of several."""
    return {
        "text": text,
        "xref": f"x{axis} domain",
        "yref": f"y{axis} domain",
        "x": 0.5,
        "y": 0.98,
        "yanchor": "top",
        "showarrow": False,
        "bgcolor": "rgba(128,128,128,0.75)",
        "font": {"color": "white", "size": 12},
    }
