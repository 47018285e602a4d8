"""Dead ReLU units of trained models: those that put out 0 for every training row."""

from collections.abc import Sequence
from weakref import WeakKeyDictionary

import keras
import numpy as np
import tensorflow as tf

from training.lanes import unflatten
from training.layers import Architecture
from training.program import Program
from training.stack import Stack

ELEMENTS = 4_000_000  # outputs of ReLU layers that are looked at in one call

Shares = dict[str, float]  # by layer, 0 to 1


def dead_units(stack: Stack) -> list[Shares | None]:
    """By experiment of a stack that has trained, the share of dead units of each ReLU layer.

    A unit is dead when it puts out 0 for every training row: no gradient passes it, so it stays
    so. A filter counts as one unit. Layers are called as `relu_layers` calls them. None for models
    without ReLU.
    """
    found = relu_layers(stack.layers)
    if not found:
        return [None] * len(stack.experiments)
    program = stack.program
    if program not in _WATCHERS:
        _WATCHERS[program] = Watcher(program, [at for at, _ in found])
    state = [tf.concat(parts, 0) for parts in zip(*program.state, strict=True)]
    tops = _WATCHERS[program].tops(program.rows(), state, stack.data.train.x)
    shares = [np.mean(top == 0, 1) for top in tops]
    names = [name for _, name in found]
    by_lane = [dict(zip(names, map(float, own), strict=True)) for own in zip(*shares, strict=True)]
    return stack.arrangement.by_position(by_lane)


def relu_layers(architecture: Architecture) -> list[tuple[int, str]]:
    """Position in Keras's `model.layers` and name of each ReLU layer: "hidden layer 1", ..."""
    bends = [layer.params.get("activation") for layer in architecture.trunk]
    hidden = [i for i, bend in enumerate(bends) if bend]
    found = [
        (1 + i, f"hidden layer {number}")
        for number, i in enumerate(hidden, start=1)
        if bends[i] == "relu"
    ]
    for number, (head, layers) in enumerate(architecture.heads):
        if layers[-1].params.get("activation") == "relu":
            several = len(architecture.heads) > 1
            name = f"output layer of {head}" if several else "output layer"
            found.append((1 + len(bends) + number, name))
    return found


class Watcher:
    """Looks at ReLU layers of all lanes of a program."""

    def __init__(self, program: Program, positions: Sequence[int]) -> None:
        model = program.model
        outputs = [model.layers[at].output for at in positions]
        self.serial, self.shapes = program.serial, program.shapes
        # with the outputs too, so that it has the very variables of the whole model
        self.model = keras.Model(model.inputs[0], [*outputs, *model.outputs])
        self.count = len(positions)
        self.wide = sum(int(np.prod(output.shape[1:])) for output in outputs)
        rows = tf.TensorSpec((None, program.size), "float32")
        state = [tf.TensorSpec((None, *v.shape), v.dtype) for v in model.non_trainable_variables]
        x = tf.TensorSpec((None, *model.inputs[0].shape[1:]), "float32")
        self._traced = tf.function(self._tops, input_signature=(rows, state, x), autograph=False)

    def tops(self, rows: tf.Tensor, state: list[tf.Tensor], x: np.ndarray) -> list[np.ndarray]:
        """By layer, the largest output of each unit over rows x, float32 (lanes, units)."""
        size = max(1, ELEMENTS // (self.wide * int(rows.shape[0])))
        parts = [self._traced(rows, state, x[at : at + size]) for at in range(0, len(x), size)]
        return [np.max(own, 0) for own in zip(*parts, strict=True)]

    def _tops(self, rows: tf.Tensor, state: list[tf.Tensor], x: tf.Tensor) -> tuple:
        def lane(each):
            row, own = each
            outputs, _ = self.model.stateless_call(
                unflatten(row, self.shapes), own, x, training=False
            )
            seen = outputs[: self.count]
            return tuple(tf.reduce_max(o, list(range(len(o.shape) - 1))) for o in seen)

        if self.serial:
            return tf.map_fn(lane, (rows, state), fn_output_signature=(tf.float32,) * self.count)
        return tf.vectorized_map(lane, (rows, state))


_WATCHERS: WeakKeyDictionary[Program, Watcher] = WeakKeyDictionary()
