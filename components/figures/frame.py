"""What stands around curves: title, axes over all epochs, margins, legend, notes."""

from collections.abc import Sequence
from typing import Any

from components.figures.labels import LETTER
from components.figures.parts import Part

HEIGHT = 340  # pixels
TOP, BOTTOM, LEFT = 44, 48, 58  # margins in pixels, without the legend
LONGEST = 190  # pixels, the widest right margin for names at the ends
WIDE = 560  # pixels, the width that the legend is planned for
LEGEND: dict[str, Any] = {
    "orientation": "h",
    "x": 0,
    "y": 0,
    "yref": "container",
    "yanchor": "bottom",
    "tracegroupgap": 0,
}
ROW, SAMPLE = 20, 52  # pixels: a row of the legend, and the line sample of an entry


def legend_rows(names: Sequence[str], width: int = WIDE) -> int:
    """Rows of a legend of `width` pixels, in which all entries are as wide as the widest."""
    wide = SAMPLE + LETTER * max(map(len, names), default=0)
    return max(1, -(-len(names) // max(1, int(width // wide))))


def title_of(column: str, parts: Sequence[Part]) -> str:
    how = {"train": "solid: train", "validation": "dashed: validation"}
    name = column.replace("_", " ")
    said = ", ".join(how[p] for p in parts)
    return f"{name[0].upper()}{name[1:]}<br><span style='font-size:11px'>{said}</span>"


def cut_note() -> dict[str, Any]:
    return {
        "text": "higher values are cut off; a logarithmic axis shows all",
        "xref": "paper",
        "yref": "paper",
        "x": 1,
        "y": 1,
        "xanchor": "right",
        "yanchor": "top",
        "showarrow": False,
        "font": {"size": 10},
    }


def layout_of(
    epochs: int,
    spread: list[float] | None,
    cut: bool,
    share: bool,
    title: str,
    log_y: bool,
) -> dict[str, Any]:
    last = max(epochs, 2)
    across: dict[str, Any] = {"title": {"text": "epoch", "standoff": 4}, "zeroline": False}
    across["range"] = [0, last]
    up: dict[str, Any] = {"zeroline": False, "exponentformat": "power", "hoverformat": ".4g"}
    if log_y:
        up["type"] = "log"
    # a range given anew with every point would undo the reader's zoom
    if not spread or share:
        up["range"] = spread or ([-2, 1] if log_y else [0, 1])
    else:
        # said aloud: Plotly would go on with the fixed range of the empty chart before
        up["autorange"] = True
        if cut:
            up["autorangeoptions"] = {"clipmin": spread[0], "clipmax": spread[1]}
    return {
        "title": {"text": title, "x": 0, "xref": "paper", "font": {"size": 14}},
        "margin": {"t": TOP, "l": LEFT},
        "xaxis": across,
        "yaxis": up,
        "hovermode": "x unified",
        "legend": LEGEND,
    }
