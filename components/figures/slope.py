"""A slope chart: how ranks change from one column to another, a line for each row."""

import re
from collections.abc import Mapping, Sequence
from html import unescape
from math import isfinite
from typing import Any

from components.colours import channels
from components.plain import chart_text

ROW = 34  # pixels from rank to rank
TOP, BOTTOM = 64, 16
NARROW = 340  # pixels, the width in which names still have room
GAP, SIGN = 16, 7.6  # pixels from a marker to its name, and of a letter of it
SIDES = (0.6, 2.0)  # least and most room for names, as shares of the width between the columns


def slope_chart(
    left: Mapping[str, float], right: Mapping[str, float], heads: Sequence[str], lower: bool
) -> dict[str, Any]:
    """Ranks by value on both sides, best on top; rows that one side lacks are left out.

    left, right: value of each row, infinite where it has none; heads: what the columns are called.
    """
    rows = [row for row in left if row in right]
    look = channels(rows)
    places = [_places({row: side[row] for row in rows}, lower) for side in (left, right)]
    traces: list[dict[str, Any]] = []
    notes = [_head(text, x) for x, text in enumerate(heads)]
    for row in rows:
        at = [place[row] for place in places]
        own = look[row]
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": chart_text(row),
                "x": [0, 1],
                "y": at,
                "line": {"color": own.colour, "width": 2.5},
                "marker": {"symbol": own.symbol, "size": 10},
                "hoverinfo": "skip",
            }
        )
        notes += [
            _name(row, value, x, y, own.colour)
            for x, (y, value) in enumerate(zip(at, (left[row], right[row]), strict=True))
        ]
    side = _side([note["text"] for note in notes])
    layout = {
        "title": {"text": "Rank", "x": 0, "xref": "paper", "font": {"size": 14}},
        "height": TOP + BOTTOM + ROW * max(len(rows), 2),
        "margin": {"t": TOP, "b": BOTTOM, "l": 8, "r": 8},
        "xaxis": {"range": [-side, 1 + side], "visible": False, "fixedrange": True},
        "yaxis": {"range": [len(rows) + 0.5, 0.5], "visible": False, "fixedrange": True},
        "showlegend": False,
        "annotations": notes,
    }
    return {"data": traces, "layout": layout}


def _side(texts: Sequence[str]) -> float:
    """Room for these on either side, as a share of the width between the columns."""
    wanted = GAP + SIGN * max(len(unescape(re.sub("<.*?>", "", text))) for text in texts)
    least, most = SIDES
    return min(most, max(least, wanted / max(1, NARROW - 2 * wanted)))


def _places(values: Mapping[str, float], lower: bool) -> dict[str, int]:
    """1 for the best; rows with equal values below each other."""
    order = sorted(values, key=lambda row: values[row], reverse=not lower)
    return {row: place for place, row in enumerate(order, start=1)}


def _head(text: str, x: int) -> dict[str, Any]:
    return {
        "text": f"<b>{text}</b>",
        "x": x,
        "y": 1,
        "yref": "paper",
        "yanchor": "bottom",
        "xanchor": "right" if x == 0 else "left",
        "showarrow": False,
        "font": {"size": 12},
    }


def _name(row: str, value: float, x: int, y: int, colour: str) -> dict[str, Any]:
    number = f"{value:.3g}" if isfinite(value) else "diverged"
    return {
        "text": f"{chart_text(row)} {number}",
        "x": x,
        "y": y,
        "xanchor": "right" if x == 0 else "left",
        "xshift": -12 if x == 0 else 12,
        "showarrow": False,
        "font": {"color": colour, "size": 13},
    }
