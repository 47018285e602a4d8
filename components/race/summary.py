"""What tuning a race found, as charts, sentences and a table: for the page and for reports."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

import pandas as pd

from components.charts import Chart
from components.compare.rates import trained, widths
from components.figures.sensitivity import sensitivity
from components.figures.slope import slope_chart
from components.progress import number_of
from components.race.budget import budget
from components.race.modes import DEFAULTS, TUNED, row_names
from components.race.ranking import Ranking, correlation, in_words, ranking
from components.sweep import Sweep, sweeps
from training.design import Design
from training.direction import direction
from training.race import defaults, tuned, tuning
from training.spec import Experiment
from training.states import REPEATED, ComparisonState, RunState

Named = Mapping[Experiment, str]  # variant of a trial -> its row
UNFAIR = (
    "One rate for all is unfair: whoever picks the rate picks the winner. "
    "These are the grid's own runs, with the seeds of the grid. Their test numbers are not shown: "
    "the test rows are only for the final number of the rates that were chosen."
)
AIM = "95 % of what the best tuned SGD or Adam reached in the grid, before the tuned rows ran"


@dataclass(frozen=True)
class Summary:
    """A race as far as it has come; sentences are plain text.

    column: what rows are ranked by; trials: the grid's runs; chosen: rates by row, empty until the
    grid has ended;
    before, after: ranks at Keras's rates and tuned, None until the race has ended.
    """

    state: ComparisonState
    design: Design
    column: str
    names: Sequence[str]
    trials: Sequence[RunState]
    swept: Sequence[Sweep]
    lower: bool
    chosen: Mapping[str, float | None]
    before: Ranking | None
    after: Ranking | None

    @property
    def begun(self) -> bool:
        """Whether a trial has an epoch behind it."""
        return bool(self.swept) and any(len(run.history) for run in self.trials)

    def grid_chart(self) -> Chart | None:
        """The result of every row against the rate; None before the first epoch."""
        if not self.begun:
            return None
        figure = sensitivity(self.swept, self.column, trained(self.trials), self.chosen)
        alt = f"Validation {self.column} of {', '.join(self.names)} against the learning rate"
        return Chart("race.sensitivity", figure, alt)

    def grid_words(self) -> str:
        """How to read that chart, and how wide each row's good rates are."""
        if not self.begun:
            return "The first epoch is under way; with it a line for each row begins here."
        rings = "Rings: the rates that were chosen. " * bool(self.chosen)
        n = f"n = {number_of('seed', self.design.race.seeds)} a rate. "
        ended = all(run.ended for run in self.trials)
        return f"{rings}{n}{widths(self.swept, self.lower, ended)}"

    def rank_chart(self) -> Chart | None:
        """Ranks from defaults to tuned; None until the race has ended."""
        if not (self.before and self.after):
            return None
        values = self.before.values, self.after.values
        figure = slope_chart(*values, (DEFAULTS, TUNED), self.lower)
        return Chart("race.slope", figure, "Ranks at Keras's defaults and tuned")

    def rank_words(self) -> str:
        """The rank correlation and what it means; "" where there is none."""
        if not (self.before and self.after):
            return ""
        value = correlation(self.before, self.after)
        if not isfinite(value):
            return ""
        return (
            f"Rank correlation (Spearman) of the two: {value:.2f}, {in_words(value)}. Ranks "
            "follow interquartile means; the verdict below says which differences are sure."
        )

    def edges(self) -> list[str]:
        """Of which rows the grid may have missed the best rate."""
        rates, said = self.design.race.rates, []
        for rate, side in ((rates[0], "lowest"), (rates[-1], "highest")):
            rows = [name for name, own in self.chosen.items() if own == rate]
            if rows:
                said.append(
                    f"Best at the grid's {side} rate, {rate:g}: {', '.join(rows)}. A better one "
                    "may lie beyond. Widen the grid and race again."
                )
        return said

    def budget(self) -> pd.DataFrame | None:
        """What each row took and brought; None until the race has ended."""
        if not (self.before and self.after):
            return None
        both = self.before, self.after
        return budget(self.design, self.names, self.swept, *both, self.lower)

    def method(self) -> str:
        """How rates were chosen, of which seeds the numbers are, and what times are taken to."""
        design, aim = self.design, ""
        if design.target:
            how = AIM if design.race.aimed else "set before the race"
            aim = f" Times are taken to {design.target.text}, {how}."
        return (
            f"Rates were chosen by the validation loss after the last epoch with seed "
            f"{design.base.seed}; the numbers are those of {design.seeds} other seeds. The test "
            f"rows had no say. Trials are the runs that choosing the rate took.{aim}"
        )


@dataclass(frozen=True)
class OnShow:
    """Which runs of a race are shown: those of a mode; `title` is the mode with what it cost."""

    race: Summary
    mode: str
    title: str


def summary(state: ComparisonState, design: Design, column: str) -> Summary:
    """What is known of a race by now; `column` is what its rows are ranked by."""
    names = row_names(design)
    named = {e.variant: names[i] for (i, _), e in design.trials.items()}
    lower = direction(state.runs[0].experiment, column) != "higher"
    chosen = dict(zip(names, design.race.chosen, strict=True)) if design.race.chosen else {}
    trials, called = _those(state, tuning(design), named)
    swept = sweeps(trials, called, column)
    before = after = None
    if chosen and state.ended and not any(run.status in REPEATED for run in state.runs):
        before, after = (
            ranking(*_those(state, wanted, named), column, lower)
            for wanted in (defaults(design), tuned(design))
        )
    return Summary(state, design, column, names, trials, swept, lower, chosen, before, after)


def _those(
    state: ComparisonState, wanted: Sequence[Experiment], named: Named
) -> tuple[list[RunState], list[str]]:
    """The wanted runs as far as there are any, and the row of each."""
    asked = set(wanted)
    runs = [run for run in state.runs if run.experiment in asked]
    return runs, [named[run.experiment.variant] for run in runs]
