"""Several small pictures in one figure."""

from collections.abc import Sequence
from textwrap import wrap
from typing import Any

from components.figures.frame import ROW, legend_rows
from components.figures.surface import MARKS, NOTHING, note_on

TALL = 190  # pixels, height of one picture
GAP = 48  # pixels between rows, for axis and caption
TOP, BOTTOM = 30, 60  # margins in pixels
POINT = 5  # pixels
WIDE = 380  # pixels, the width that the legend is planned for
NOTE = 18  # letters in a line of a note


def small_multiples(figures: Sequence[dict[str, Any]], columns: int = 3) -> dict[str, Any]:
    """Several pictures of one data set side by side on shared axes; titles and notes come along."""
    columns = min(columns, len(figures)) or 1
    rows = -(-len(figures) // columns)
    first = figures[0] if figures else {"data": [], "layout": {}}
    shown = [t["name"] for t in first["data"] if t.get("showlegend", True) and "name" in t]
    bottom = BOTTOM + ROW * (legend_rows(shown, WIDE) - 1)
    traces: list[dict[str, Any]] = []
    layout: dict[str, Any] = {
        "height": TOP + bottom + TALL * rows + GAP * (rows - 1),
        "margin": {"t": TOP, "b": bottom, "l": 40, "r": 12},
        "showlegend": True,
        "legend": first["layout"].get("legend", {}),
        "uirevision": "boundaries",
        "annotations": [],
        "shapes": [],
    }
    for i, figure in enumerate(figures):
        row, column = divmod(i, columns)
        number = "" if i == 0 else str(i + 1)
        layout |= _panel(figure["layout"], number, row, column, rows, columns)
        caption = figure["layout"]["title"]["text"].removesuffix(MARKS)
        layout["annotations"] += [_caption(caption, number)]
        for note in figure["layout"].get("annotations", ()):
            short = "<br>".join(wrap(note["text"], NOTE))
            layout["annotations"] += [note_on(short, number) | {"font": {"size": 9}}]
        if figure["layout"].get("plot_bgcolor") == NOTHING:
            layout["shapes"] += [_grey(number)]
        for trace in figure["data"]:
            again = {"showlegend": False} if i else {}
            bare = {k: v for k, v in trace.items() if k != "colorbar"}
            if "marker" in trace:
                bare["marker"] = trace["marker"] | {"size": POINT}
            traces.append(bare | {"xaxis": f"x{number}", "yaxis": f"y{number}"} | again)
            if "colorbar" in trace and i:
                traces[-1]["showscale"] = False
    return {"data": traces, "layout": layout}


def _panel(
    own: dict[str, Any], number: str, row: int, column: int, rows: int, columns: int
) -> dict[str, Any]:
    gap_x, gap_y = 0.03, GAP / (TALL * rows + GAP * (rows - 1))
    wide, tall = (1 - gap_x * (columns - 1)) / columns, (1 - gap_y * (rows - 1)) / rows
    left, bottom = column * (wide + gap_x), 1 - tall - row * (tall + gap_y)
    across = {k: v for k, v in own["xaxis"].items() if k not in {"title", "constrain"}}
    up = {k: v for k, v in own["yaxis"].items() if k not in {"title", "constrain"}}
    across |= {"domain": [left, left + wide], "anchor": f"y{number}", "showticklabels": True}
    up |= {"domain": [bottom, bottom + tall], "anchor": f"x{number}", "showticklabels": column == 0}
    if number:
        across["matches"], up["matches"] = "x", "y"
    return {f"xaxis{number}": across, f"yaxis{number}": up}


def _grey(number: str) -> dict[str, Any]:
    return {
        "type": "rect",
        "xref": f"x{number} domain",
        "yref": f"y{number} domain",
        "x0": 0,
        "x1": 1,
        "y0": 0,
        "y1": 1,
        "fillcolor": NOTHING,
        "line": {"width": 0},
        "layer": "below",
    }


def _caption(text: str, number: str) -> dict[str, Any]:
    return {
        "text": text,
        "xref": f"x{number} domain",
        "yref": f"y{number} domain",
        "x": 0,
        "y": 1.01,
        "xanchor": "left",
        "yanchor": "bottom",
        "showarrow": False,
        "font": {"size": 12},
    }
