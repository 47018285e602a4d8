"""The figure of a panel: its traces, axes, names at the ends of curves, and notes."""

from typing import Any

import numpy as np

from components.figures.axes import length, places
from components.figures.divergence import crosses
from components.figures.frame import (
    BOTTOM,
    HEIGHT,
    LEFT,
    LONGEST,
    ROW,
    SUBTITLE,
    TOP,
    WIDE,
    along_axis,
    corner_note,
    entry_width,
    layout_of,
    legend_rows,
    title_of,
    value_axis,
)
from components.figures.labels import NAME, End, end_labels
from components.figures.marks import marks
from components.figures.panel import Panel
from components.figures.parts import PREFIX, Part
from components.figures.thin import growth, stride
from components.figures.traces import Pencil, behind, shaded, thick, thin
from components.figures.variant import Variant, said

CUT = "higher values are cut off; a logarithmic axis shows all"
MANY = 6  # variants, whose seeds would hide the medians
LINEAR = "some values lie below zero: linear axis"


def figure(panel: Panel, height: int = HEIGHT, span: list[float] | None = None) -> dict[str, Any]:
    """Plotly's JSON. `span`: a range in place of its own, so that charts can be compared.

    `height` in pixels grows when the legend or the title takes more than one row.
    """
    spread, cut = panel.range
    spread = span or spread
    zoom, across = panel.axes.zoom, panel.axes.across
    notes = _notes(panel)
    column = PREFIX[panel.parts[0]] + panel.column
    traces = [*_traces(panel), *crosses(panel.groups, column, spread, panel.log_y, across)]
    traces += marks(panel.medians, panel.log_y, across)
    layout = layout_of(
        title_of(panel.title or panel.column, panel.parts, notes, zoom),
        along_axis(
            length(panel.lines, across, panel.epochs), across, panel.axes.log_x, panel.untimed
        ),
        value_axis(
            spread,
            cut=cut,
            share=panel.share,
            log=panel.log_y,
            exact=bool(span) or panel.flat,
        ),
        zoom,
    )
    layout["uirevision"] = " ".join((panel.column, across, *["log"] * panel.axes.log_x))
    _make_room(panel, layout, height, traces, len(notes))
    corner = [CUT] * cut + [LINEAR] * (panel.wants_log and not panel.log_y)
    names = _names(panel, spread, (height - TOP - BOTTOM - ROW) * zoom) if spread else []
    if written := [*names, *(corner_note(text, zoom) for text in corner)]:
        layout["annotations"] = written
    return {"data": traces, "layout": layout}


def _notes(panel: Panel) -> list[str]:
    several = said(panel.groups, len(panel.parts) > 1)
    smooth = f"smoothed: moving average, weight {panel.axes.smoothing:g}; raw curves thin"
    return [note for note in (several, smooth * (panel.axes.smoothing > 0)) if note]


def _traces(panel: Panel) -> list[dict[str, Any]]:
    """Bands lie at the bottom, then single runs, then the thick curves."""
    single = len(panel.former) + sum(len(group.lines) for group in panel.raw)
    count = single * len(panel.parts) + len(panel.medians) + 2 * len(panel.bands)
    step = round(stride(panel.epochs, count) * panel.axes.coarse)
    pencil, broad = _pencil(panel, step), _pencil(panel, step if panel.axes.seeds else 2 * step)
    across = panel.axes.across
    bands = [
        broad.band(low, high, places(group, across)) | shaded(group)
        for group, low, high in panel.bands
    ]
    medians = [
        pencil.curve(values, places(group, across))
        | thick(group, part, panel.alone, part == panel.parts[0], panel.axes.zoom)
        for group, part, values in panel.medians
    ]
    return [*bands, *_single(panel, pencil), *medians]


def _pencil(panel: Panel, step: int) -> Pencil:
    return Pencil(step, growth(panel.epochs, step) if panel.axes.log_x else 0)


def _single(panel: Panel, pencil: Pencil) -> list[dict[str, Any]]:
    """Former runs, and the seeds of a variant as one trace."""
    across = panel.axes.across
    found = []
    for part in panel.parts:
        name = PREFIX[part] + panel.column
        for line in panel.former:
            found.append(pencil.curve(line.values(name), places(line, across)) | behind(line, part))
        for group in panel.raw:
            seeds = [(line.values(name), places(line, across)) for line in group.lines]
            found.append(pencil.bundle(seeds) | thin(group, part, len(panel.groups) > MANY))
    return found


def _make_room(
    panel: Panel, layout: dict[str, Any], height: int, traces: list[dict[str, Any]], notes: int
) -> None:
    """Margins and height for title, legend, and names at the ends."""
    zoom = panel.axes.zoom
    named = [trace["name"] for trace in traces if trace.get("showlegend", True)]
    wide = WIDE if zoom == 1 else round(2 * WIDE / zoom)  # a large chart has the page to itself
    longest = 10 if panel.alone else max((len(g.label) + 2 for g in panel.groups), default=10)
    right = min(LONGEST, 16 + NAME * longest)
    rows, title = legend_rows(named, int(wide - LEFT - right)), SUBTITLE * notes
    legend = ROW * rows
    margins = {"t": TOP + title, "b": BOTTOM + legend, "r": right}
    layout["margin"] |= {side: int(zoom * pixels) for side, pixels in margins.items()}
    layout["height"] = round(zoom * (height + max(0, legend - ROW) + title))
    # for the browser, which knows how wide the chart is
    layout["meta"] = {
        "entry": round(zoom * entry_width(named)),
        "entries": len(named),
        "row": round(zoom * ROW),
        "rows": rows,
    }
    if zoom != 1:
        layout["font"] = {"size": round(12 * zoom)}


def _names(panel: Panel, spread: list[float], pixels: float) -> list[dict[str, Any]]:
    """The name at the end of each curve: the part of a single run, else the variant, once."""
    named = panel.parts if panel.alone else panel.parts[-1:]
    ends = [
        end
        for group, part, values in panel.medians
        if part in named and (end := _end(panel, group, part, values))
    ]
    log_x, zoom = panel.axes.log_x, panel.axes.zoom
    return end_labels(ends, spread, pixels, log_y=panel.log_y, log_x=log_x, zoom=zoom)


def _end(panel: Panel, group: Variant, part: Part, values: np.ndarray) -> End | None:
    numbers = np.flatnonzero(np.isfinite(values) & ((values > 0) | (not panel.log_y)))
    x = places(group, panel.axes.across).at(numbers[-1:])
    if not len(numbers) or not np.isfinite(x[0]):
        return None
    text = part if panel.alone else group.label
    if group.diverged:
        text = "diverged" if panel.alone else f"{text} ✕"
    return End(text, float(x[0]), float(values[numbers[-1]]), group.colour)
