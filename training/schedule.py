"""The learning rates of a stack's lanes, epoch by epoch."""

from collections.abc import Sequence
from itertools import chain

from training.lanes import RowLanes, ShapedLanes
from training.spec import Experiment


class Schedule:
    """What every lane's rate is, and how far the lanes can train before one of them changes."""

    def __init__(self, experiments: Sequence[Experiment]) -> None:
        self.experiments = experiments
        self.changes = sorted({epoch for e in experiments for epoch, _ in e.rates})

    def at(self, epoch: int) -> list[float]:
        """One learning rate a lane."""
        return [e.rate_at(epoch) for e in self.experiments]

    def change(self, groups: Sequence[Sequence[RowLanes | ShapedLanes]], epoch: int) -> None:
        """Give the optimizers the rates of an epoch, if a lane's rate changes there."""
        if epoch not in self.changes:
            return
        rates = self.at(epoch)
        for lanes in chain.from_iterable(groups):
            count = lanes.rows().shape[0]
            lanes.change(rates[:count])
            rates = rates[count:]

    def until(self, epoch: int) -> int:
        """The last epoch with the rates of `epoch`."""
        later = (change - 1 for change in self.changes if change > epoch)
        return next(later, self.experiments[0].epochs)
