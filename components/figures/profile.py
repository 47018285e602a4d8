"""Performance profiles as steps: the share of problems within a factor of the best."""

from collections.abc import Mapping, Sequence
from typing import Any

from components.colours import Channel
from components.figures.frame import BOTTOM, LEFT, LEGEND, LONGEST, ROW, TOP, legend_rows
from components.figures.labels import NAME, End, end_labels
from components.plain import chart_text

HEIGHT = 340  # pixels
RANGE = [-0.04, 1.06]
APART = 0.009  # of the height, so that equal rows are seen side by side
TICKS = (1, 1.5, 2, 2.5, 3, 3.5, 4)


def profile(
    steps: Mapping[str, Sequence[tuple[float, float]]], looks: Mapping[str, Channel]
) -> dict[str, Any]:
    """Lines by row name from (factor, share) points, each share from its factor on.

    All begin at factor 1 and end at the same one.
    """
    traces, ends = [], []
    for position, (name, points) in enumerate(steps.items()):
        lift = APART * ((len(steps) - 1) / 2 - position)
        traces.append(_trace(chart_text(name), points, lift, looks[name]))
        factor, share = points[-1]
        ends.append(End(chart_text(name), factor, share + lift, looks[name].colour))
    last = max(factor for points in steps.values() for factor, _ in points)
    legend = ROW * legend_rows(list(steps))
    longest = max(map(len, steps))
    return {
        "data": traces,
        "layout": {
            "title": {"text": _TITLE, "x": 0, "xref": "paper", "font": {"size": 14}},
            "xaxis": {
                "title": {"text": "factor τ", "standoff": 4},
                "range": [0.97, last + 0.03],
                "tickvals": list(TICKS),
                "zeroline": False,
            },
            "yaxis": {"range": RANGE, "tickformat": ".0%", "zeroline": False},
            "height": HEIGHT + legend - ROW,
            "margin": {
                "t": TOP,
                "l": LEFT,
                "b": BOTTOM + legend,
                "r": int(min(LONGEST, 16 + NAME * longest)),
            },
            "hovermode": "closest",
            "legend": LEGEND,
            "uirevision": "profile",
            "annotations": end_labels(ends, RANGE, HEIGHT - TOP - BOTTOM - ROW, log_y=False),
        },
    }


_TITLE = (
    "Data sets within a factor τ of the best row"
    "<br><span style='font-size:11px'>equal lines are drawn a hair apart</span>"
)


def _trace(
    name: str, points: Sequence[tuple[float, float]], lift: float, look: Channel
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": [factor for factor, _ in points],
        "y": [share + lift for _, share in points],
        "customdata": [share for _, share in points],
        "hovertemplate": "within %{x:.2f} times: %{customdata:.0%}<extra>%{fullData.name}</extra>",
        "line": {"color": look.colour, "width": 2.5, "shape": "hv"},
        "marker": {"symbol": look.symbol, "size": 8},
    }
