"""The arguments of `model.compile` as Keras objects, and a model that carries a run's state."""

import re
from collections import Counter
from typing import Any

import keras
import numpy as np

from training import build
from training.columns import metric_names
from training.custom import class_names
from training.layers import architecture
from training.loss_weights import argument
from training.scheduled import schedule_of
from training.slots import counters, optimizer_of, slot_lists, slots
from training.spec import Experiment
from training.stack import Stack


def compile_arguments(experiment: Experiment) -> dict[str, Any]:
    """Optimizer, loss and metrics exactly as the shown `compile` call says."""
    made = experiment.compile
    own = class_names(made)
    losses = {
        head: _called(build.loss(choice), own.get(("loss", choice))) for head, choice in made.losses
    }
    metrics, weighted = (
        {
            head: [
                "accuracy"
                if metric.name == "accuracy"
                else _called(build.named_metric(metric, name), own.get(("metric", metric)))
                for metric, name in zip(listed, metric_names(listed), strict=True)
            ]
            for head, listed in every
        }
        for every in (made.metrics, made.weighted_metrics)
    )
    several = len(losses) > 1
    return {
        "optimizer": build.optimizer(made.optimizer),
        "loss": losses if several else next(iter(losses.values())),
        "metrics": metrics if several else next(iter(metrics.values())),
        "weighted_metrics": (weighted if several else next(iter(weighted.values())))
        if weighted
        else None,
        "loss_weights": argument(made.loss_weights),
    }


def _called(made: Any, name: str | None) -> Any:
    """The object, its class called as in the shown code: by this name a saved model finds it."""
    if name and name != type(made).__name__:
        made.__class__ = type(name, (type(made),), {})
    return made


def model_of(stack: Stack) -> keras.Model:
    """A plain compiled model with weights and optimizer as the stack's first lane has them now."""
    experiment = stack.experiments[0]
    model = build.model(architecture(experiment), experiment.seed)
    for layer, name in zip(model.layers, layer_names(model), strict=True):
        layer.name = name
    carry(model, stack)
    model.compile(**compile_arguments(experiment))
    model.optimizer.build(model.trainable_variables)
    lanes = stack.program.lanes[0][0]
    kept = slots(lanes, stack.program.shapes)
    for name, variables in slot_lists(model.optimizer).items():
        for variable, value in zip(variables, kept[name], strict=True):
            if variable is not None:
                variable.assign(value)
    trained = counters(optimizer_of(lanes))
    for name, variable in counters(model.optimizer).items():
        variable.assign(trained[name])
    if not schedule_of(experiment.compile.optimizer):  # may have changed on the way
        model.optimizer.learning_rate = stack.rates.at(stack.rates.last)[0]
    return model


def carry(model: keras.Model, stack: Stack) -> None:
    """Give a model of the same layers the first lane's weights and non-trainable variables."""
    row = stack.program.rows().numpy()[0]
    sizes = [int(np.prod(v.shape)) for v in model.trainable_variables]
    for variable, part in zip(
        model.trainable_variables, np.split(row, np.cumsum(sizes)[:-1]), strict=True
    ):
        variable.assign(part.reshape(variable.shape))
    for variable, kept in zip(model.non_trainable_variables, stack.program.state[0], strict=True):
        variable.assign(kept[0])


def layer_names(model: keras.Model) -> list[str]:
    """Names of the layers as in a new session, where Keras begins to count anew."""
    bases = [re.sub(r"_\d+$", "", layer.name) for layer in model.layers]
    seen: Counter[str] = Counter()
    names = []
    for base in bases:
        names.append(f"{base}_{seen[base]}" if seen[base] else base)
        seen[base] += 1
    return names
