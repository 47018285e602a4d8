"""The traced graph that trains all lanes of a stack, epoch after epoch, in one call.

A program depends on the layers and on how lanes group into losses and optimizers, not on data,
seeds or learning rates, so a warm worker uses it again for the next experiment of the same kind.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
import tensorflow as tf

from training import build
from training.lanes import lanes, unflatten
from training.layers import Architecture
from training.passes import Group, Pass, join, swapped

Targets = tuple[tuple[tf.Tensor, ...], ...]  # by loss group, then by head


# TensorFlow computes this many numbers at once, and those left over at the end by other code that
# rounds differently. A run must give the same numbers alone and in company: none are left over.
TOGETHER = 16
LARGE = 4000  # parameters from which lanes are trained one by one


@lru_cache(maxsize=6)  # about 10 MB each
def program(architecture: Architecture, groups: tuple[Group, ...]) -> "Program":
    """The program for these lanes, from the cache when it was traced before."""
    return Program(architecture, groups)


class Program:
    """Weights of all lanes and the graph that trains them."""

    def __init__(self, architecture: Architecture, groups: tuple[Group, ...]) -> None:
        self.groups = groups
        self.model = build.model(architecture, 0)
        self.names = [name for name, _ in architecture.heads]
        self.heads = len(self.names)
        self.shapes = [tuple(v.shape) for v in self.model.trainable_variables]
        self.size = sum(int(np.prod(shape)) for shape in self.shapes)  # trainable parameters
        # convolutions with different filters cannot be vectorized, and large layers gain nothing
        # by it: these lanes go one by one
        convolves = any(layer.name == "Conv2D" for layer in architecture.trunk)
        self.serial = convolves or self.size > LARGE
        self.losses = [[build.loss(choice) for choice in group.losses] for group in groups]
        self.lanes = [
            [lanes(choice, count, architecture) for choice, count in group.optimizers]
            for group in groups
        ]
        self.state = [
            [
                tf.Variable(tf.zeros((group.count, *v.shape), v.dtype), trainable=False)
                for v in self.model.non_trainable_variables
            ]
            for group in groups
        ]
        x = tf.TensorSpec((None, *architecture.shape), "float32")
        y = tuple(
            tuple(tf.TensorSpec((None, *shape), dtype) for dtype, shape in group.targets)
            for group in groups
        )
        whole, listed = tf.TensorSpec((), "int32"), tf.TensorSpec((None,), "int32")
        of_lane = tf.TensorSpec((sum(group.count for group in groups),), "int32")
        order = tf.TensorSpec((None, None, None), "int32")
        signature = (x, y, order, of_lane, whole, x, y, listed)
        self.train = tf.function(self._train, input_signature=signature, autograph=False)
        self.score = tf.function(self._score, input_signature=(x, y, whole), autograph=False)
        rows = tf.TensorSpec((None, self.size), "float32")
        state = [
            tf.TensorSpec((None, *v.shape), v.dtype) for v in self.model.non_trainable_variables
        ]
        self.look = tf.function(self._look, input_signature=(rows, state, x), autograph=False)

    def start(self, rows: np.ndarray, state: Sequence[np.ndarray], rates: Sequence[float]) -> None:
        """Put every lane at its start.

        Args:
            rows: initial weights, float32 (lanes, parameters).
            state: non-trainable variables, each (lanes, *shape).
            rates: learning rates, one a lane.
        """
        at = 0
        for group, variables in zip(self.lanes, self.state, strict=True):
            first = at
            for part in group:
                count = part.rows().shape[0]
                part.start(rows[at : at + count], rates[at : at + count])
                at += count
            for variable, value in zip(variables, state, strict=True):
                variable.assign(value[first:at])

    def finish(self) -> None:
        """What `fit` does after the last epoch."""
        for group in self.lanes:
            for part in group:
                part.finish()

    def _by_head(self, outputs: tf.Tensor | dict[str, tf.Tensor]) -> list[tf.Tensor]:
        """The model's outputs in the order of the heads."""
        return [outputs[name] for name in self.names] if self.heads > 1 else [outputs]

    def rows(self) -> tf.Tensor:
        """Weights of all lanes, float32 (lanes, parameters)."""
        return tf.concat([self._rows(g) for g in range(len(self.groups))], 0)

    def _rows(self, group: int) -> tf.Tensor:
        return tf.concat([part.rows() for part in self.lanes[group]], 0)

    def _forward(
        self,
        group: int,
        rows: tf.Tensor,
        state: Sequence[tf.Tensor],
        x: tf.Tensor,
        y: Sequence[tf.Tensor],
        training: bool,
    ) -> tuple[tf.Tensor, tf.Tensor, list[tf.Tensor], list[tf.Tensor]]:
        """Total loss (l,), head losses (l, H), scores and new state of one group's lanes.

        Per lane: x (l, rows, ...) and y by head (l, rows, ...) in training; in scoring all lanes
        see the same x and y, without the lane axis.
        """
        losses = self.losses[group]

        def lane(each):
            row, own, x_lane, y_lane = each if training else (*each, x, y)
            predicted, new, penalties = self.model.stateless_call(
                unflatten(row, self.shapes), own, x_lane, training=training, return_losses=True
            )
            predicted = self._by_head(predicted)
            # the very tensor the model returned: Keras reads the logits behind a sigmoid from it
            values = [f(t, p) for f, t, p in zip(losses, y_lane, predicted, strict=True)]
            scores = [getattr(p, "_keras_logits", p) for p in predicted]
            return sum(values) + sum(penalties), tf.stack(values), scores, new

        stacked = (rows, list(state), x, list(y)) if training else (rows, list(state))
        states = [v.dtype for v in state]
        made = (tf.float32, tf.float32, [tf.float32] * self.heads, states)
        return self._each(lane, stacked, made)

    def _each(self, lane: Callable, stacked: tuple, made: tuple) -> tuple:
        """What `lane` makes of every lane in `stacked`; `made` are the dtypes of its results."""
        if self.serial:
            return tf.map_fn(lane, stacked, fn_output_signature=made)
        rows = stacked[0]
        count = rows.shape[0] or tf.shape(rows)[0]
        missing = -count % TOGETHER
        if isinstance(missing, int) and not missing:
            return tf.vectorized_map(lane, stacked)
        filled = tf.nest.map_structure(
            lambda v: tf.concat([v, tf.repeat(v[-1:], missing, 0)], 0), stacked
        )
        return tf.nest.map_structure(lambda v: v[:count], tf.vectorized_map(lane, filled))

    def _step(self, x: tf.Tensor, y: Targets) -> tuple[Pass, tf.Tensor]:
        """One step of every lane; also gradient and update norms, float32 (2, lanes)."""
        passes, norms = [], []
        at = 0
        for g, group in enumerate(self.groups):
            x_group, at = x[at : at + group.count], at + group.count
            rows = self._rows(g)
            with tf.GradientTape() as tape:
                tape.watch(rows)
                total, heads, scores, state = self._forward(
                    g, rows, self.state[g], x_group, y[g], training=True
                )
                summed = tf.reduce_sum(total)
            gradients = tf.convert_to_tensor(tape.gradient(summed, rows))
            for variable, value in zip(self.state[g], state, strict=True):
                variable.assign(value)
            first = 0
            for part, (_, count) in zip(self.lanes[g], group.optimizers, strict=True):
                part.apply(gradients[first : first + count])
                first += count
            norms.append(
                tf.stack([tf.norm(gradients, axis=1), tf.norm(self._rows(g) - rows, axis=1)])
            )
            passes.append(Pass(tuple(scores), total, heads))
        return join(passes), tf.concat(norms, 1)

    def _score(self, x: tf.Tensor, y: Targets, batch_size: tf.Tensor) -> tuple:
        """What `evaluate` says of rows (x, y): scores by head, loss (L,), head losses (L, H)."""
        passes = []
        for g, group in enumerate(self.groups):
            if self.serial or group.batchwise or self.heads > 1:
                passes.append(self._score_batches(g, x, y[g], batch_size))
                continue
            total, heads, scores, _ = self._forward(
                g, self._rows(g), self.state[g], x, y[g], training=False
            )
            passes.append(Pass(tuple(scores), total, heads))
        joined = join(passes)
        return joined.scores, joined.loss, joined.head_losses

    def _score_batches(
        self, g: int, x: tf.Tensor, y: Sequence[tf.Tensor], batch_size: tf.Tensor
    ) -> Pass:
        """One group's lanes, batch by batch, losses weighted by batch size.

        For losses that judge a whole batch, for several outputs, whose own losses Keras reports as
        the plain mean over batches, and for convolutions, which take much memory.
        """
        rows, count, lanes_count = self._rows(g), tf.shape(x)[0], self.groups[g].count

        def add(first, scores, total, heads):
            part = slice(first, tf.minimum(first + batch_size, count))
            t, h, s, _ = self._forward(g, rows, self.state[g], x[part], [v[part] for v in y], False)
            scores = [
                array.write(first // batch_size, swapped(own))
                for array, own in zip(scores, s, strict=True)
            ]
            weight = tf.cast(part.stop - part.start, "float32") / tf.cast(count, "float32")
            return part.stop, scores, total + weight * t, heads + h / _batches(count, batch_size)

        zeros = tf.zeros((lanes_count,)), tf.zeros((lanes_count, self.heads))
        _, scores, total, heads = tf.while_loop(
            lambda first, *_: first < count,
            add,
            (tf.constant(0), self._score_arrays(lanes_count), *zeros),
        )
        return Pass(tuple(swapped(array.concat()) for array in scores), total, heads)

    def _score_arrays(self, lanes_count: int) -> list[tf.TensorArray]:
        """By head, room for batches' scores (rows, lanes, outputs), which may differ in size."""
        shapes = [tuple(o.shape[1:]) for o in self._by_head(self.model.output)]
        return [
            tf.TensorArray(
                "float32", 0, True, element_shape=(None, lanes_count, *shape), infer_shape=False
            )
            for shape in shapes
        ]

    def _look(self, rows: tf.Tensor, state: Sequence[tf.Tensor], x: tf.Tensor) -> tuple:
        """Predictions by head, float32 (k, n, outputs), of weights `rows` (k, parameters) on x."""

        def lane(each):
            row, own = each
            predicted, _ = self.model.stateless_call(
                unflatten(row, self.shapes), own, x, training=False
            )
            return tuple(self._by_head(predicted))

        return self._each(lane, (rows, list(state)), (tf.float32,) * self.heads)

    def _train(
        self,
        x: tf.Tensor,
        y: Targets,
        order: tf.Tensor,
        seed_of_lane: tf.Tensor,
        batch_size: tf.Tensor,
        x_val: tf.Tensor,
        y_val: Targets,
        watched: tf.Tensor,
    ) -> dict[str, tf.Tensor | tuple]:
        """Train as many epochs as `order` holds.

        Args:
            x, y, x_val, y_val: training and validation rows; y by loss group and head.
            order: int32 (epochs, seeds, rows), the batch order of every seed.
            seed_of_lane: int32 (lanes,), which order each lane follows.
            batch_size: int32 scalar.
            watched: int32 (k,), lanes whose weights are kept after every epoch.

        Returns: by name, E epochs, L lanes, n rows, H heads: "scores" and "val_scores" by head
            (E, n, L, outputs) and (E, L, n, outputs); "loss", "val_loss" (E, L); "head_losses",
            "val_head_losses" (E, L, H); "norms" (E, 4, L): gradient, update, weight, learning rate;
            "weights" (E, k, parameters) and "state", each (E, k, *shape).
        """
        lanes_count, count = sum(g.count for g in self.groups), tf.shape(x)[0]

        def step(order_now, first, seen, loss, heads, norms):
            last = tf.minimum(first + batch_size, count)
            index = tf.gather(order_now[:, first:last], seed_of_lane)
            done, moved = self._step(tf.gather(x, index), self._pick(y, index))
            at = first // batch_size
            seen = [array.write(at, swapped(p)) for array, p in zip(seen, done.scores, strict=True)]
            weight = tf.cast(last - first, "float32") / tf.cast(count, "float32")
            return (
                last,
                seen,
                loss + weight * done.loss,
                heads + done.head_losses / _batches(count, batch_size),
                norms + moved,
            )

        def epoch(e, kept):
            zeros = tf.zeros((lanes_count,)), tf.zeros((lanes_count, self.heads))
            _, seen, loss, heads, norms = tf.while_loop(
                lambda first, *_: first < count,
                lambda *at: step(order[e], *at),
                (
                    tf.constant(0),
                    self._score_arrays(lanes_count),
                    *zeros,
                    tf.zeros((2, lanes_count)),
                ),
            )
            val_scores, val_loss, val_heads = self.score(x_val, y_val, batch_size)
            steps = _batches(count, batch_size)
            rows = self.rows()
            rates = tf.concat([p.learning_rates() for g in self.lanes for p in g], 0)
            measured = tf.concat([norms / steps, [tf.norm(rows, axis=1), rates]], 0)
            state = [
                tf.gather(tf.concat(parts, 0), watched) for parts in zip(*self.state, strict=True)
            ]
            values = [
                *(array.concat() for array in seen),
                *val_scores,
                loss,
                val_loss,
                heads,
                val_heads,
                measured,
                tf.gather(rows, watched),
                *state,
            ]
            return e + 1, [a.write(e, v) for a, v in zip(kept, values, strict=True)]

        slots = 2 * self.heads + 6 + len(self.model.non_trainable_variables)
        dtypes = ["float32"] * (slots - len(self.model.non_trainable_variables))
        dtypes += [v.dtype for v in self.model.non_trainable_variables]
        epochs = tf.shape(order)[0]
        empty = [tf.TensorArray(dtype, epochs) for dtype in dtypes]
        _, kept = tf.while_loop(lambda e, _: e < epochs, epoch, (tf.constant(0), empty))
        values = [array.stack() for array in kept]
        h = self.heads
        names = ("loss", "val_loss", "head_losses", "val_head_losses", "norms", "weights")
        return {
            "scores": tuple(values[:h]),
            "val_scores": tuple(values[h : 2 * h]),
            **dict(zip(names, values[2 * h :], strict=False)),
            "state": tuple(values[2 * h + 6 :]),
        }

    def _pick(self, y: Targets, index: tf.Tensor) -> Targets:
        """Targets of the batch that every lane sees: by group and head, (lanes, batch, ...)."""
        picked, at = [], 0
        for group, targets in zip(self.groups, y, strict=True):
            picked.append(tuple(tf.gather(t, index[at : at + group.count]) for t in targets))
            at += group.count
        return tuple(picked)


def _batches(count: tf.Tensor, batch_size: tf.Tensor) -> tf.Tensor:
    """Number of batches, float32 ()."""
    return tf.cast((count + batch_size - 1) // batch_size, "float32")
