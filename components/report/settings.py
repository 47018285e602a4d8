"""What a report says of how runs were made: settings, compile calls, versions, the link."""

from collections.abc import Callable, Sequence
from html import escape

import pandas as pd

from components.race.modes import DEFAULTS, TUNED, shown
from components.race.summary import OnShow
from components.report.markup import paragraphs
from training.code import called, compile_call
from training.data_title import data_called
from training.fit_words import WORDS, changed
from training.rates import told
from training.spec import Experiment
from training.states import RunState
from training.versions import versions

SETTINGS: dict[str, Callable[[Experiment], str]] = {
    "Data set": lambda e: data_called(e.dataset),
    "Model": lambda e: called(e.model),
    "Optimizer": lambda e: called(e.compile.optimizer),
    "Loss": lambda e: ", ".join(called(loss) for _, loss in e.compile.losses),
    "Loss weights": lambda e: ", ".join(f"{head} {w:g}" for head, w in e.compile.loss_weights),
    "Metrics": lambda e: ", ".join(called(m) for _, listed in e.compile.metrics for m in listed),
    "Weighted metrics": lambda e: ", ".join(
        called(m) for _, listed in e.compile.weighted_metrics for m in listed
    ),
    "Epochs": lambda e: str(e.epochs),
    "Batch size": lambda e: str(e.batch_size),
    **{w.name.capitalize(): lambda e, f=field: changed(e.fit, f) for field, w in WORDS.items()},
    "In mid-run": lambda e: told(e.rates),
}


def settings(
    runs: Sequence[RunState], names: Sequence[str], race: OnShow | None = None
) -> pd.DataFrame:
    """A row for each variant with its seeds; of a race, those of the other modes too.

    Columns in which no row says anything are left out.
    """
    rows = _rows(runs, names, race.mode if race else "")
    if race:
        for mode in (TUNED, DEFAULTS):
            other = shown(race.race.state, race.race.design, mode, 0.0)
            rows += _rows(other.state.runs, other.names, mode) if mode != race.mode else []
    frame = pd.DataFrame(rows)
    return frame.loc[:, (frame != "").any()]


def _rows(runs: Sequence[RunState], names: Sequence[str], mode: str) -> list[dict[str, str]]:
    rows: dict[str, dict[str, str]] = {}
    for run, name in zip(runs, names, strict=True):
        said = {what: text(run.experiment) for what, text in SETTINGS.items()}
        row = rows.setdefault(name, {"Variant": name, "Mode": mode} | said | {"Seeds": ""})
        row["Seeds"] += f"{', ' if row['Seeds'] else ''}{run.experiment.seed}"
    return list(rows.values())


def calls_html(runs: Sequence[RunState], names: Sequence[str]) -> str:
    """The compile call of each variant."""
    first = dict(zip(reversed(names), (run.experiment for run in reversed(runs)), strict=True))
    return "\n".join(
        f"<h3>{escape(name)}</h3><pre>{escape(compile_call(first[name].compile))}</pre>"
        for name in dict.fromkeys(names)
    )


def versions_html(runs: Sequence[RunState]) -> str:
    """What computed the runs."""
    counts: dict[str, int] = {}
    for run in runs:
        used = run.versions or versions()
        counts[used] = counts.get(used, 0) + 1
    if len(counts) == 1:
        return paragraphs([f"Computed with {next(iter(counts))}."])
    return paragraphs(f"{count} runs computed with {used}." for used, count in counts.items())


def link_html(address: str | None) -> str:
    """The link that sets it up anew, where there is one."""
    if not address:
        return ""
    link = escape(address)
    return f'<p class="small">Set it up anew, to train it again: <a href="{link}">{link}</a></p>'
