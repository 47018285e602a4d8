"""A stack under the eyes of its lanes' callbacks: who ends when, and with which weights."""

from collections.abc import Collection, Sequence

import numpy as np

from training.lane_weights import ended_weights, put_weights, weights_of
from training.program import Program
from training.spec import Experiment
from training.watching import Watching, Weights


class Watch:
    """Callbacks of all lanes, asked after every epoch; false where no lane has any."""

    def __init__(self, program: Program, experiments: Sequence[Experiment]) -> None:
        self.program, self.experiments = program, experiments
        self.callbacks = Watching(experiments, lambda lane: weights_of(program, lane))
        self.kept: dict[int, Weights] = {}  # of lanes that ended before the others

    def __bool__(self) -> bool:
        return bool(self.callbacks.models)

    def after(
        self, epoch: int, rows: Sequence[np.ndarray], gone: Collection[int]
    ) -> dict[int, int]:
        """The lanes that end with this epoch, by it. rows: histories, float32 (1, columns)."""
        if not self:
            return {}
        logs = {
            lane: dict(zip(e.columns, map(float, rows[lane][-1]), strict=False))
            for lane, e in enumerate(self.experiments)
            if lane not in gone
        }
        ended = self.callbacks.after(epoch, logs)
        self.kept |= {lane: ended_weights(self.program, lane) for lane in ended}
        return dict.fromkeys(ended, epoch)

    def rates(self) -> dict[int, float]:
        """By lane the learning rate of the next epoch, where a callback lowers it."""
        return {
            lane: rate
            for lane, rate in self.callbacks.rates().items()
            if any(c.name == "ReduceLROnPlateau" for c in self.experiments[lane].fit.callbacks)
        }

    def end(self) -> None:
        """Give lanes the weights that they ended with, or that their callbacks restore."""
        put_weights(self.program, self.kept | self.callbacks.restored())
