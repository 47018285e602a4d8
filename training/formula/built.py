"""Losses, metrics and optimizers that are formulas, as real Keras objects.

They have the names and the configuration of the classes that `classes` writes, so that a saved
model loads beside those.
"""

from collections.abc import Mapping
from typing import Any

import keras

from training.formula.checking import kinds
from training.formula.grammar import GRAMMARS
from training.formula.reading import read
from training.formula.running import run


def numbers_of(kind: str, arguments: Mapping[str, Any]) -> dict[str, float]:
    """The numbers beside a formula, by name, from all arguments of the choice."""
    return {name: arguments[name] for name in GRAMMARS[kind].numbers}


class CustomLoss(keras.losses.Loss):
    """A loss from a formula: one value for each row, or for each output of it."""

    def __init__(self, arguments: Mapping[str, Any]) -> None:
        super().__init__(name="custom_loss")
        self.formula = read(arguments["formula"], "loss")
        self.numbers = numbers_of("loss", arguments)

    def call(self, y_true: Any, y_pred: Any) -> Any:
        """Values, float32 (N,) or (N, k), of tensors that Keras has cast."""
        return run(self.formula, {"y_true": y_true, "y_pred": y_pred, **self.numbers})["="]


class CustomMetric(keras.metrics.Mean):
    """The mean over all rows of a formula."""

    def __init__(self, arguments: Mapping[str, Any], name: str = "custom_metric") -> None:
        super().__init__(name=name)
        self.formula = read(arguments["formula"], "metric")
        self.numbers = numbers_of("metric", arguments)

    def update_state(self, y_true: Any, y_pred: Any, sample_weight: Any = None) -> None:
        """Take in the values of one batch."""
        y_true = keras.ops.cast(y_true, self.dtype)
        y_pred = keras.ops.cast(y_pred, self.dtype)
        values = run(self.formula, {"y_true": y_true, "y_pred": y_pred, **self.numbers})["="]
        super().update_state(values, sample_weight)


class CustomOptimizer(keras.optimizers.Optimizer):
    """An update rule from a formula; what it remembers has a slot for each weight, first 0."""

    def __init__(self, arguments: Mapping[str, Any]) -> None:
        numbers = numbers_of("optimizer", arguments)
        own = ("formula", *numbers)
        super().__init__(**{name: v for name, v in arguments.items() if name not in own})
        self.formula = read(arguments["formula"], "optimizer")
        self.numbers = numbers
        known = kinds(self.formula, "optimizer", numbers)
        self.alike = {n for n in ("weight", *self.formula.state) if known[n].rank == 0}

    def build(self, variables: Any) -> None:
        """Slots, all 0."""
        if self.built:
            return
        super().build(variables)
        for name in self.formula.state:
            slots = [self.add_variable_from_reference(v, name) for v in variables]
            setattr(self, f"state_{name}", slots)

    def update_step(self, gradient: Any, variable: Any, learning_rate: Any) -> None:
        """One step of one variable."""
        dtype, index = variable.dtype, self._get_variable_index(variable)
        slots = {name: getattr(self, f"state_{name}")[index] for name in self.formula.state}
        given = {
            "weight": keras.ops.convert_to_tensor(variable),
            "gradient": keras.ops.cast(gradient, dtype),
            "learning_rate": keras.ops.cast(learning_rate, dtype),
            "step": keras.ops.cast(self.iterations + 1, dtype),
            **self.numbers,
            **{name: keras.ops.convert_to_tensor(slot) for name, slot in slots.items()},
        }
        made = run(self.formula, given)
        for name, slot in {**slots, "weight": variable}.items():
            value = made[name]
            if name in self.alike:  # one number for all weights
                value = keras.ops.broadcast_to(value, variable.shape)
            self.assign(slot, value)
