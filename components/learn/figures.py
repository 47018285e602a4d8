"""The charts of the lesson: lines, bars, bars in groups and heat maps of a few named series."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from components.colours import GREY, at, channel, channels
from components.figures.frame import two_axes
from components.figures.scales import logarithmic, value_range
from components.plain import chart_text
from components.plot import plot

HEIGHT = 340
BARE = 48  # pixels, the margin below a chart without a legend
MARKED = 40  # points, up to which a line has a marker for each
FEW = 12  # numbers at an axis that counts
LONG = 10  # letters, from which on a name stands in several lines
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")


def lines(
    title: str,
    series: Mapping[str, Sequence[float]],
    *,
    across: str,
    up: str,
    key: str,
    alt: str,
    x: Sequence[float] | None = None,
    points: Mapping[str, tuple[Sequence[float], Sequence[float]]] | None = None,
    log_x: bool = False,
    log_y: bool = False,
) -> None:
    """A line for each series, from 1 on or over `x`; lines that coincide show by their dashes.

    `points` are drawn behind them, each named group with its x and its y.
    """
    look = channels(list(series))
    traces = [
        {
            "type": "scatter",
            "mode": "lines" if points or len(values) > MARKED else "lines+markers",
            "name": chart_text(name),
            "x": list(x) if x is not None else list(range(1, len(values) + 1)),
            "y": [_number(v) for v in values],
            "line": {"color": look[name].colour, "dash": DASHES[i % len(DASHES)], "width": 2.5},
            "marker": {"symbol": look[name].symbol, "size": 10 if i == 0 else 6},
        }
        for i, (name, values) in enumerate(series.items())
    ]
    traces = [*map(_dots, (points or {}).items()), *traces]
    places = x if x is not None else range(1, 1 + max(map(len, series.values()), default=0))
    layout = two_axes(title, across, up, HEIGHT, **({"bottom": BARE} if len(traces) == 1 else {}))
    layout["xaxis"] |= _log([places]) if log_x else _whole(places)
    layout["yaxis"] |= _log(series.values()) if log_y else {}
    plot({"data": traces, "layout": layout}, key=key, alt=alt)


def bars(
    title: str,
    values: Mapping[str, float],
    *,
    up: str,
    key: str,
    alt: str,
    log: bool = False,
    across: str = "",
) -> None:
    """A bar for each name, its value written at its end; optimizers have their own colours.

    On a logarithmic axis, which has no 0 for a bar to stand on, a point instead.
    """
    colours = [(channel(name) or at(0)).colour for name in values]
    kind = {"type": "scatter", "mode": "markers+text", "textposition": "top center"}
    trace = {
        **(kind if log else {"type": "bar", "textposition": "outside"}),
        "x": [_broken(name, ", ") for name in values],
        "y": [_number(v) for v in values.values()],
        "text": [f"{v:.4g}" for v in values.values()],
        "cliponaxis": False,
        "marker": {"color": colours, **({"size": 14, "symbol": "diamond"} if log else {})},
        "hovertemplate": "%{x}: %{y:.4g}<extra></extra>",
    }
    layout = two_axes(title, across, up, HEIGHT, bottom=BARE)
    layout["yaxis"] |= _log([[*values.values()]]) if log else {}
    layout["xaxis"] |= {"automargin": True}
    layout["showlegend"] = False
    plot({"data": [trace], "layout": layout}, key=key, alt=alt)


def groups(
    title: str,
    values: Mapping[str, Mapping[str, float]],
    *,
    up: str,
    key: str,
    alt: str,
) -> None:
    """For each name a bar of every series, side by side, its value written at its end."""
    look = channels(list(values))
    traces = [
        {
            "type": "bar",
            "name": chart_text(series),
            "x": [chart_text(name) for name in named],
            "y": [_number(v) for v in named.values()],
            "text": [f"{v:.3f}" for v in named.values()],
            "textposition": "outside",
            "cliponaxis": False,
            "marker": {"color": look[series].colour},
        }
        for series, named in values.items()
    ]
    layout = two_axes(title, "", up, HEIGHT)
    layout |= {"barmode": "group", "hovermode": "x unified"}
    plot({"data": traces, "layout": layout}, key=key, alt=alt)


def heat(
    title: str,
    rows: Sequence[str],
    columns: Sequence[str],
    values: Sequence[Sequence[float | None]],
    *,
    texts: Sequence[Sequence[str]],
    key: str,
    alt: str,
    colours: Sequence[Sequence[Any]] = ((0, "#D55E00"), (1, "#009E73")),
    span: tuple[float, float] = (0.0, 1.0),
) -> None:
    """A cell for each row and column: its colour by `values` over `span`, its words `texts`."""
    trace = {
        "type": "heatmap",
        "x": [_broken(c, " ") for c in columns],
        "y": [chart_text(r) for r in rows],
        "z": [[_number(v) for v in row] for row in values],
        "text": [[chart_text(t) for t in row] for row in texts],
        "texttemplate": "%{text}",
        "colorscale": [list(stop) for stop in colours],
        "zmin": span[0],
        "zmax": span[1],
        "showscale": False,
        "xgap": 2,
        "ygap": 2,
        "hovertemplate": "%{y}, %{x}: %{text}<extra></extra>",
    }
    layout = two_axes(title, "", "", max(HEIGHT - 40, 70 + 30 * len(rows)), bottom=BARE)
    layout["yaxis"] |= {"autorange": "reversed", "automargin": True}
    layout["xaxis"] |= {"automargin": True}
    plot({"data": [trace], "layout": layout}, key=key, alt=alt)


def _dots(group: tuple[str, tuple[Sequence[float], Sequence[float]]]) -> dict[str, Any]:
    name, (x, y) = group
    return {
        "type": "scatter",
        "mode": "markers",
        "name": chart_text(name),
        "x": list(x),
        "y": [_number(v) for v in y],
        "marker": {"color": GREY, "size": 6, "opacity": 0.6},
    }


def _broken(name: str, at: str) -> str:
    """A long name in several lines, so that it need not be turned where there is little room."""
    text = chart_text(name)
    return text.replace(at, f"{at.strip()}<br>") if len(name) >= LONG else text


def _log(curves: Iterable[Sequence[float]]) -> dict[str, Any]:
    """A logarithmic axis that these numbers fit on, with few numbers at it."""
    arrays = [np.array([_number(v) for v in curve], float) for curve in curves]
    return logarithmic(value_range(arrays, True)[0])


def _whole(places: Sequence[float]) -> dict[str, Any]:
    """Every number at the axis where they are few and whole: nothing is at epoch 1.5."""
    counted = all(float(place).is_integer() for place in places)
    few = counted and len(places) > 0 and max(places) - min(places) <= FEW
    return {"tickmode": "linear", "tick0": 0, "dtick": 1} if few else {}


def _number(value: float | None) -> float | None:
    """None where there is no number that a chart could draw."""
    finite = value is not None and float("-inf") < value < float("inf")
    return float(value) if finite else None
