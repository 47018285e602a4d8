"""What stands around curves: title, axes over all epochs, margins, legend, notes."""

from collections.abc import Sequence
from math import log10
from typing import Any

from components.figures.axes import TITLES, UNTIMED, Across
from components.figures.labels import LETTER
from components.figures.parts import Part
from components.figures.scales import logarithmic, zoomed

HEIGHT = 340  # pixels
TOP, BOTTOM, LEFT = 52, 48, 58  # margins in pixels, without the legend
SUBTITLE = 18  # pixels, a line below the title
LONGEST = 190  # pixels, the widest right margin for names at the ends
WIDE = 440  # pixels, the width that the legend is planned for
LEGEND: dict[str, Any] = {
    "orientation": "h",
    "x": 0,
    "y": 0,
    "yref": "container",
    "yanchor": "bottom",
    "tracegroupgap": 0,
}
ZOOMED = {"text": "does not begin at 0", "standoff": 2, "font": {"size": 11}}  # at such an axis
ROW, SAMPLE = 20, 52  # pixels: a row of the legend, and the line sample of an entry


def two_axes(title: str, across: str, up: str, height: int, bottom: int = 70) -> dict[str, Any]:
    """A layout whose axes both have names; `height` and the margin at the `bottom` in pixels."""
    return {
        "height": height,
        "title": {"text": title, "x": 0, "xref": "paper", "font": {"size": 14}},
        "margin": {"t": 36, "b": bottom, "l": 56, "r": 16},
        "xaxis": {"title": {"text": across, "standoff": 4}, "zeroline": False},
        "yaxis": {"title": {"text": up, "standoff": 4}, "zeroline": False},
        "legend": LEGEND,
        "uirevision": title.split(",")[0],
    }


def legend_rows(names: Sequence[str], width: int = WIDE) -> int:
    """Rows of a legend of `width` pixels, in which all entries are as wide as the widest."""
    return max(1, -(-len(names) // max(1, int(width // entry_width(names)))))


def entry_width(names: Sequence[str]) -> float:
    """Pixels of the widest entry of a legend with these names."""
    return SAMPLE + LETTER * max(map(len, names), default=0)


def title_of(
    column: str, parts: Sequence[Part], notes: Sequence[str] = (), zoom: float = 1.0
) -> str:
    """A column in words, below it how its parts are drawn, below that a line for each note."""
    how = {"train": "solid: train", "validation": "dashed: validation"}
    name = column.replace("_", " ")
    drawn = "at the end of each epoch" if column == "learning rate" else ""
    lines = [drawn or ", ".join(how[p] for p in parts), *notes]
    small = f"<span style='font-size:{11 * zoom:.0f}px'>"
    return f"{name[0].upper()}{name[1:]}" + "".join(f"<br>{small}{x}</span>" for x in lines)


def corner_note(text: str, zoom: float = 1.0) -> dict[str, Any]:
    """Words in the upper right corner of the plot."""
    return {
        "text": text,
        "xref": "paper",
        "yref": "paper",
        "x": 1,
        "y": 1,
        "xanchor": "right",
        "yanchor": "top",
        "showarrow": False,
        "font": {"size": round(10 * zoom)},
    }


def layout_of(title: str, along: dict[str, Any], up: dict[str, Any], zoom: float) -> dict[str, Any]:
    """Layout of a chart with these axes, without a legend's height and names at the ends."""
    words = {"text": title, "font": {"size": round(14 * zoom)}, "pad": {"t": round(14 * zoom)}}
    return {
        "title": {"x": 0, "xref": "paper", "y": 1, "yanchor": "top", **words},
        "margin": {"t": round(TOP * zoom), "l": round(LEFT * zoom)},
        "xaxis": along,
        "yaxis": up,
        "hovermode": "x unified",
        "legend": {**LEGEND, "xref": "container"},
    }


def value_axis(
    spread: list[float] | None, *, cut: bool, share: bool, log: bool, exact: bool
) -> dict[str, Any]:
    """The y axis over a range from `value_range`: `exact` ends there, whatever a chart draws."""
    up: dict[str, Any] = {"zeroline": False, "exponentformat": "power", "hoverformat": ".4g"}
    if log:
        up |= logarithmic(spread)
    # a range given anew with every point would undo the reader's zoom
    if not spread or (share and not zoomed(spread)):
        return up | {"range": spread or ([-2, 1] if log else [0, 1])}
    if share:
        up["title"] = ZOOMED
    # said aloud: Plotly would go on with the fixed range of the empty chart before
    up["autorange"] = True
    low, high = (10**end for end in spread) if log else spread
    if cut or exact or share:
        up["autorangeoptions"] = {"clipmin": low, "clipmax": high}
    if exact or share:
        up["autorangeoptions"]["include"] = [low, high]
    return up


def along_axis(
    last: float | None, across: Across, log: bool, untimed: bool = False
) -> dict[str, Any]:
    """The x axis up to `last`, None to leave its end to Plotly; `untimed` seconds say so."""
    text = UNTIMED if untimed else TITLES[across]
    along: dict[str, Any] = {"title": {"text": text, "standoff": 4}, "zeroline": False}
    if log:
        along |= logarithmic([0, log10(last)] if last else None)
    if last is None:
        return along | {"autorange": True, "rangemode": "normal" if log else "tozero"}
    return along | {"range": [0, round(log10(last), 4) if log else last]}
