"""The compile check of all rows of a comparison, before they are trained and after."""

from collections.abc import Collection, Sequence

from components.plain import plain
from training.checker import ABOUT, check, held, worst
from training.spec import Experiment
from training.states import RunState

SIGNS = {
    "works": ":orange[:material/info:",
    "raises": ":red[:material/error:",
    "silently wrong": ":orange[:material/warning:",
}


def before(experiments: Sequence[Experiment], names: Sequence[str]) -> list[str]:
    """A line of Markdown for each thing that is wrong, with the rows it is wrong in.

    One line that says so when nothing is. Seeds of a row are checked once on each data set.
    """
    rows = list(dict.fromkeys(names))
    said: dict[tuple[str, str, str], dict[str, None]] = {}
    pairs = zip(names, (e.variant for e in experiments), strict=True)
    for name, experiment in dict.fromkeys(pairs):
        for found in check(experiment):
            spoken = found.about.endswith("loss") or found.about in ABOUT
            if found.severity != "works" or (found.why and spoken):
                said.setdefault((found.severity, found.about, found.why), {})[name] = None
    if not said:
        return [f":green[:material/check_circle:] Compile check: works in {_all(rows)}."]
    return [
        f"{SIGNS[severity]} {plain(_rows(who, rows))}, {plain(about)} {severity}: {plain(why)}]"
        for (severity, about, why), who in said.items()
    ]


def after(runs: Sequence[RunState], names: Sequence[str]) -> str:
    """What the check had said, held against what happened to the rows; "" until all have ended."""
    if not all(run.ended for run in runs):
        return ""
    known = [(name, run, held(run)) for name, run in zip(names, runs, strict=True)]
    missed = {f"{name}: {sentence}": None for name, _, (right, sentence) in known if not right}
    if missed:
        return " ".join(missed)
    if not any(sentence for _, _, (_, sentence) in known):
        return ""
    if any(worst(check(run.experiment.variant)) != "works" for run in runs):
        return "All rows ended as the compile check foretold."
    return "All rows ended as the compile check foretold: without an error."


def _all(rows: Sequence[str]) -> str:
    return "the one row" if len(rows) == 1 else f"all {len(rows)} rows"


def _rows(who: Collection[str], rows: Sequence[str]) -> str:
    return _all(rows) if len(who) == len(rows) > 1 else ", ".join(who)
