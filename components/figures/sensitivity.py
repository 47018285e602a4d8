"""Learning-rate sensitivity: the result against the rate, a line for each row."""

from collections.abc import Mapping, Sequence
from math import log10
from typing import Any

import numpy as np

from components.colours import channels
from components.figures.frame import BOTTOM, LEFT, LEGEND, LONGEST, ROW, TOP, ZOOMED, legend_rows
from components.figures.labels import NAME, End, end_labels
from components.figures.scales import is_share, logarithmic, value_range, zoomed
from components.figures.variant import FEW
from components.plain import chart_text
from components.sweep import Sweep

HEIGHT = 400


def sensitivity(
    swept: Sequence[Sweep],
    column: str,
    after: str,
    marked: Mapping[str, float] | None = None,
    span: list[float] | None = None,
) -> dict[str, Any]:
    """Validation `column` against the learning rate; `marked` rates get a ring.

    after: how many epochs were trained, in words; span: a range of values in place of its own.

    Thick: the median over seeds; band: from lowest to highest of fewer than five seeds, else the
    quartiles. Rates at which half of the seeds diverged have a cross at the upper edge.
    """
    share = is_share(column)
    look = channels([sweep.name for sweep in swept])
    lines = [sweep.middles() for sweep in swept]
    bands = {sweep.name: _edges(sweep) for sweep in swept if sweep.seeds > 1}
    drawn = [*lines, *(edge for _, *both in bands.values() for edge in both)]
    spread = span or value_range(drawn, not share, share)[0]
    top = 1.0 if spread is None else spread[1] - 0.04 * (spread[1] - spread[0])
    top = top if share else 10**top
    traces, ends = [], []
    for sweep, middles in zip(swept, lines, strict=True):
        own, name = look[sweep.name], chart_text(sweep.name)
        if sweep.name in bands:
            traces.append(_band(name, *bands[sweep.name], own.colour))
        traces.append(_line(sweep, middles, name, own.colour, own.symbol))
        if sweep.lost:
            traces.append(_crosses(sweep.lost, top, name, own.colour))
        at = (marked or {}).get(sweep.name)
        value = middles[sweep.rates.index(at)] if at in sweep.rates else np.nan
        if at and np.isfinite(value):
            traces.append(_ring(at, float(value), name, own.colour))
        ends += _end(sweep, middles, name, own.colour)
    names = [chart_text(sweep.name) for sweep in swept]
    title = f"Validation {column.replace('_', ' ')} after {after}{_several(swept)}"
    return {"data": traces, "layout": _layout(names, ends, spread, column, title, share)}


def _several(swept: Sequence[Sweep]) -> str:
    """A line below the title on what lines and bands are made of, where there are seeds."""
    most = max((sweep.seeds for sweep in swept), default=1)
    if most < 2:
        return ""
    band = "min to max" if most < FEW else "quartiles"
    lost = "; ✕: half of them diverged, or more" * any(sweep.lost for sweep in swept)
    return f"<br><span style='font-size:11px'>median of n = {most} seeds, band: {band}{lost}</span>"


def _line(sweep: Sweep, y: np.ndarray, name: str, colour: str, symbol: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "legendgroup": name,
        "x": list(sweep.rates),
        "y": [float(v) if np.isfinite(v) else None for v in y],
        "line": {"color": colour, "width": 2.5},
        "marker": {"symbol": symbol, "size": 8},
        "customdata": [len(values) for values in sweep.values],
        "hovertemplate": f"{name}, rate %{{x:.3g}}: %{{y:.4g}}, n = %{{customdata}}<extra></extra>",
    }


def _edges(sweep: Sweep) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Rates that have a number, and the lower and upper edge of the band there; float64."""
    low, high, rates = [], [], []
    for rate, values in zip(sweep.rates, sweep.values, strict=True):
        finite = [v for v in values if np.isfinite(v)]
        if finite:
            few = len(values) < FEW
            ends = (min(finite), max(finite)) if few else np.percentile(finite, [25, 75])
            rates.append(rate)
            low.append(ends[0])
            high.append(ends[1])
    return np.array(rates), np.array(low, "float64"), np.array(high, "float64")


def _band(
    name: str, rates: np.ndarray, low: np.ndarray, high: np.ndarray, colour: str
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [*rates.tolist(), *rates[::-1].tolist()],
        "y": [*low.tolist(), *high[::-1].tolist()],
        "fill": "toself",
        "fillcolor": colour,
        "line": {"width": 0, "color": colour},
        "opacity": 0.18,
        "legendgroup": name,
        "showlegend": False,
        "hoverinfo": "skip",
    }


def _crosses(rates: Sequence[float], top: float, name: str, colour: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "legendgroup": name,
        "showlegend": False,
        "x": list(rates),
        "y": [top] * len(rates),
        "marker": {"symbol": "x", "size": 10, "color": colour},
        "hovertemplate": f"{name} diverged at rate %{{x:.3g}}<extra></extra>",
        "cliponaxis": False,
    }


def _ring(rate: float, value: float, name: str, colour: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "markers",
        "legendgroup": name,
        "showlegend": False,
        "x": [rate],
        "y": [value],
        "marker": {
            "symbol": "circle-open",
            "size": 20,
            "color": colour,
            "line": {"width": 3, "color": colour},
        },
        "hovertemplate": f"{name}: chosen rate %{{x:.3g}}<extra></extra>",
    }


def _end(sweep: Sweep, middles: np.ndarray, name: str, colour: str) -> list[End]:
    finite = np.flatnonzero(np.isfinite(middles))
    if not len(finite):
        return []
    last = finite[-1]
    return [End(name, log10(sweep.rates[last]), float(middles[last]), colour)]


def _layout(
    names: Sequence[str],
    ends: Sequence[End],
    spread: list[float] | None,
    column: str,
    title: str,
    share: bool,
) -> dict[str, Any]:
    legend = ROW * legend_rows(names)
    up: dict[str, Any] = {"zeroline": False, "exponentformat": "power"}
    if not share:
        up |= logarithmic(spread)
    elif zoomed(spread):
        up["title"] = ZOOMED
    up |= {"range": spread} if spread else {}
    right = min(LONGEST, 24 + NAME * max(map(len, names), default=0))
    layout: dict[str, Any] = {
        "title": {"text": title, "x": 0, "xref": "paper", "font": {"size": 14}},
        "height": HEIGHT + legend,
        "margin": {"t": TOP, "l": LEFT, "r": int(right), "b": BOTTOM + legend},
        "xaxis": {
            "type": "log",
            "title": {"text": "learning rate", "standoff": 4},
            "zeroline": False,
            "exponentformat": "power",
            "dtick": 1,
        },
        "yaxis": up,
        "legend": LEGEND,
        "uirevision": column,
    }
    if spread and ends:
        pixels = HEIGHT - TOP - BOTTOM
        layout["annotations"] = end_labels(ends, spread, pixels, log_y=not share)
    return layout
