"""The examples of a data set as points in its own units: train filled, validation as rings."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from components.colours import LIGHT, SYMBOLS
from components.figures.arrays import pack
from components.figures.names import answers
from datasets import Data, Head

SHOWN = 300  # train points; validation points in the proportion of the parts
SHADES = "Viridis"


def own_units(data: Data, x: np.ndarray, feature: int) -> np.ndarray:
    """A standardised feature as it was in the data."""
    return x * data.scale.reshape(-1)[feature] + data.centre.reshape(-1)[feature]


def class_colour(index: int) -> str:
    """The colour of a class or label."""
    return LIGHT[index % len(LIGHT)]


def scatter(
    data: Data, head: Head, *, label: int = 0, most: int = SHOWN, low: float = 0, high: float = 1
) -> list[dict[str, Any]]:
    """Points of a data set with two features, coloured by class, by one label, or by the number.

    Of each part the first ones are drawn, as a split is in random order. `low` and `high` are the
    ends of the scale of a number.
    """
    traces = []
    rest = max(1, most * len(data.validation.x) // max(1, len(data.train.x)))
    for part, split, count in (("train", data.train, most), ("validation", data.validation, rest)):
        x, y = split.x[:count], split.y[head.name][:count]
        if head.task == "regression":
            traces.append(_numbers(data, x, y.reshape(-1), part, low, high))
            continue
        classes = y[:, label].astype(int) if head.task == "multilabel" else y
        names = _names(head, label)
        traces += [
            _class(data, x[classes == k], k, names[k], part)
            for k in range(len(names))
            if (classes == k).any()
        ]
    return traces


def _names(head: Head, label: int) -> Sequence[str]:
    if head.task == "multilabel":
        return (f"not {head.names[label]}", head.names[label])
    return answers(head)


def _class(data: Data, x: np.ndarray, k: int, name: str, part: str) -> dict[str, Any]:
    trace = _place(data, x) | {"name": name, "legendgroup": name, "marker": _mark(k, part)}
    trace["hovertemplate"] = f"{name}, {part}<extra></extra>"
    if part == "validation":
        trace["showlegend"] = False
    return trace


def _mark(k: int, part: str) -> dict[str, Any]:
    colour = class_colour(k)
    if part == "train":
        return {
            "color": colour,
            "symbol": SYMBOLS[k % 12],
            "size": 7,
            "line": {"color": "rgba(0,0,0,0.5)", "width": 0.8},
        }
    return {
        "color": "white",
        "symbol": SYMBOLS[k % 12],
        "size": 7,
        "line": {"color": colour, "width": 2},
    }


def _numbers(
    data: Data, x: np.ndarray, y: np.ndarray, part: str, low: float, high: float
) -> dict[str, Any]:
    marker: dict[str, Any] = {
        "color": pack(y),
        "colorscale": SHADES,
        "cmin": low,
        "cmax": high,
        "size": 7,
        "line": {"color": "rgba(0,0,0,0.5)", "width": 0.8},
    }
    if part == "validation":
        marker |= {"symbol": "square", "line": {"color": "white", "width": 1.5}}
    return _place(data, x) | {
        "name": part,
        "text": [f"{v:.4g}" for v in y],
        "hovertemplate": f"%{{text}}, {part}<extra></extra>",
        "marker": marker,
    }


def _place(data: Data, x: np.ndarray) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": pack(own_units(data, x[:, 0], 0)),
        "y": pack(own_units(data, x[:, 1], 1)),
    }
