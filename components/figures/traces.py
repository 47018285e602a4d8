"""Curves as Plotly's traces: of a run, of a variant's median, and the band of its seeds."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from components.figures.arrays import pack
from components.figures.axes import Places
from components.figures.parts import DASH, Part
from components.figures.run import Line
from components.figures.thin import kept
from components.figures.variant import Variant

THIN, CROWDED = 0.4, 0.22  # opacity of a single seed's curve, among few variants and among many
FAINT = 0.15  # opacity of a band
MARKER = 11  # pixels


class Pencil:
    """Draws the points of curves, of which it sends only as many as a chart needs."""

    def __init__(self, step: int, factor: float = 0.0) -> None:
        """Every `step`-th epoch, or one in `factor` times the epochs for a logarithmic axis."""
        self.step, self.factor = step, factor

    def curve(self, values: np.ndarray, places: Places) -> dict[str, Any]:
        """Values, float (epochs,), at their places; x is sent only where it is uneven."""
        at = kept(values, self.step, self.factor)
        y = values[at].astype("float32")
        y[~np.isfinite(y)] = np.nan
        trace: dict[str, Any] = {"type": "scatter", "mode": "lines", "y": pack(y)}
        gaps = np.diff(at)
        if places.times is not None or (len(gaps) and (gaps != gaps[0]).any()):
            return trace | {"x": _packed([places.at(at)])}
        each = places.each
        return trace | {"x0": each, "dx": each * (int(gaps[0]) if len(gaps) else 1)}

    def bundle(self, curves: Sequence[tuple[np.ndarray, Places]]) -> dict[str, Any]:
        """Several curves as one trace with gaps: a browser draws that faster than one for each."""
        xs, ys = [], []
        for values, places in curves:
            at = kept(values, self.step, self.factor)
            xs += [places.at(at), places.at(at[-1:])]  # once more, for the gap
            ys += [values[at], [np.nan] * len(at[-1:])]
        y = np.concatenate(ys)
        y[~np.isfinite(y)] = np.nan
        return {"type": "scatter", "mode": "lines", "x": _packed(xs), "y": pack(y)}

    def band(self, low: np.ndarray, high: np.ndarray, places: Places) -> dict[str, Any]:
        """The area between two edges, float (epochs,), as one closed outline."""
        at = kept(low, self.step, self.factor)
        at = at[np.isfinite(low[at]) & np.isfinite(high[at])]
        around = np.concatenate([at, at[::-1]])
        y = np.concatenate([low[at], high[at[::-1]]])
        return {
            "type": "scatter",
            "mode": "lines",
            "x": _packed([places.at(around)]),
            "y": pack(y),
            "fill": "toself",
            "line": {"width": 0},
        }


def _packed(parts: Sequence[np.ndarray]) -> dict[str, str]:
    """Places in as few bytes as they fit into."""
    x = np.concatenate(parts)
    if len(x) and not (x == np.floor(x)).all():
        return pack(x)
    widest = x.max(initial=0)
    return pack(x.astype("u1" if widest < 2**8 else "<u2" if widest < 2**16 else "<u4"))


def thick(
    group: Variant, part: Part, alone: bool, first: bool, zoom: float = 1.0
) -> dict[str, Any]:
    """The look of a variant's median, or of a run that has no other seeds beside it."""
    width = 2.5 * zoom
    look: dict[str, Any] = {"line": {"color": group.colour, "width": width, "dash": DASH[part]}}
    if alone:
        return look | {"name": part}
    look["name"] = group.name if first else f"{group.label}, {part}"
    look["legendgroup"] = group.label
    if not first:
        look["showlegend"] = False
    marker = {"symbol": group.lines[0].symbol, "size": round(MARKER * zoom), "maxdisplayed": 6}
    return look | {"mode": "lines+markers", "marker": marker}


def thin(group: Variant, part: Part, crowded: bool) -> dict[str, Any]:
    """The look of single seeds, and of a raw curve behind its smoothed one."""
    return {
        "line": {"color": group.colour, "width": 1, "dash": DASH[part]},
        "opacity": CROWDED if crowded else THIN,
        "legendgroup": group.label,
        "showlegend": False,
        "hoverinfo": "skip",
    }


def shaded(group: Variant) -> dict[str, Any]:
    """The look of the band of a variant's seeds."""
    return {
        "fillcolor": group.colour,
        "opacity": FAINT,
        "legendgroup": group.label,
        "showlegend": False,
        "hoverinfo": "skip",
    }


def behind(line: Line, part: Part) -> dict[str, Any]:
    """The look of a former run."""
    return {
        "name": line.label,
        "legendgroup": line.label,
        "showlegend": part == "train",
        "line": {"color": line.colour, "width": 1.5, "dash": DASH[part]},
        "opacity": 0.45,
        "hoverinfo": "skip",
    }
