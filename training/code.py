"""A compile choice as Python: what the code panel shows and the exported script runs."""

from collections.abc import Mapping, Sequence
from typing import Any

from training.catalog import ENTRIES, entry, required
from training.columns import metric_names
from training.custom import Names, call_arguments, class_names, definitions
from training.formula.letters import one_line
from training.layers import Architecture, Layer
from training.rates import Rates
from training.spec import Choice, Compile, Experiment
from training.weights_code import fit_arguments

LONG = 80  # characters of a call, before it is broken


def compile_call(compiled: Compile) -> str:
    """The exact `model.compile(...)`, below the classes of formulas that it uses."""
    classes = [f"{code}\n" for code in definitions(compiled).values()]
    return "\n".join([*classes, bare_call(compiled)])


def bare_call(compiled: Compile) -> str:
    """`model.compile(...)` alone, with keyword arguments only."""
    several, own = len(compiled.losses) > 1, class_names(compiled)
    optimizer = _broken(
        optimizer_code(compiled.optimizer, own), _optimizer_params(compiled.optimizer), 4
    )
    losses = {head: loss_code(choice, own) for head, choice in compiled.losses}
    metrics = {head: _metrics(listed, own) for head, listed in compiled.metrics}
    loss = _mapping(losses) if several else next(iter(losses.values()))
    metric = _mapping(metrics) if several else next(iter(metrics.values()))
    weights = {head: repr(weight) for head, weight in compiled.loss_weights}
    weighed = f"    loss_weights={_mapping(weights)},\n" if weights else ""
    return (
        f"model.compile(\n    optimizer={optimizer},\n    loss={loss},\n"
        f"{weighed}    metrics={metric},\n{_weighted(compiled, own)})"
    )


def called(choice: Choice) -> str:
    """A choice as a call with what was changed, without its module: Adam(learning_rate=0.01)."""
    return _call(choice.name, choice.params) if choice.params else choice.name


def optimizer_code(choice: Choice, own: Names) -> str:
    """The optimizer with its changed arguments; the learning rate is always written out.

    `own` has the names of classes that are not Keras's, here and below.
    """
    name = own.get(("optimizer", choice), f"keras.optimizers.{choice.name}")
    return _call(name, _optimizer_params(choice))


def _optimizer_params(choice: Choice) -> dict[str, Any]:
    rate = {"learning_rate": choice.full("optimizer")["learning_rate"]}
    return rate | call_arguments("optimizer", choice)


def loss_code(choice: Choice, own: Names) -> str:
    """The loss with its changed arguments."""
    name = own.get(("loss", choice), f"keras.losses.{choice.name}")
    return _call(name, call_arguments("loss", choice))


def metric_code(choice: Choice, own: Names, name: str = "") -> str:
    """The metric with its changed and its required arguments, and a name where one is needed."""
    if choice.name == "accuracy" and not name:
        return '"accuracy"'
    given = required(entry("metric", choice.name)) | call_arguments("metric", choice)
    called = own.get(("metric", choice), f"keras.metrics.{choice.name}")
    return _call(called, given | ({"name": name} if name else {}))


def model_code(architecture: Architecture) -> str:
    """The functional model, layer by layer."""
    lines, name = [f"inputs = keras.Input({architecture.shape!r})"], "inputs"
    for layer in architecture.trunk:
        lines.append(f"h = {_broken(layer_code(layer), layer.params)}({name})")
        name = "h"
    ends = {
        head: f"{_broken(layer_code(last), last.params, indent)}({name})"
        for indent in [4 * (len(architecture.heads) > 1)]
        for head, (last,) in architecture.heads
    }
    if len(ends) == 1:
        return "\n".join([*lines, f"outputs = {ends.popitem()[1]}", MODEL])
    return "\n".join([*lines, f"outputs = {_mapping(ends, '')}", MODEL])


MODEL = "model = keras.Model(inputs, outputs)"


def layer_code(layer: Layer) -> str:
    """One layer with its arguments."""
    return _call(f"keras.layers.{layer.name}", layer.params)


