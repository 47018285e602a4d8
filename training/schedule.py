"""The learning rates of a stack's lanes: by epoch or, where schedules decide, by step."""

from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np

from training.lanes import RowLanes, ShapedLanes
from training.rate_table import planned
from training.scheduled import schedule_of
from training.spec import Experiment


class Schedule:
    """What every lane's rate is, and how far the lanes can train before one of them changes.

    batches: steps of one epoch.
    lowered: rates that callbacks have set, by lane.
    """

    def __init__(self, experiments: Sequence[Experiment], batches: int) -> None:
        self.experiments, self.batches = experiments, batches
        self.changes = sorted({epoch for e in experiments for epoch, _ in e.rates})
        self.lowered: dict[int, float] = {}
        self.last = 0  # the epoch that they were given last
        self.stale = False  # whether optimizers do not have all of them yet
        self.plans = [schedule_of(e.compile.optimizer) for e in experiments]

    def at(self, epoch: int) -> list[float]:
        """One learning rate a lane."""
        return [self.lowered.get(i, e.rate_at(epoch)) for i, e in enumerate(self.experiments)]

    def lower(self, rates: Mapping[int, float]) -> None:
        """From the next epoch on, lanes have these rates."""
        self.stale = self.stale or any(self.lowered.get(i) != r for i, r in rates.items())
        self.lowered |= rates

    def change(
        self, groups: Sequence[Sequence[RowLanes | ShapedLanes]], epoch: int, epochs: int
    ) -> None:
        """Give the optimizers the rates of the next `epochs` epochs, from `epoch` on."""
        first, at = (epoch - 1) * self.batches, 0
        # one step more: at the end of an epoch, Keras reports the rate of the step to come
        steps = epochs * self.batches + 1
        tables = {plan: planned(plan, first, steps) for plan in {*self.plans} - {None}}
        for lanes in chain.from_iterable(groups):
            own = slice(at, at + lanes.count)
            if lanes.table:
                lanes.table.assign(np.stack([tables[plan] for plan in self.plans[own]]), first)
            elif epoch in self.changes or self.stale:
                lanes.change(self.at(epoch)[own])
            at += lanes.count
        self.stale, self.last = False, epoch + epochs - 1

    def until(self, epoch: int) -> int:
        """The last epoch with the rates of `epoch`."""
        later = (change - 1 for change in self.changes if change > epoch)
        return next(later, self.experiments[0].epochs)
