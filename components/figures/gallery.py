"""A small picture of every data set."""

from typing import Any

import numpy as np

from components.figures.arrays import pack
from components.figures.frame import LEGEND
from components.figures.names import answers, features
from components.figures.points import SHADES, class_colour, own_units, scatter
from datasets import Data, Head

SIDE = 260  # pixels
POINTS = 250  # of the train part
MOST_NAMES = 6  # most entries that fit under a small picture
MOSAIC = (6, 4)  # pictures across and down


def thumbnail(data: Data) -> dict[str, Any]:
    """The train part at a glance: points in the plane or over a line, or a mosaic of pictures."""
    head = data.facts.heads[0]
    if len(data.facts.shape) == 3:
        return _mosaic(data)
    if data.facts.shape == (1,):
        return _line(data, head)
    if data.facts.shape == (2,):
        return _plane(data)
    return _components(data, head)


def _plane(data: Data) -> dict[str, Any]:
    heads = data.facts.heads
    if len(heads) == 2:
        x, y = (own_units(data, data.train.x[:POINTS, i], i) for i in (0, 1))
        across = f"x1 (size of a point: {answers(heads[1])[0]})"
        return _figure(_sized(data, heads, x, y), across, "x2")
    head = heads[0]
    if head.task == "multilabel":
        x, y = (own_units(data, data.train.x[:POINTS, i], i) for i in (0, 1))
        sets = _label_sets(head, data.train.y[head.name][:POINTS], x, y)
        return _figure(sets, "x1 (a colour for each set of labels)", "x2")
    traces = [t for t in scatter(data, head, most=POINTS) if "validation" not in t["hovertemplate"]]
    return _figure(traces, *features(data.facts))


def _sized(
    data: Data, heads: tuple[Head, ...], x: np.ndarray, y: np.ndarray
) -> list[dict[str, Any]]:
    """Colour is the class, size the number."""
    kind, amount = heads
    classes = data.train.y[kind.name][:POINTS]
    numbers = data.train.y[amount.name][:POINTS].reshape(-1)
    sizes = 3 + 11 * (numbers - numbers.min()) / max(float(np.ptp(numbers)), 1e-9)
    return [
        _dots(x[classes == k], y[classes == k], name, k, sizes[classes == k])
        for k, name in enumerate(answers(kind))
    ]


def _label_sets(
    head: Head, labels: np.ndarray, x: np.ndarray, y: np.ndarray
) -> list[dict[str, Any]]:
    """One colour for each set of labels that occurs."""
    sets, which = np.unique(labels, axis=0, return_inverse=True)
    which = which.reshape(-1)
    traces = []
    for k, row in enumerate(sets):
        names = [name for name, on in zip(head.names, row, strict=True) if on]
        traces.append(_dots(x[which == k], y[which == k], " + ".join(names) or "none", k))
    return traces


def _line(data: Data, head: Head) -> dict[str, Any]:
    x = own_units(data, data.train.x[:POINTS, 0], 0)
    y = data.train.y[head.name][:POINTS].reshape(-1)
    return _figure([_dots(x, y, "train", 0)], features(data.facts)[0], answers(head)[0])


def _components(data: Data, head: Head) -> dict[str, Any]:
    """The two directions in which standardised rows differ most."""
    rows = data.train.x[:POINTS] - data.train.x.mean(0)
    _, _, directions = np.linalg.svd(data.train.x - data.train.x.mean(0), full_matrices=False)
    x, y = (rows @ directions[:2].T).T
    target = data.train.y[head.name][:POINTS]
    if head.task == "regression":
        traces = [_dots(x, y, answers(head)[0], 0)]
        traces[0]["marker"] |= {"color": pack(target.reshape(-1)), "colorscale": SHADES}
    else:
        traces = [
            _dots(x[target == k], y[target == k], name, k) for k, name in enumerate(answers(head))
        ]
    across = f"1st principal component of {len(data.facts.features)} features"
    if head.task == "regression":
        across += f"<br>colour: {answers(head)[0]}"
    return _figure(traces, across, "2nd")


def _mosaic(data: Data) -> dict[str, Any]:
    across, down = MOSAIC
    rows, columns = data.facts.shape[:2]
    pictures = data.train.x[: across * down, :, :, 0].reshape(down, across, rows, columns)
    framed = np.pad(pictures, ((0, 0), (0, 0), (0, 1), (0, 1)))
    whole = framed.transpose(0, 2, 1, 3).reshape(down * (rows + 1), across * (columns + 1))
    trace = {
        "type": "heatmap",
        "z": pack(np.rint(255 * whole).astype("u1")),
        "colorscale": "Greys",
        "reversescale": True,
        "showscale": False,
        "hoverinfo": "skip",
    }
    figure = _figure([trace], "", "")
    still = {"visible": False, "showgrid": False}
    figure["layout"] |= {
        "xaxis": still | {"constrain": "domain"},
        "yaxis": still | {"autorange": "reversed", "scaleanchor": "x", "constrain": "domain"},
        "margin": {"t": 8, "b": 8, "l": 8, "r": 8},
    }
    return figure


def _dots(
    x: np.ndarray, y: np.ndarray, name: str, k: int, sizes: np.ndarray | None = None
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": name,
        "x": pack(x),
        "y": pack(y),
        "marker": {
            "color": class_colour(k),
            "size": 5 if sizes is None else pack(sizes),
            "opacity": 0.8,
        },
        "hovertemplate": f"{name}<extra></extra>",
    }


def _figure(traces: list[dict[str, Any]], across: str, up: str) -> dict[str, Any]:
    axis = {"zeroline": False, "nticks": 4, "fixedrange": True}
    return {
        "data": traces,
        "layout": {
            "height": SIDE,
            "margin": {"t": 8, "b": 64, "l": 46, "r": 8},
            "xaxis": axis | {"title": {"text": across, "standoff": 2, "font": {"size": 11}}},
            "yaxis": axis | {"title": {"text": up, "standoff": 2, "font": {"size": 11}}},
            "showlegend": 1 < len(traces) <= MOST_NAMES,
            "legend": LEGEND | {"font": {"size": 10}},
            "dragmode": False,
            "uirevision": "thumbnail",
        },
    }
