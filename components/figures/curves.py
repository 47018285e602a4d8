"""Loss and metric curves: train solid, validation dashed, one run or many in one chart."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from components.figures.arrays import pack
from components.figures.divergence import crosses
from components.figures.frame import (
    BOTTOM,
    HEIGHT,
    LONGEST,
    ROW,
    TOP,
    cut_note,
    layout_of,
    legend_rows,
    title_of,
)
from components.figures.labels import LETTER, End, end_labels
from components.figures.parts import BOTH, DASH, PREFIX, Part
from components.figures.run import Line
from components.figures.scales import is_share, value_range
from components.figures.thin import kept, stride
from components.figures.variant import Variant, variants


def curves(
    lines: Sequence[Line],
    column: str,
    *,
    epochs: int,
    title: str = "",
    log_y: bool = False,
    parts: Sequence[Part] = BOTH,
    height: int = HEIGHT,
) -> dict[str, Any]:
    """Curves of one column ("loss", not "val_loss") over all `epochs`; empty axes before the first.

    `height` in pixels grows when the legend takes more than one row. With several seeds each is
    thin and their median thick. Raises ValueError when a loss is asked for and the lines were
    trained with different losses: take `loss_panels` first.
    """
    _one_loss(lines, column)
    drawn = [p for p in parts if any(PREFIX[p] + column in line.columns for line in lines)]
    drawn = drawn or list(parts)
    groups = variants(lines)
    alone = sum(len(group.lines) for group in groups) == 1
    step = stride(epochs, len(lines) * len(drawn))
    every = [line.values(PREFIX[p] + column) for line in lines for p in drawn]
    share = is_share(column) and not log_y
    spread, cut = value_range(every, log_y, share)
    traces, ends = [], []
    for part in drawn:
        name = PREFIX[part] + column
        for line in (line for line in lines if line.ghost):
            traces.append(_trace(line.values(name), step, part) | _ghost(line, part))
        for group in groups:
            shared = _look(group, part, alone, first=part == drawn[0])
            if len(group.lines) > 1:
                traces += [
                    _trace(line.values(name), step, part) | shared | _thin(line)
                    for line in group.lines
                ]
            middle = group.median(name)
            traces.append(_trace(middle, step, part) | shared)
            ends += _ends(group, middle, part, alone, log_y, several=len(drawn) > 1)
    traces += crosses(groups, PREFIX[drawn[0]] + column, spread, log_y)
    legend = ROW * legend_rows([t["name"] for t in traces if t.get("showlegend", True)])
    layout = layout_of(epochs, spread, cut, share, title or title_of(column, drawn), log_y)
    layout |= {"uirevision": column, "height": height + max(0, legend - ROW)}
    longest = 10 if alone else max((len(group.label) + 2 for group in groups), default=10)
    layout["margin"] |= {"b": BOTTOM + legend, "r": int(min(LONGEST, 16 + LETTER * longest))}
    if spread and ends:
        pixels = height - TOP - BOTTOM - ROW
        layout["annotations"] = end_labels(ends, spread, pixels, log_y=log_y)
    if cut:
        layout["annotations"] = [*layout.get("annotations", ()), cut_note()]
    return {"data": traces, "layout": layout}


def loss_panels(lines: Sequence[Line]) -> dict[str, list[Line]]:
    """Lines by the name of their loss, so that each chart holds one kind; former runs go along."""
    return {
        name: [line for line in lines if line.loss == name]
        for name in dict.fromkeys(line.loss for line in lines if not line.ghost)
    }


def _one_loss(lines: Sequence[Line], column: str) -> None:
    kinds = {line.loss for line in lines}
    if column.endswith("loss") and len(kinds) > 1:
        raise ValueError(
            f"{' and '.join(sorted(kinds))} measure different things and cannot share an axis; "
            "draw one chart for each loss."
        )


def _trace(values: np.ndarray, step: int, part: Part) -> dict[str, Any]:
    """Points of a curve; epochs are sent only where they are not evenly spaced."""
    at = kept(values, step)
    y = values[at].astype("float32")
    y[~np.isfinite(y)] = np.nan
    trace: dict[str, Any] = {"type": "scatter", "mode": "lines", "y": pack(y)}
    gaps = np.diff(at)
    if len(gaps) and (gaps != gaps[0]).any():
        return trace | {"x": pack((at + 1).astype("<u2"))}
    return trace | {"x0": 1, "dx": int(gaps[0]) if len(gaps) else 1}


def _look(group: Variant, part: Part, alone: bool, first: bool) -> dict[str, Any]:
    look: dict[str, Any] = {"line": {"color": group.colour, "width": 2.5, "dash": DASH[part]}}
    if alone:
        look["name"] = part
    else:
        look["name"] = group.name if first else f"{group.label}, {part}"
        look["legendgroup"] = group.label
        if not first:
            look["showlegend"] = False
        marker = {"symbol": group.lines[0].symbol, "size": 8, "maxdisplayed": 6}
        look |= {"mode": "lines+markers", "marker": marker}
    return look


def _thin(line: Line) -> dict[str, Any]:
    return {
        "mode": "lines",
        "line": {"color": line.colour, "width": 1},
        "opacity": 0.4,
        "showlegend": False,
        "hoverinfo": "skip",
    }


def _ghost(line: Line, part: Part) -> dict[str, Any]:
    return {
        "name": line.label,
        "legendgroup": line.label,
        "showlegend": part == "train",
        "line": {"color": line.colour, "width": 1.5, "dash": DASH[part]},
        "opacity": 0.45,
        "hoverinfo": "skip",
    }


def _ends(
    group: Variant, middle: np.ndarray, part: Part, alone: bool, log_y: bool, several: bool
) -> list[End]:
    """The name at the end of a curve: the part of a single run, else the variant, written once."""
    numbers = np.flatnonzero(np.isfinite(middle) & ((middle > 0) | (not log_y)))
    if not len(numbers) or (not alone and several and part == "train"):
        return []
    text = part if alone else group.label
    if group.diverged:
        text = "diverged" if alone else f"{text} ✕"
    last = numbers[-1]
    return [End(text, float(last + 1), float(middle[last]), group.colour)]
