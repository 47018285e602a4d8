"""Charts, tables and sentences as HTML; everything that somebody typed is escaped."""

import json
from collections.abc import Iterable
from html import escape
from math import isinf
from typing import Any

import pandas as pd

from components.charts import Chart
from components.plot import HEIGHT


def chart_html(chart: Chart, words: str = "") -> str:
    """A place for a chart with its figure as data, and below it what is to be known of it."""
    figure = json.dumps(chart.figure, separators=(",", ":"), allow_nan=False)
    # "</script>" or "<!--" in a name would end the data early
    figure = figure.replace("<", "\\u003c")
    height = chart.figure["layout"].get("height", HEIGHT)
    caption = f'<figcaption class="small">{escape(words)}</figcaption>' if words else ""
    return (
        f'<figure><div role="img" aria-label="{escape(chart.alt)}" style="height:{height}px">'
        f'</div><script class="figure" type="application/json">{figure}</script>{caption}</figure>'
    )


def charts_html(charts: Iterable[str]) -> str:
    """Charts beside each other where there is room."""
    return '<div class="charts">\n{}\n</div>'.format("\n".join(charts))


def table_html(frame: pd.DataFrame) -> str:
    """A table that scrolls by itself where it is too wide."""

    def number(value: Any) -> str:
        return "∞" if isinf(value) else f"{value:.4g}"

    with pd.option_context("display.max_colwidth", None):
        made = frame.to_html(
            index=False, na_rep="-", float_format=number, border=0, justify="left", escape=True
        )
    return f'<div class="scroll">{made}</div>'


def paragraphs(sentences: Iterable[str], look: str = "") -> str:
    """A paragraph for each sentence; `look` is a class of the page's style."""
    start = f'<p class="{look}">' if look else "<p>"
    return "\n".join(f"{start}{escape(sentence)}</p>" for sentence in sentences)
