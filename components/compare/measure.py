"""What rows are measured by over several data sets: numbers from 0 up, of which less is better."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import inf, isfinite, nan

from components.compare.curves import notes
from components.compare.profile import Seeds
from components.compare.verdict import direction
from components.figures.scales import is_share
from components.results import metric_columns
from training.problems import Problem
from training.spec import Experiment
from training.states import RunState

SMALLEST = 1e-6  # a loss below it counts as it: single precision knows nothing smaller of 1


@dataclass(frozen=True)
class Measure:
    """A column of the history; of a share, where higher is better, the error 1 - share is taken."""

    column: str
    error: bool

    @property
    def name(self) -> str:
        """How sentences call it."""
        column = self.column.replace("_", " ")
        return f"validation error 1 - {column}" if self.error else f"validation {column}"

    def of(self, run: RunState) -> float:
        """The finished model's number; infinite if it diverged, NaN if it did not finish."""
        if run.diverged:
            return inf
        finals: Mapping[str, float] = (run.finals or {}).get("validation", {})
        found = finals.get(self.column, nan)
        return 1 - found if self.error else found

    def floor(self, experiment: Experiment) -> float:
        """The smallest number that counts: of an error, half a validation row."""
        if not self.error:
            return SMALLEST
        return 0.5 / experiment.facts.validation_rows


def measures(runs: Sequence[RunState]) -> list[Measure]:
    """The loss where all rows share one, and metrics of which a factor can be told."""
    experiments = [run.experiment for run in runs]
    columns = [*([] if notes(experiments) else ["loss"]), *metric_columns(experiments)]
    found = []
    for column in columns:
        ways = {direction(e, column) for e in experiments if column in e.columns}
        if ways == {"lower"} or (ways == {"higher"} and is_share(column)):
            found.append(Measure(column, ways == {"higher"}))
    return [one for one in found if not any(one.of(run) < 0 for run in runs)]


def numbers(
    runs: Sequence[RunState], names: Sequence[str], problems: Sequence[Problem], measure: Measure
) -> tuple[dict[str, list[Seeds]], list[str]]:
    """By row, a number per seed for each problem; and the rows that lack some."""
    whole: dict[str, list[Seeds]] = {}
    for name in dict.fromkeys(names):
        whole[name] = [
            tuple(measure.of(runs[i]) for i in one.places if names[i] == name) for one in problems
        ]
    lacking = [
        name
        for name, own in whole.items()
        if any(not isfinite(v) and v != inf for seeds in own for v in seeds)
    ]
    return {name: own for name, own in whole.items() if name not in lacking}, lacking
