"""The confusion matrix: which classes a model takes for which."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from components.figures.arrays import pack

SIDE = 400  # pixels
BLUE = "#005FA3"


def confusion(
    true: np.ndarray, said: np.ndarray, names: Sequence[str], *, note: str = "", title: str = ""
) -> dict[str, Any]:
    """True classes in rows, predicted in columns; colour is the share of a row, text the count.

    true, said: int (rows,); -1 in `said` is a row without a number. Predictions outside of the
    classes share a column.
    """
    other, none = len(names), len(names) + 1
    counts = np.zeros((len(names), len(names) + 2), "int64")
    column = np.where(said < 0, none, np.minimum(said, other))
    np.add.at(counts, (np.asarray(true, "int64"), column), 1)
    used = [k < other or counts[:, k].any() for k in range(none + 1)]
    columns = [name for name, on in zip([*names, "other", "no number"], used, strict=True) if on]
    counts = counts[:, used]
    shares = counts / np.maximum(counts.sum(1, keepdims=True), 1)
    places = list(range(len(columns)))
    ground = {
        "type": "heatmap",
        "z": pack(np.rint(100 * shares).astype("u1")),
        "zmin": 0,
        "zmax": 100,
        "colorscale": [[0, BLUE + "00"], [1, BLUE + "99"]],
        "showscale": False,
        "xgap": 1,
        "ygap": 1,
        "customdata": counts.tolist(),
        "hovertemplate": "true %{y}, predicted %{x}: %{customdata} (%{z} %)<extra></extra>",
    }
    rows, at = np.nonzero(counts)
    # a heat map writes its text in black on a dark page; a trace of text takes the theme's colour
    numbers = {
        "type": "scatter",
        "mode": "text",
        "x": pack(at.astype("u1")),
        "y": pack(rows.astype("u1")),
        "text": [str(count) for count in counts[rows, at]],
        "hoverinfo": "skip",
        "showlegend": False,
    }
    short = [name if len(name) <= 12 else name[:11] + "…" for name in columns]
    axis = {
        "showgrid": False,
        "zeroline": False,
        "constrain": "domain",
        "tickmode": "array",
        "automargin": True,
    }
    layout: dict[str, Any] = {
        "height": SIDE,
        "title": {"text": title or "Confusion", "x": 0, "xref": "paper", "font": {"size": 14}},
        "margin": {"t": 36, "b": 60, "l": 70, "r": 16},
        "xaxis": axis
        | {"title": {"text": "predicted", "standoff": 4}, "tickvals": places, "ticktext": short},
        "yaxis": axis
        | {
            "title": {"text": "true", "standoff": 4},
            "tickvals": places[: len(names)],
            "ticktext": short[: len(names)],
            "autorange": "reversed",
        },
        "uirevision": "confusion",
    }
    if note:
        layout["title"]["text"] += f"<br><span style='font-size:11px'>{note}</span>"
        layout["margin"]["t"] = 48
    return {"data": [ground, numbers], "layout": layout}
