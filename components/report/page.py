"""A comparison as one HTML page that opens offline: curves, proof, verdict, numbers, settings."""

import time
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from pathlib import Path
from string import Template

from plotly.offline import get_plotlyjs

from components.plot import CHART
from components.race.summary import OnShow
from components.report.markup import table_html
from components.report.race import race_html, race_title
from components.report.results import results_html
from components.report.settings import calls_html, link_html, settings, versions_html
from training.problems import problems
from training.states import ComparisonState

PAGE = Path(__file__).with_suffix(".html")


def report(
    state: ComparisonState,
    names: Sequence[str],
    remark: str = "",
    address: str | None = None,
    race: OnShow | None = None,
) -> str:
    """The page as HTML; `names` has the row of each run, `address` sets it up anew.

    race: where the runs are those of one mode of a race, what is on show of it. Everything that
    somebody typed is escaped, and nothing is loaded from anywhere.
    """
    title = race.title if race else ""
    parts = {
        "title": escape(race_title(race.race) if race else state.title or "A comparison"),
        "about": escape(" ".join(filter(None, (_about(state), remark)))),
        "race": race_html(race) if race else "",
        "results": "\n".join(results_html(*one, title) for one in _problems(state, names)),
        "settings": table_html(settings(state.runs, names, race)),
        "calls": calls_html(state.runs, names),
        "versions": versions_html(state.runs) + link_html(address),
        "plotly": f"{get_plotlyjs()}\n{CHART.read_text(encoding='utf-8')}",
    }
    return Template(PAGE.read_text(encoding="utf-8")).substitute(parts)


def _problems(
    state: ComparisonState, names: Sequence[str]
) -> list[tuple[str, ComparisonState, Sequence[str]]]:
    """Heading, runs and names of each data set; one without a heading where there is only one."""
    found = problems([run.experiment for run in state.runs])
    parts = [
        (
            one.name,
            replace(state, runs=tuple(state.runs[i] for i in one.places)),
            [names[i] for i in one.places],
        )
        for one in found
    ]
    return parts or [("", state, names)]


def _about(state: ComparisonState) -> str:
    runs = "1 run" if len(state.runs) == 1 else f"{len(state.runs)} runs"
    day = time.strftime("%d %B %Y", time.localtime(state.created))
    return f"{runs}, trained with Compile Lab on {day}."
