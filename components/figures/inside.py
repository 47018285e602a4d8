"""What goes on inside a run, over its epochs: lines by layer, and slots as heat maps."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from components.colours import at
from components.figures.arrays import pack
from components.figures.frame import LEGEND, ROW, legend_rows
from components.figures.scales import logarithmic
from components.plain import chart_text

HEIGHT = 320  # pixels, with a legend of one row
TOP, BOTTOM, LEFT, RIGHT = 40, 68, 64, 16  # margins in pixels
NARROW = 400  # pixels, the width that the legend is planned for
DECADES = 2.0  # numbers above 0 that span more are coloured by their logarithm
ORANGE, BLUE = "#D55E00", "#005FA3"


def over_epochs(
    epochs: np.ndarray,
    series: Mapping[str, np.ndarray],
    *,
    title: str,
    up: str,
    log_y: bool = True,
    span: tuple[float, float] | None = None,
) -> dict[str, Any]:
    """A line for each of `series`, float (R,), at `epochs`, int (R,).

    up: what the value axis shows; span: its fixed range. A logarithmic axis leaves out 0.
    """
    traces = []
    for i, (name, values) in enumerate(series.items()):
        y = np.asarray(values, "float32").copy()
        y[~np.isfinite(y)] = np.nan
        if log_y:
            y[y <= 0] = np.nan
        look = at(i)
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": chart_text(name),
                "x": pack(np.asarray(epochs, "int32")),
                "y": pack(y),
                "line": {"color": look.colour, "width": 2},
                "marker": {"symbol": look.symbol, "size": 7, "maxdisplayed": 8},
            }
        )
    layout = _layout(title, up)
    extra = ROW * (legend_rows(list(series), NARROW) - 1)
    layout["height"] += extra
    layout["margin"]["b"] += extra
    layout["yaxis"] |= _logarithmic(series) if log_y else {}
    layout["yaxis"] |= {"range": list(span)} if span else {}
    return {"data": traces, "layout": layout | {"hovermode": "x unified", "showlegend": True}}


def _logarithmic(series: Mapping[str, np.ndarray]) -> dict[str, Any]:
    """A logarithmic axis of at least a factor of three, so that rounding is not drawn large."""
    values = np.concatenate([np.ravel(v) for v in series.values()] or [np.empty(0)])
    values = values[np.isfinite(values) & (values > 0)].astype("float64")
    if not len(values):
        return logarithmic(None) | {"range": [-2, 1]}
    low, high = np.log10([values.min(), values.max()])
    room = max(0.05 * (high - low), (np.log10(3) - (high - low)) / 2)
    spread = [float(low - room), float(high + room)]
    return logarithmic(spread) | {"range": spread}


def slot_map(
    epochs: np.ndarray, values: np.ndarray, *, title: str, positions: np.ndarray
) -> dict[str, Any]:
    """A heat map of a slot, float (R, numbers): epochs across, a row for each number.

    positions: int (numbers,), which number of the tensor each is. Numbers of both signs are blue
    below and orange above 0; those that never fall below it are coloured by size, by the logarithm
    where they span more than two decades.
    """
    z = np.asarray(values, "float64").T
    finite = z[np.isfinite(z)]
    signed = bool(len(finite)) and finite.min() < 0
    positive = finite[finite > 0]
    log = bool(len(positive)) and not signed
    log = log and float(np.log10(positive.max() / positive.min())) > DECADES
    shown = np.full(z.shape, np.nan)
    if log:
        np.log10(z, out=shown, where=z > 0)
    else:
        shown = np.where(np.isfinite(z), z, np.nan)
    trace = {
        "type": "heatmap",
        "x": pack(np.asarray(epochs, "int32")),
        "y": [str(p) for p in positions],
        "z": pack(shown),
        "colorscale": _scale(signed),
        "colorbar": {"title": {"text": "log10" if log else ""}, "thickness": 12, "len": 0.9},
        "hovertemplate": "epoch %{x}, number %{y}: %{z:.4g}<extra></extra>",
    }
    if signed:
        most = float(np.abs(finite).max())
        trace |= {"zmin": -most, "zmax": most}
    layout = _layout(title, "number of the tensor")
    layout["yaxis"] |= {"type": "category", "nticks": 12}
    layout["margin"]["b"] = 48
    return {"data": [trace], "layout": layout}


def _scale(signed: bool) -> list[list[Any]]:
    # transparent in the middle: the page's own colour is nought in both themes
    if signed:
        return [[0, BLUE], [0.5, BLUE + "00"], [0.5, ORANGE + "00"], [1, ORANGE]]
    return [[0, BLUE + "00"], [1, BLUE]]


def _layout(title: str, up: str) -> dict[str, Any]:
    return {
        "height": HEIGHT,
        "title": {"text": title, "x": 0, "xref": "paper", "font": {"size": 14}},
        "margin": {"t": TOP, "b": BOTTOM, "l": LEFT, "r": RIGHT},
        "xaxis": {"title": {"text": "epoch", "standoff": 4}, "zeroline": False},
        "yaxis": {
            "title": {"text": up, "standoff": 4},
            "zeroline": False,
            "exponentformat": "power",
            "hoverformat": ".4g",
        },
        "legend": LEGEND,
        "uirevision": title,
    }