def fit_call(experiment: Experiment) -> str:
    """The `fit` that belongs to it, for reading beside the compile call."""
    callbacks = callbacks_code(experiment.rates)
    shuffle = "" if experiment.fit.shuffle else "    shuffle=False,\n"
    return (
        "history = model.fit(\n"
        "    x_train, y_train,\n"
        f"    epochs={experiment.epochs}, batch_size={experiment.batch_size},\n"
        "    validation_data=(x_val, y_val),\n"
        f"{shuffle}{fit_arguments(experiment)}{callbacks}"
        ")"
    )


def callbacks_code(changes: Rates) -> str:
    """The argument of `fit` that changes the learning rate in mid-run, or "" where none does.

    Keras counts epochs from 0 here.
    """
    if not changes:
        return ""
    table = ", ".join(f"{epoch - 1}: {rate!r}" for epoch, rate in changes)
    return (
        "    callbacks=[\n"
        "        keras.callbacks.LearningRateScheduler(\n"
        f"            lambda epoch, rate: {{{table}}}.get(epoch, rate)  # epochs from 0\n"
        "        )\n"
        "    ],\n"
    )


def _weighted(compiled: Compile, own: Names) -> str:
    """The argument `weighted_metrics`, or ""."""
    if not compiled.weighted_metrics:
        return ""
    plain = dict(compiled.metrics)
    codes = {
        head: _metrics(listed, own, metric_names(plain[head]))
        for head, listed in compiled.weighted_metrics
    }
    said = _mapping(codes) if len(codes) > 1 else next(iter(codes.values()))
    return f"    weighted_metrics={said},\n"


def _metrics(listed: tuple[Choice, ...], own: Names, taken: Sequence[str] = ()) -> str:
    """A list of metrics; names are written out where Keras would count on from those `taken`."""
    names, known = metric_names(listed), {*taken} - {"accuracy"}
    usual = [metric_names((metric,))[0] for metric in listed]
    codes = [
        metric_code(metric, own, "" if name == plain and name not in known else name)
        for metric, name, plain in zip(listed, names, usual, strict=True)
    ]
    if sum(map(len, codes)) < 60:
        return f"[{', '.join(codes)}]"
    return "[\n" + "".join(f"        {code},\n" for code in codes) + "    ]"


def _mapping(codes: Mapping[str, str], indent: str = "    ") -> str:
    inner = "".join(f"{indent}    {key!r}: {code},\n" for key, code in codes.items())
    return "{\n" + inner.replace("'", '"') + indent + "}"


def _call(name: str, params: Mapping[str, Any]) -> str:
    return f"{name}({', '.join(f'{k}={_value(v)}' for k, v in params.items())})"


def _broken(call: str, params: Mapping[str, Any], indent: int = 0) -> str:
    """`call`, whose arguments are `params`, with a line for each if one line is too long."""
    if len(call) + indent < LONG:
        return call
    name = call.split("(", 1)[0]
    inner = "".join(
        f"{' ' * indent}    {k}={_line(v, indent + 4, len(k))},\n" for k, v in params.items()
    )
    return f"{name}(\n{inner}{' ' * indent})"


def _value(value: Any) -> str:
    match value:
        case Choice():
            return _nested(value)
        case tuple():
            return repr(list(value))
        case str():
            return '"' + one_line(value) + '"'
        case _:
            return repr(value)


def _line(value: Any, indent: int, before: int) -> str:
    """An argument on a line of its own, after `before` characters of its name."""
    if not isinstance(value, Choice):
        return _value(value)
    called, params = _value(value), _given(value)
    return called if len(called) + indent + before < LONG else _broken(called, params, indent)


def _nested(choice: Choice) -> str:
    """A choice inside another one: a regularizer or a schedule."""
    place = "optimizers.schedules" if choice.name in ENTRIES["schedule"] else "regularizers"
    return _call(f"keras.{place}.{choice.name}", _given(choice))


def _given(choice: Choice) -> dict[str, Any]:
    """What a nested choice's call says: of a schedule also all that Keras demands."""
    if choice.name not in ENTRIES["schedule"]:
        return dict(choice.params)
    found = entry("schedule", choice.name)
    given = required(found) | dict(choice.params)
    return {a.name: given[a.name] for a in found.arguments if a.name in given}
