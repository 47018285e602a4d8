"""What is said of a comparison of which no row has trained, in place of charts without curves."""

from collections import Counter
from collections.abc import Sequence

from training.states import RunState

WHY = {
    "failed": ("failed, and the reason stands above", "failed, and the reasons stand above"),
    "interrupted": ("was interrupted, as said above", "were interrupted, as said above"),
    "cancelled": ("was stopped before its first epoch", "were stopped before their first epoch"),
}


def untrained(runs: Sequence[RunState]) -> str:
    """One sentence once all runs have ended without an epoch, else ""."""
    if any(not run.ended or len(run.history) or run.diverged for run in runs):
        return ""
    counts = Counter(run.status for run in runs if run.status in WHY)
    parts = [
        f"{f'all {count}' if count == len(runs) > 1 else count} run{'s' * (count > 1)} "
        f"{WHY[status][count > 1]}"
        for status, count in counts.items()
    ]
    return (
        "No row has trained, so there are no curves, no proof and no numbers: "
        f"{'; '.join(parts)}. Change the set-up and press Train."
    )
