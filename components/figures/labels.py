"""Names written at the ends of curves, moved apart where curves end close together."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log10
from typing import Any

LETTER = 6.4  # pixels, width of a letter on average
GAP = 14.0  # pixels between two names


@dataclass(frozen=True)
class End:
    """Where a curve ends, and what is written there."""

    text: str
    epoch: float
    value: float
    colour: str


def end_labels(
    ends: Sequence[End],
    value_range: Sequence[float],
    pixels: float,
    *,
    log_y: bool,
) -> list[dict[str, Any]]:
    """Annotations beside the ends; `value_range` spans `pixels` of height.

    Plotly places annotations on logarithmic axes by exponent.
    """
    low, high = value_range
    places = [log10(e.value) if log_y else e.value for e in ends]
    inside = [min(max(p, low), high) for p in places]
    wanted = [(p - low) / (high - low) * pixels for p in inside]
    shown = _apart(wanted, pixels)
    return [
        {
            "name": "end",
            "text": end.text,
            "x": end.epoch,
            "y": place,
            "xanchor": "left",
            "xshift": 7,
            "yshift": round(at - want, 1),
            "showarrow": False,
            "font": {"color": end.colour, "size": 11},
        }
        for end, place, want, at in zip(ends, inside, wanted, shown, strict=True)
    ]


def _apart(wanted: Sequence[float], pixels: float) -> list[float]:
    """`wanted` heights moved apart by GAP, in the same order, and below the top edge."""
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    at = list(wanted)
    for below, above in pairwise(order):
        at[above] = max(at[above], at[below] + GAP)
    top = pixels
    for i in reversed(order):
        at[i] = min(at[i], top)
        top = at[i] - GAP
    return at
