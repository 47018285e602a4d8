"""Real Keras callbacks beside a stack: each lane's watch its epochs, and may end or slow it."""

from collections.abc import Callable, Sequence
from typing import Any

import keras
import numpy as np
from keras.src.trainers.compile_utils import MetricsList

from training import build
from training.choice import Choice
from training.columns import metric_names
from training.spec import Experiment

Weights = list[np.ndarray]  # a row of trainable weights, then the non-trainable variables


class Optimizer:
    """What callbacks take for a lane's optimizer: its rate is kept in single precision."""

    def __init__(self, rate: float) -> None:
        self.learning_rate = rate

    def __setattr__(self, name: str, value: float) -> None:
        object.__setattr__(self, name, np.float32(value))


class StandIn:
    """What callbacks take for the model of one lane."""

    def __init__(self, experiment: Experiment, weights: Callable[[], Weights]) -> None:
        self.stop_training = False
        self.restored: Weights | None = None
        self.optimizer = Optimizer(experiment.rate_at(1))
        self.get_weights = weights
        # they tell callbacks whether less or more of a metric is better
        rulers = (*experiment.compile.metrics, *experiment.compile.weighted_metrics)
        self.metrics = [MetricsList(_metrics(listed)) for _, listed in rulers]

    def set_weights(self, weights: Weights) -> None:
        """Keep what the lane is to have in the end."""
        self.restored = weights

    @property
    def rate(self) -> float:
        """The learning rate that the callbacks want, as Keras stores it."""
        return float(self.optimizer.learning_rate)


class Watching:
    """The callbacks of all lanes.

    stopped: lane -> the epoch after which its callbacks ended it.
    """

    def __init__(
        self, experiments: Sequence[Experiment], weights: Callable[[int], Weights]
    ) -> None:
        """experiments: by lane; weights: what a lane has now."""
        self.stopped: dict[int, int] = {}
        self.models: dict[int, StandIn] = {}
        self.callbacks: dict[int, list[keras.callbacks.Callback]] = {}
        for lane, experiment in enumerate(experiments):
            if experiment.fit.callbacks:
                model = StandIn(experiment, lambda lane=lane: weights(lane))
                self.models[lane] = model
                self.callbacks[lane] = [_callback(c, model) for c in experiment.fit.callbacks]

    def after(self, epoch: int, logs: dict[int, dict[str, float]]) -> list[int]:
        """Show lanes their epoch, counted from 1; returns the lanes that end with it."""
        ended = []
        for lane in self.models.keys() & logs.keys() - self.stopped.keys():
            for callback in self.callbacks[lane]:
                callback.on_epoch_end(epoch - 1, dict(logs[lane]))
            if self.models[lane].stop_training:
                self.stopped[lane] = epoch
                ended.append(lane)
        return ended

    def rates(self) -> dict[int, float]:
        """By lane the learning rate that its callbacks want."""
        return {lane: model.rate for lane, model in self.models.items()}

    def restored(self) -> dict[int, Weights]:
        """By lane the weights that its callbacks put in place when training ends."""
        for callbacks in self.callbacks.values():
            for callback in callbacks:
                callback.on_train_end()
        return {i: m.restored for i, m in self.models.items() if m.restored is not None}


def _metrics(listed: Sequence[Choice]) -> list[keras.metrics.Metric]:
    """Metrics by their names; what "accuracy" becomes has the direction of every accuracy."""
    return [
        keras.metrics.Accuracy(name=name)
        if metric.name == "accuracy"
        else build.named_metric(metric, name)
        for metric, name in zip(listed, metric_names(listed), strict=True)
    ]


def _callback(choice: Choice, model: Any) -> keras.callbacks.Callback:
    made = getattr(keras.callbacks, choice.name)(**choice.full("callback"))
    made.set_model(model)
    made.on_train_begin()
    return made
