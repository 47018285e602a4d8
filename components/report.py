"""A comparison as one HTML page that opens offline: curves, proof, verdict, numbers, settings."""

import json
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path
from string import Template
from typing import Any

import pandas as pd
from plotly.offline import get_plotlyjs

from components.charts import Chart, charts
from components.compare.curves import notes
from components.compare.proof import NO, YES, proof
from components.compare.table import table
from components.compare.verdict import verdict
from components.figures.parts import BOTH
from components.plot import CHART, HEIGHT
from components.results import metric_columns
from training.code import called, compile_call
from training.problems import problems
from training.rates import told
from training.spec import Experiment
from training.states import ComparisonState, RunState
from training.target import Target, stored_target
from training.versions import versions

PAGE = Path(__file__).with_suffix(".html")
SETTINGS: dict[str, Callable[[Experiment], str]] = {
    "Data set": lambda e: called(e.dataset),
    "Model": lambda e: called(e.model),
    "Optimizer": lambda e: called(e.compile.optimizer),
    "Loss": lambda e: ", ".join(called(loss) for _, loss in e.compile.losses),
    "Metrics": lambda e: ", ".join(called(m) for _, listed in e.compile.metrics for m in listed),
    "Epochs": lambda e: str(e.epochs),
    "Batch size": lambda e: str(e.batch_size),
    "Shuffled": lambda e: "yes" if e.fit.shuffle else "no",
    "In mid-run": lambda e: told(e.rates),
}


def report(
    state: ComparisonState, names: Sequence[str], remark: str = "", address: str | None = None
) -> str:
    """The page as HTML; `names` has the row of each run, `address` sets it up anew.

    Everything that somebody typed is escaped, and nothing is loaded from anywhere.
    """
    parts = {
        "title": escape(state.title or "A comparison"),
        "about": escape(" ".join(filter(None, (_about(state), remark)))),
        "results": "\n".join(_results(*one) for one in _problems(state, names)),
        "settings": _table(_settings(state.runs, names)),
        "calls": _calls(state.runs, names),
        "versions": _versions(state.runs) + _link(address),
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


def _results(heading: str, state: ComparisonState, names: Sequence[str]) -> str:
    """Curves, proof, verdict and numbers of runs on one data set."""
    target = stored_target(state.plan, state.runs[0].experiment)
    numbers = table(state.runs, names, final=True, target=target)
    charts = "\n".join(map(_chart, _charts(state.runs, names, target)))
    return "\n".join(
        [
            f"<h2>{escape(heading)}</h2>" * bool(heading),
            f'<h2>Curves</h2>\n<div class="charts">\n{charts}\n</div>',
            f"<h2>Were the starts equal?</h2>\n{_proof(state.runs)}",
            f"<h2>Verdict</h2>\n{_paragraphs(_verdicts(state.runs, names))}",
            f'<h2>Final numbers</h2>\n<div class="scroll">{_table(numbers)}</div>',
        ]
    )


def _about(state: ComparisonState) -> str:
    runs = "1 run" if len(state.runs) == 1 else f"{len(state.runs)} runs"
    day = time.strftime("%d %B %Y", time.localtime(state.created))
    return f"{runs}, trained with Compile Lab on {day}."


def _charts(runs: Sequence[RunState], names: Sequence[str], target: Target | None) -> list[Chart]:
    """Losses, a chart for each kind, and every metric."""
    metrics = metric_columns([run.experiment for run in runs])
    return charts(runs, names, metrics, BOTH, False, target=target)


def _chart(chart: Chart) -> str:
    figure = json.dumps(chart.figure, separators=(",", ":"), allow_nan=False)
    # "</script>" or "<!--" in a name would end the data early
    figure = figure.replace("<", "\\u003c")
    height = chart.figure["layout"].get("height", HEIGHT)
    return (
        f'<div role="img" aria-label="{escape(chart.alt)}" style="height:{height}px"></div>'
        f'<script class="figure" type="application/json">{figure}</script>'
    )


def _proof(runs: Sequence[RunState]) -> str:
    found = proof(runs)
    if found is None:
        return _paragraphs(["No run has left a proof."])
    return _paragraphs([found.text.replace(YES, "✓").replace(NO, "✕"), *found.why])


def _verdicts(runs: Sequence[RunState], names: Sequence[str]) -> list[str]:
    """What the seeds support, of the loss where rows share one, and of each metric."""
    experiments = [run.experiment for run in runs]
    warnings = notes(experiments)
    columns = [*(() if warnings else ["loss"]), *metric_columns(experiments)]
    found = [said.text for column in columns if (said := verdict(runs, names, column))]
    return [*warnings, *(found or ["There is nothing to compare."])]


def _settings(runs: Sequence[RunState], names: Sequence[str]) -> pd.DataFrame:
    rows: dict[str, dict[str, str]] = {}
    for run, name in zip(runs, names, strict=True):
        made = {"Variant": name} | {what: text(run.experiment) for what, text in SETTINGS.items()}
        row = rows.setdefault(name, made | {"Seeds": ""})
        row["Seeds"] += f"{', ' if row['Seeds'] else ''}{run.experiment.seed}"
    return pd.DataFrame(list(rows.values()))


def _calls(runs: Sequence[RunState], names: Sequence[str]) -> str:
    first = dict(zip(reversed(names), (run.experiment for run in reversed(runs)), strict=True))
    return "\n".join(
        f"<h3>{escape(name)}</h3><pre>{escape(compile_call(first[name].compile))}</pre>"
        for name in dict.fromkeys(names)
    )


def _versions(runs: Sequence[RunState]) -> str:
    counts: dict[str, int] = {}
    for run in runs:
        used = run.versions or versions()
        counts[used] = counts.get(used, 0) + 1
    if len(counts) == 1:
        return _paragraphs([f"Computed with {next(iter(counts))}."])
    return _paragraphs(f"{count} runs computed with {used}." for used, count in counts.items())


def _link(address: str | None) -> str:
    if not address:
        return ""
    link = escape(address)
    return f'<p class="small">Set it up anew, to train it again: <a href="{link}">{link}</a></p>'


def _table(frame: pd.DataFrame) -> str:
    def number(value: Any) -> str:
        return f"{value:.4g}"

    with pd.option_context("display.max_colwidth", None):
        return frame.to_html(index=False, na_rep="-", float_format=number, border=0, escape=True)


def _paragraphs(sentences: Iterable[str]) -> str:
    return "\n".join(f"<p>{escape(sentence)}</p>" for sentence in sentences)
