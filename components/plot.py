"""A Plotly chart that keeps zoom, hover and legend state while its figure changes."""

import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import plotly
import streamlit as st
from plotly.offline import get_plotlyjs

from components.colours import LIGHT
from components.figures.enlarged import enlarged
from components.presenter import FACTOR, presenting

STATIC = Path(__file__).parents[1] / "static"
CHART = Path(__file__).with_name("chart.js")
HEIGHT = 320  # pixels, of a figure that names no height

_mount = st.components.v2.component(
    "plot",
    html='<div class="plot" role="img"></div>',
    # sent again with every figure, so it only loads chart.js and calls it
    js=Path(__file__).with_suffix(".js").read_text(encoding="utf-8"),
    isolate_styles=False,
)


def plot(figure: dict[str, Any], *, key: str, alt: str, height: int | None = None) -> None:
    """Draw `figure` (plain Plotly JSON); `alt` says in words what it shows.

    The height in pixels is taken from the figure's layout when not given. Raises ValueError when
    the figure holds NaN or infinity outside of packed arrays, which no browser reads.
    """
    data = _data(figure, alt, height)
    _mount(key=key, data=data, height=data["height"])


def brushed(figure: dict[str, Any], *, key: str, alt: str, on_stroke: Callable[[], None]) -> None:
    """The same with a brush: clicks and strokes on it come back in the units of its axes.

    `on_stroke` finds the newest, a list of [x, y], in `st.session_state[key]["stroke"]`.
    """
    data = _data(figure, alt, None) | {"brush": True}
    _mount(key=key, data=data, height=data["height"], on_stroke_change=on_stroke)


def pointed(figure: dict[str, Any], *, key: str, alt: str, on_point: Callable[[], None]) -> None:
    """The same with clicks only, so that it can be zoomed: a click comes back as a stroke of one.

    `on_point` finds [[x, y]] in `st.session_state[key]["stroke"]`.
    """
    data = _data(figure, alt, None) | {"brush": "point"}
    _mount(key=key, data=data, height=data["height"], on_stroke_change=on_point)


def _data(figure: dict[str, Any], alt: str, height: int | None) -> dict[str, Any]:
    """What the browser is sent."""
    height = height or figure["layout"].get("height") or HEIGHT
    if presenting():
        figure, height = enlarged(figure, FACTOR), round(height * FACTOR)
    return {
        "script": chart_js(STATIC),
        "figure": json.dumps(figure, separators=(",", ":"), allow_nan=False),
        "palette": LIGHT,
        "height": height,
        "alt": alt,
    }


@cache
def chart_js(folder: Path) -> str:
    """The address of plotly.js with our chart.js behind it, written once into the served folder.

    Moved into place whole, because another process may be serving the same folder.
    """
    own = CHART.read_text(encoding="utf-8")
    digest = hashlib.sha256(own.encode()).hexdigest()[:8]
    path = folder / f"plotly-{plotly.__version__}-{digest}.min.js"
    if not path.exists():
        folder.mkdir(exist_ok=True)
        handle, unfinished = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(f"{get_plotlyjs()}\n{own}")
        os.chmod(unfinished, 0o644)
        os.replace(unfinished, path)
    return f"app/static/{path.name}"
