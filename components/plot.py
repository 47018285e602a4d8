"""A Plotly chart that keeps zoom, hover and legend state while its figure changes."""

import hashlib
import json
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import plotly
import streamlit as st
from plotly.offline import get_plotlyjs

from components.colours import LIGHT

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
    pixels = height or figure["layout"].get("height") or HEIGHT
    data = {
        "script": chart_js(STATIC),
        "figure": json.dumps(figure, separators=(",", ":"), allow_nan=False),
        "palette": LIGHT,
        "height": pixels,
        "alt": alt,
    }
    _mount(key=key, data=data, height=pixels)


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
