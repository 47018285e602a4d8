"""A model as plain data: the layers that a choice of model, data set and loss leads to.

The same list builds the Keras model, writes the exported script, draws the picture and counts the
parameters, so these cannot disagree.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import prod
from types import MappingProxyType
from typing import Any

from datasets import Head
from datasets.labels import FORMS
from training import outputs
from training.catalog import Needs
from training.spec import Choice, Experiment


@dataclass(frozen=True)
class Layer:
    """One Keras layer: class name and keyword arguments."""

    name: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "params", MappingProxyType(dict(self.params)))

    def __hash__(self) -> int:
        return hash((self.name, tuple(self.params.items())))


@dataclass(frozen=True)
class Architecture:
    """Input shape, shared layers, and for each head its own layers (the last one is the output)."""

    shape: tuple[int, ...]
    trunk: tuple[Layer, ...]
    heads: tuple[tuple[str, tuple[Layer, ...]], ...]

    def scoring(self, head: int) -> str:
        """The activation between what Keras keeps as a head's raw scores and its predictions."""
        activation = self.heads[head][1][-1].params.get("activation", "linear")
        return activation if activation in {"sigmoid", "softmax"} else "linear"


def head_needs(experiment: Experiment, head: Head) -> Needs:
    """What a head's loss asks of labels and last layer; what the task asks if it fits none."""
    return outputs.asked(_loss(experiment, head), head)


def labels_form(experiment: Experiment, head: Head) -> str:
    """How this head's labels are written: as chosen, or as the loss needs them."""
    chosen = experiment.dataset.params.get("labels", "auto")
    return chosen if chosen in FORMS[head.task] else head_needs(experiment, head).labels[0]


def output_units(experiment: Experiment, head: Head) -> int:
    """Units of the head's last layer: as chosen, or as the loss needs them."""
    return outputs.units(experiment.model, _loss(experiment, head), head)


def natural_units(experiment: Experiment, head: Head) -> int:
    """Units that the head's loss needs."""
    return outputs.natural_units(_loss(experiment, head), head)


def _loss(experiment: Experiment, head: Head) -> Choice:
    return dict(experiment.compile.losses)[head.name]


def architecture(experiment: Experiment) -> Architecture:
    """The layers of an experiment's model."""
    params = experiment.model.full("model")
    shape = experiment.facts.shape
    trunk = {"mlp": _mlp, "linear": _linear, "cnn": _cnn}[experiment.model.name](params, shape)
    heads = []
    for head in experiment.facts.heads:
        activation = params["output_activation"]
        if activation == "auto":
            activation = head_needs(experiment, head).activation
        dense = _dense(output_units(experiment, head), activation, params)
        if len(experiment.facts.heads) > 1:
            dense = Layer(dense.name, {**dense.params, "name": head.name})
        heads.append((head.name, (dense,)))
    return Architecture(shape, tuple(trunk), tuple(heads))


def _dense(units: int, activation: str, params: Mapping[str, Any]) -> Layer:
    made: dict[str, Any] = {"units": units}
    if activation != "linear":
        made["activation"] = activation
    return Layer("Dense", made | _weights(params))


def _weights(params: Mapping[str, Any]) -> dict[str, Any]:
    """Arguments that every layer with a kernel shares."""
    made: dict[str, Any] = {}
    if params.get("initializer", "glorot_uniform") != "glorot_uniform":
        made["kernel_initializer"] = params["initializer"]
    if params.get("l2"):
        made["kernel_regularizer"] = Choice("L2", {"l2": params["l2"]})
    return made


def _mlp(params: Mapping[str, Any], shape: tuple[int, ...]) -> list[Layer]:
    layers = [Layer("Flatten")] if len(shape) > 1 else []
    for units in params["hidden"]:
        if params["batch_normalization"]:
            # before the activation and without bias, as in Ioffe & Szegedy 2015 (arXiv 1502.03167):
            # normalisation cancels a bias, whose gradient would be rounding noise
            layers += [
                Layer("Dense", {"units": units, "use_bias": False, **_weights(params)}),
                Layer("BatchNormalization"),
                Layer("Activation", {"activation": params["activation"]}),
            ]
        else:
            layers.append(_dense(units, params["activation"], params))
        if params["dropout"]:
            layers.append(Layer("Dropout", {"rate": params["dropout"]}))
    return layers


def _linear(params: Mapping[str, Any], shape: tuple[int, ...]) -> list[Layer]:
    return [Layer("Flatten")] if len(shape) > 1 else []


def _cnn(params: Mapping[str, Any], shape: tuple[int, ...]) -> list[Layer]:
    layers = []
    for filters in params["filters"]:
        size = {"filters": filters, "kernel_size": params["kernel"], "padding": "same"}
        layers.append(
            Layer("Conv2D", {**size, "activation": params["activation"], **_weights(params)})
        )
        if params["pool"]:
            layers.append(Layer("MaxPooling2D"))
    layers.append(Layer("Flatten"))
    if params["dense"]:
        layers.append(_dense(params["dense"], params["activation"], params))
    if params["dropout"]:
        layers.append(Layer("Dropout", {"rate": params["dropout"]}))
    return layers


@dataclass(frozen=True)
class Size:
    """A layer with the shape it puts out and how many parameters it holds (trainable and not)."""

    layer: Layer
    shape: tuple[int, ...]
    parameters: int


def sizes(shape: tuple[int, ...], layers: tuple[Layer, ...]) -> list[Size]:
    """Output shapes and parameter counts of a chain of layers that starts from `shape`."""
    found = []
    for layer in layers:
        p = layer.params
        match layer.name:
            case "Flatten":
                shape, count = (prod(shape),), 0
            case "Dense":
                count = (shape[-1] + p.get("use_bias", True)) * p["units"]
                shape = (*shape[:-1], p["units"])
            case "Conv2D":
                count = (shape[-1] * p["kernel_size"] ** 2 + 1) * p["filters"]
                shape = (*shape[:-1], p["filters"])
            case "MaxPooling2D":
                shape, count = (shape[0] // 2, shape[1] // 2, shape[2]), 0
            case "BatchNormalization":
                count = 4 * shape[-1]
            case _:
                count = 0
        found.append(Size(layer, shape, count))
    return found


def parameters(architecture: Architecture) -> int:
    """Number of parameters, as `model.count_params()` says."""
    trunk = sizes(architecture.shape, architecture.trunk)
    end = trunk[-1].shape if trunk else architecture.shape
    heads = [size for _, layers in architecture.heads for size in sizes(end, layers)]
    return sum(size.parameters for size in (*trunk, *heads))
