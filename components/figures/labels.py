"""Names written at the ends of curves, moved apart where curves end close together."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import unescape
from itertools import pairwise
from math import log10
from typing import Any

from components.plain import chart_text

LETTER = 6.4  # pixels, width of a letter of the legend on average
NAME, SIZE = 7.6, 13  # pixels, width of a letter of a name at an end, and its height
GAP = 15.0  # pixels between two names
MOST = 22  # letters of a name: as many as the widest margin holds


@dataclass(frozen=True)
class End:
    """Where a curve ends, and what is written there."""

    text: str
    x: float
    value: float
    colour: str


def end_labels(
    ends: Sequence[End],
    value_range: Sequence[float],
    pixels: float,
    *,
    log_y: bool,
    log_x: bool = False,
    zoom: float = 1.0,
) -> list[dict[str, Any]]:
    """Annotations beside the ends; `value_range` spans `pixels` of height.

    Plotly places annotations on logarithmic axes by exponent.
    """
    low, high = value_range
    places = [log10(e.value) if log_y else e.value for e in ends]
    inside = [min(max(p, low), high) for p in places]
    wanted = [(p - low) / (high - low) * pixels for p in inside]
    shown = _apart(wanted, pixels, GAP * zoom)
    return [
        {
            "name": "end",
            "text": _short(end.text),
            "x": log10(end.x) if log_x else end.x,
            "y": place,
            "xanchor": "left",
            "xshift": round(7 * zoom),
            "yshift": round(at - want, 1),
            "showarrow": False,
            "font": {"color": end.colour, "size": round(SIZE * zoom), "weight": 600},
        }
        for end, place, want, at in zip(ends, inside, wanted, shown, strict=True)
    ]


def _short(text: str) -> str:
    """As much of an escaped name as a margin holds."""
    letters = unescape(text)
    return text if len(letters) <= MOST else chart_text(f"{letters[: MOST - 1].rstrip()}…")


def _apart(wanted: Sequence[float], pixels: float, gap: float) -> list[float]:
    """`wanted` heights moved apart by `gap`, in the same order, and below the top edge."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    at = list(wanted)
    for below, above in pairwise(order):
        at[above] = max(at[above], at[below] + gap)
    top = pixels
    for i in reversed(order):
        at[i] = min(at[i], top)
        top = at[i] - gap
    return at
