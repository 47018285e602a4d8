"""A formula as a whole Keras class in Python, which trains as it does here."""

from collections.abc import Callable, Mapping
from textwrap import indent
from typing import Any

from training.formula.checking import kinds
from training.formula.grammar import GRAMMARS
from training.formula.reading import read
from training.formula.tree import Formula
from training.formula.writing import lines, written

_LOSS = '''class {name}(keras.losses.Loss):
    """A loss of one's own: a value for each row; Keras averages them."""

    def call(self, y_true, y_pred):
{body}
'''
_METRIC = '''class {name}(keras.metrics.Mean):
    """A metric of one's own: the mean over all rows."""

    def __init__(self, name="custom_metric", dtype=None):
        super().__init__(name=name, dtype=dtype)

    def update_state(self, y_true, y_pred, sample_weight=None):
        y_true = keras.ops.cast(y_true, self.dtype)
        y_pred = keras.ops.cast(y_pred, self.dtype)
{body}
'''
_OPTIMIZER = '''class {name}(keras.optimizers.Optimizer):
    """An optimizer of one's own, number by number."""
{build}
    def update_step(self, gradient, variable, learning_rate):
{body}
'''
_BUILD = """
    def build(self, variables):
        if self.built:
            return
        super().build(variables)
{slots}
"""
_SLOTS = 'self.state_{0} = [self.add_variable_from_reference(v, "{0}") for v in variables]'
# What a rule is given, and where it comes from.
_GIVEN = {
    "gradient": "keras.ops.cast(gradient, variable.dtype)",
    "learning_rate": "keras.ops.cast(learning_rate, variable.dtype)",
    "step": "keras.ops.cast(self.iterations + 1, variable.dtype)",
    "weight": "keras.ops.convert_to_tensor(variable)",
}


def class_code(kind: str, name: str, arguments: Mapping[str, Any]) -> str:
    """The class called `name`; `arguments` are all of the choice."""
    formula = read(arguments["formula"], kind)
    numbers = [
        f"{number} = {arguments[number]!r}"
        for number in GRAMMARS[kind].numbers
        if formula.reads(number)
    ]
    write: dict[str, Callable[..., str]] = {"loss": _loss, "metric": _metric}
    if kind in write:
        return write[kind](name, formula, numbers)
    return _optimizer(name, formula, numbers, arguments)


def _loss(name: str, formula: Formula, numbers: list[str]) -> str:
    return _LOSS.format(
        name=name, body=_body([*numbers, *lines(formula), _result("return ", formula)])
    )


def _metric(name: str, formula: Formula, numbers: list[str]) -> str:
    end = "super().update_state(values, sample_weight)"
    body = [*numbers, *lines(formula), _result("values = ", formula), end]
    return _METRIC.format(name=name, body=_body(body))


def _optimizer(
    name: str, formula: Formula, numbers: list[str], arguments: Mapping[str, Any]
) -> str:
    known = kinds(formula, "optimizer", {n: arguments[n] for n in GRAMMARS["optimizer"].numbers})
    given = [f"{own} = {code}" for own, code in _GIVEN.items() if formula.reads(own)]
    slots, ends = [], []
    if formula.state:
        given.append("index = self._get_variable_index(variable)")
    for own in formula.state:
        slots.append(_SLOTS.format(own))
        given.append(f"{own} = keras.ops.convert_to_tensor(self.state_{own}[index])")
        ends.append(f"self.assign(self.state_{own}[index], {_whole(own, known[own].rank)})")
    ends.append(f"self.assign(variable, {_whole('weight', known['weight'].rank)})")
    build = _BUILD.format(slots=_body(slots)) if slots else ""
    body = _body([*given, *numbers, *lines(formula), *ends])
    return _OPTIMIZER.format(name=name, build=build, body=body)


def _whole(name: str, rank: int) -> str:
    return name if rank else f"keras.ops.broadcast_to({name}, variable.shape)"


def _result(start: str, formula: Formula) -> str:
    return start + (written(formula.result) if formula.result else "")


def _body(code: list[str]) -> str:
    return indent("\n".join(code), " " * 8)
