"""What the numbers of a table of results are: of which model, and over which seeds."""

from collections.abc import Collection, Sequence

from components.compare.measures import TO_TARGET, Column, withheld
from components.compare.table import SPREAD
from training.restored import restored
from training.states import RESULTS, RunState

TESTED = "the test rows were never looked at before"


def evaluated(runs: Sequence[RunState]) -> str:
    """Whose numbers they are when all has ended; a run that was stopped has those of its curve."""
    stopped = any(run.status not in RESULTS for run in runs)
    if not any(run.finals for run in runs) and stopped:
        return "No run has finished, so each has the numbers of the last epoch that it trained."
    back = any(map(restored, runs))
    weights = ", or the best one where its weights were restored" if back else ""
    said = f"As `model.evaluate` says after the last epoch{weights}" + (
        "." if withheld(runs) else f"; {TESTED}."
    )
    if stopped:
        said += " A stopped run has the numbers of the last epoch that it trained, and none of test"
        said += " rows; no row with one is marked as the best."
    return said


def summed_up(columns: Sequence[Column], shown: Collection[str], seeds: int) -> str:
    """How the numbers of seeds were put together in the columns that are shown; "" for one seed."""
    if seeds < 2:
        return ""
    middle = [c.name for c in columns if c.name in shown and (c.middle or c.group == TO_TARGET)]
    medians = f"; medians: {', '.join(middle)}" if middle else ""
    return f"Mean over n of {seeds} seeds, {SPREAD} one standard deviation of them{medians}."
