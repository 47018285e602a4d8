"""The loss of any weights, as `evaluate` says it, by the real model and loss of a stack."""

from collections.abc import Callable, Sequence

import numpy as np
import tensorflow as tf

from training.landscape.walks import Walk
from training.lanes import unflatten

INPUTS = 200_000  # numbers of the inputs in one call
ACTIVATIONS = 3_000_000  # numbers that one layer puts out in one call, of all weights together


class Losses:
    """Losses on one part of the data, "train" or "validation", penalties included."""

    def __init__(self, walk: Walk, part: str) -> None:
        stack = walk.stack
        arranged, self.program = stack.arrangement, stack.program
        group = arranged.group_of(walk.lane)
        rows = getattr(stack.data, part)
        self.x, self.y = rows.x, arranged.targets(rows)[group]
        self.losses = self.program.losses[group]
        self.times = arranged.loss_weights()[walk.lane]
        whole = len(self.times) == 1 and not self.program.groups[group].batchwise
        batch = stack.experiments[0].batch_size
        size = max(1, INPUTS // self.x[0].size) if whole else batch
        self.parts = [
            slice(first, min(first + size, len(self.x))) for first in range(0, len(self.x), size)
        ]
        widest = max(int(np.prod(layer.output.shape[1:])) for layer in self.program.model.layers)
        self.at_once = max(1, ACTIVATIONS // (widest * min(size, len(self.x))))
        self._values = tf.function(self._of_part, autograph=False, reduce_retracing=True)

    def of(
        self,
        weights: Callable[[slice], np.ndarray],
        count: int,
        state: Sequence[np.ndarray],
        say: Callable[[int], None] = lambda done: None,
    ) -> np.ndarray:
        """Losses of `count` weights, float32 (count,); NaN where one is no finite number.

        weights: makes those of a slice, float32 (k, parameters). state: non-trainable variables,
        the same for all. say: hears how many are done.
        """
        found = []
        for first in range(0, count, self.at_once):
            rows = tf.constant(weights(slice(first, min(first + self.at_once, count))))
            total = np.zeros(len(rows))
            for part in self.parts:
                share = (part.stop - part.start) / len(self.x)
                y = tuple(target[part] for target in self.y)
                total += share * self._values(rows, list(state), self.x[part], y).numpy()
            found.append(total)
            say(first + len(total))
        losses = np.concatenate(found)
        return np.where(np.isfinite(losses), losses, np.nan).astype("float32")

    def _of_part(
        self, rows: tf.Tensor, state: list[tf.Tensor], x: tf.Tensor, y: tuple[tf.Tensor, ...]
    ) -> tf.Tensor:
        """Losses on some inputs of all weights in `rows`, float32 (k,)."""

        def one(each: tuple[tf.Tensor]) -> tf.Tensor:
            (row,) = each
            outputs, _, penalties = self.program.model.stateless_call(
                unflatten(row, self.program.shapes), state, x, training=False, return_losses=True
            )
            said = self.program.by_head(outputs)
            # the very tensors the model returned: Keras reads the logits behind a sigmoid from them
            values = [f(t, p) for f, t, p in zip(self.losses, y, said, strict=True)]
            return sum(v * w for v, w in zip(values, self.times, strict=True)) + sum(penalties)

        return self.program.each(one, (rows,), tf.float32)
