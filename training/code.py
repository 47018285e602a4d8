"""A compile choice as Python: what the code panel shows and the exported script runs."""

from collections.abc import Sequence
from typing import Any

from training.call_code import broken, call, mapping
from training.catalog import entry, required
from training.columns import metric_names
from training.custom import Names, call_arguments, class_names, definitions
from training.layers import Architecture, Layer
from training.spec import Choice, Compile


def compile_call(compiled: Compile) -> str:
    """The exact `model.compile(...)`, below the classes of formulas that it uses."""
    classes = [f"{code}\n" for code in definitions(compiled).values()]
    return "\n".join([*classes, bare_call(compiled)])


def bare_call(compiled: Compile) -> str:
    """`model.compile(...)` alone, with keyword arguments only."""
    several, own = len(compiled.losses) > 1, class_names(compiled)
    optimizer = broken(
        optimizer_code(compiled.optimizer, own), optimizer_params(compiled.optimizer), 4
    )
    losses = {head: loss_code(choice, own) for head, choice in compiled.losses}
    metrics = {head: _metrics(listed, own) for head, listed in compiled.metrics}
    loss = mapping(losses) if several else next(iter(losses.values()))
    metric = mapping(metrics) if several else next(iter(metrics.values()))
    weights = {head: repr(weight) for head, weight in compiled.loss_weights}
    times = mapping(weights) if several else next(iter(weights.values()), "")
    weighed = f"    loss_weights={times},\n" if weights else ""
    return (
        f"model.compile(\n    optimizer={optimizer},\n    loss={loss},\n"
        f"{weighed}    metrics={metric},\n{_weighted(compiled, own)})"
    )


def called(choice: Choice) -> str:
    """A choice as a call with what was changed, without its module: Adam(learning_rate=0.01)."""
    return call(choice.name, choice.params) if choice.params else choice.name


def optimizer_code(choice: Choice, own: Names) -> str:
    """The optimizer with its changed arguments; the learning rate is always written out.

    `own` has the names of classes that are not Keras's, here and below.
    """
    name = own.get(("optimizer", choice), f"keras.optimizers.{choice.name}")
    return call(name, optimizer_params(choice))


def optimizer_params(choice: Choice) -> dict[str, Any]:
    rate = {"learning_rate": choice.full("optimizer")["learning_rate"]}
    return rate | call_arguments("optimizer", choice)


def loss_code(choice: Choice, own: Names) -> str:
    """The loss with its changed arguments."""
    name = own.get(("loss", choice), f"keras.losses.{choice.name}")
    return call(name, call_arguments("loss", choice))


def metric_code(choice: Choice, own: Names, name: str = "") -> str:
    """The metric with its changed and its required arguments, and a name where one is needed."""
    if choice.name == "accuracy" and not name:
        return '"accuracy"'
    given = required(entry("metric", choice.name)) | call_arguments("metric", choice)
    called = own.get(("metric", choice), f"keras.metrics.{choice.name}")
    return call(called, given | ({"name": name} if name else {}))


def model_code(architecture: Architecture) -> str:
    """The functional model, layer by layer."""
    lines, name = [f"inputs = keras.Input({architecture.shape!r})"], "inputs"
    for layer in architecture.trunk:
        lines.append(f"h = {broken(layer_code(layer), layer.params)}({name})")
        name = "h"
    ends = {
        head: f"{broken(layer_code(last), last.params, indent)}({name})"
        for indent in [4 * (len(architecture.heads) > 1)]
        for head, (last,) in architecture.heads
    }
    if len(ends) == 1:
        return "\n".join([*lines, f"outputs = {ends.popitem()[1]}", MODEL])
    return "\n".join([*lines, f"outputs = {mapping(ends, '')}", MODEL])


MODEL = "model = keras.Model(inputs, outputs)"


def layer_code(layer: Layer) -> str:
    """One layer with its arguments."""
    return call(f"keras.layers.{layer.name}", layer.params)


def _weighted(compiled: Compile, own: Names) -> str:
    """The argument `weighted_metrics`, or ""."""
    if not compiled.weighted_metrics:
        return ""
    plain = dict(compiled.metrics)
    codes = {
        head: _metrics(listed, own, metric_names(plain[head]))
        for head, listed in compiled.weighted_metrics
    }
    said = mapping(codes) if len(codes) > 1 else next(iter(codes.values()))
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
