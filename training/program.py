"""The traced graph that trains all lanes of a stack, epoch after epoch, in one call.

A program depends on the layers and on how lanes group into losses and optimizers, not on data,
seeds or learning rates, so a warm worker uses it again for the next experiment of the same kind.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import tensorflow as tf

from training import build
from training.lanes import lanes, unflatten
from training.layers import Architecture
from training.passes import ByRow, Group, Pass, Targets, filled, join, room, swapped
from training.picking import batches, pick, pick_weights

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
        self.penalised = bool(self.model.losses)
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
        self.loss_weights = [
            tf.Variable(tf.ones((group.count, self.heads)), trainable=False) for group in groups
        ]
        x = tf.TensorSpec((None, *architecture.shape), "float32")
        y = tuple(
            tuple(tf.TensorSpec((None, *shape), dtype) for dtype, shape in group.targets)
            for group in groups
        )
        whole, listed = tf.TensorSpec((), "int32"), tf.TensorSpec((None,), "int32")
        of_lane = tf.TensorSpec((sum(group.count for group in groups),), "int32")
        order = tf.TensorSpec((None, None, None), "int32")
        by_row = tuple(
            (tf.TensorSpec((g.count, None), "float32"),) if g.weighted else () for g in groups
        )
        signature = (x, y, order, of_lane, whole, x, y, listed, by_row)
        self.train = tf.function(self._train, input_signature=signature, autograph=False)
        self.score = tf.function(self._score, input_signature=(x, y, whole), autograph=False)
        rows = tf.TensorSpec((None, self.size), "float32")
        state = [
            tf.TensorSpec((None, *v.shape), v.dtype) for v in self.model.non_trainable_variables
        ]
        self.look = tf.function(self._look, input_signature=(rows, state, x), autograph=False)

    def start(
        self,
        rows: np.ndarray,
        state: Sequence[np.ndarray],
        rates: Sequence[float],
        loss_weights: np.ndarray,
    ) -> None:
        """Put every lane at its start.

        Args:
            rows: initial weights, float32 (lanes, parameters).
            state: non-trainable variables, each (lanes, *shape).
            rates: learning rates, one a lane.
            loss_weights: what each output's loss counts in the total, float32 (lanes, outputs).
        """
        at = 0
        for group, variables, weights in zip(
            self.lanes, self.state, self.loss_weights, strict=True
        ):
            first = at
            for part in group:
                count = part.rows().shape[0]
                part.start(rows[at : at + count], rates[at : at + count])
                at += count
            for variable, value in zip(variables, state, strict=True):
                variable.assign(value[first:at])
            weights.assign(loss_weights[first:at])

    def finish(self) -> None:
        """What `fit` does after the last epoch."""
        for group in self.lanes:
            for part in group:
                part.finish()

    def by_head(self, outputs: tf.Tensor | dict[str, tf.Tensor]) -> list[tf.Tensor]:
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
        x: tf.Tensor,
        y: Sequence[tf.Tensor],
        by_row: tuple[tf.Tensor, ...] | None = None,
    ) -> tuple[Pass, list[tf.Tensor]]:
        """What one group's lanes say, and their new state; in training where `by_row` is given.

        Per lane: x (l, rows, ...) and y by head (l, rows, ...) in training, and `by_row` (l, rows)
        weights or empty; in scoring all lanes see the same x and y, without the lane axis.
        """
        losses, training = self.losses[group], by_row is not None

        def lane(each):
            row, own, times, x_lane, y_lane, w = each if training else (*each, x, y, ())
            predicted, new, penalties = self.model.stateless_call(
                unflatten(row, self.shapes), own, x_lane, training=training, return_losses=True
            )
            predicted = self.by_head(predicted)
            # the very tensor the model returned: Keras reads the logits behind a sigmoid from it
            values = [f(t, p, *w) for f, t, p in zip(losses, y_lane, predicted, strict=True)]
            scores = tuple(getattr(p, "_keras_logits", p) for p in predicted)
            penalty, heads = sum(penalties), tf.stack(values)
            total = sum(tf.unstack(heads * times[0]) if times else values) + penalty
            return Pass(scores, total, heads, (penalty,) * self.penalised), new

        # what is not there is no tensor, so that it costs no time
        counted = self.heads > 1 or self.groups[group].scaled
        times = (self.loss_weights[group],) if counted else ()
        stacked = (rows, list(self.state[group]), times)
        stacked = (*stacked, x, list(y), by_row) if training else stacked
        real = (tf.float32,)
        whole = Pass(real * self.heads, *real * 2, real * self.penalised)
        done, new = self.each(lane, stacked, (whole, [v.dtype for v in self.state[group]]))
        (penalty,) = done.penalty or (tf.zeros_like(done.loss),)
        return done._replace(penalty=penalty), new

    def each(self, lane: Callable, stacked: tuple, made: Any) -> Any:
        """What `lane` makes of every lane in `stacked`; `made` are the dtypes of its results."""
        if self.serial:
            return tf.map_fn(lane, stacked, fn_output_signature=made)
        count = stacked[0].shape[0] or tf.shape(stacked[0])[0]
        done = tf.vectorized_map(lane, filled(stacked, count))
        return tf.nest.map_structure(lambda v: v[:count], done)

    def _step(self, x: tf.Tensor, y: Targets, by_row: ByRow) -> tuple[Pass, tf.Tensor]:
        """One step of every lane; also gradient and update norms, float32 (2, lanes)."""
        passes, norms = [], []
        at = 0
        for g, group in enumerate(self.groups):
            x_group, at = x[at : at + group.count], at + group.count
            rows = self._rows(g)
            with tf.GradientTape() as tape:
                tape.watch(rows)
                done, state = self._forward(g, rows, x_group, y[g], by_row[g])
                summed = tf.reduce_sum(done.loss)
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
            passes.append(done)
        return join(passes), tf.concat(norms, 1)

    def _score(self, x: tf.Tensor, y: Targets, batch_size: tf.Tensor) -> Pass:
        """What `evaluate` says of rows (x, y)."""
        passes = []
        for g, group in enumerate(self.groups):
            if self.serial or group.batchwise or self.heads > 1:
                passes.append(self._score_batches(g, x, y[g], batch_size))
                continue
            passes.append(self._forward(g, self._rows(g), x, y[g])[0])
        return join(passes)

    def _score_batches(
        self, g: int, x: tf.Tensor, y: Sequence[tf.Tensor], batch_size: tf.Tensor
    ) -> Pass:
        """One group's lanes, batch by batch, losses weighted by batch size.

        For losses that judge a whole batch, for several outputs, whose own losses Keras reports as
        the plain mean over batches, and for convolutions, which take much memory.
        """
        rows, count, lanes_count = self._rows(g), tf.shape(x)[0], self.groups[g].count

        def add(first, scores, loss, heads, _):
            part = slice(first, tf.minimum(first + batch_size, count))
            done, _ = self._forward(g, rows, x[part], [v[part] for v in y])
            scores = [
                array.write(first // batch_size, swapped(own))
                for array, own in zip(scores, done.scores, strict=True)
            ]
            weight = tf.cast(part.stop - part.start, "float32") / tf.cast(count, "float32")
            heads += done.head_losses / batches(count, batch_size)
            return part.stop, scores, loss + weight * done.loss, heads, done.penalty

        none = tf.zeros((lanes_count,))
        _, scores, loss, heads, penalty = tf.while_loop(
            lambda first, *_: first < count,
            add,
            (
                tf.constant(0),
                room(self.by_head(self.model.output), lanes_count),
                none,
                tf.zeros((lanes_count, self.heads)),
                none,
            ),
        )
        return Pass(tuple(swapped(array.concat()) for array in scores), loss, heads, penalty)

    def _look(self, rows: tf.Tensor, state: Sequence[tf.Tensor], x: tf.Tensor) -> tuple:
        """Predictions by head, float32 (k, n, outputs), of weights `rows` (k, parameters) on x."""

        def lane(each):
            row, own = each
            predicted, _ = self.model.stateless_call(
                unflatten(row, self.shapes), own, x, training=False
            )
            return tuple(self.by_head(predicted))

        return self.each(lane, (rows, list(state)), (tf.float32,) * self.heads)

    def _train(
        self,
        x: tf.Tensor,
        y: Targets,
        order: tf.Tensor,
        order_of_lane: tf.Tensor,
        batch_size: tf.Tensor,
        x_val: tf.Tensor,
        y_val: Targets,
        watched: tf.Tensor,
        by_row: ByRow,
    ) -> dict[str, tf.Tensor | tuple]:
        """Train as many epochs as `order` holds.

        Args:
            x, y, x_val, y_val: training and validation rows; y by loss group and head.
            order: int32 (epochs, orders, n), the rows that are seen, one batch after the other.
            order_of_lane: int32 (lanes,), which order each lane follows.
            batch_size: int32 scalar.
            watched: int32 (k,), lanes whose weights are kept after every epoch.
            by_row: by loss group, weights of the training rows (lanes, rows) or nothing.

        Returns: by name, E epochs, L lanes, n rows, H heads: "scores" and "val_scores" by head
            (E, n, L, outputs) and (E, L, n, outputs); "loss", "val_loss" (E, L); "head_losses",
            "val_head_losses" (E, L, H); "norms" (E, 6, L): gradient, update, weight, learning rate,
            penalty in both losses; "weights" (E, k, parameters) and "state", each (E, k, *shape).
        """
        lanes_count, count = sum(g.count for g in self.groups), tf.shape(order)[2]

        def step(order_now, first, seen, loss, heads, norms, penalty):
            last = tf.minimum(first + batch_size, count)
            index = tf.gather(order_now[:, first:last], order_of_lane)
            done, moved = self._step(
                tf.gather(x, index),
                pick(self.groups, y, index),
                pick_weights(self.groups, by_row, index),
            )
            at = first // batch_size
            seen = [array.write(at, swapped(p)) for array, p in zip(seen, done.scores, strict=True)]
            weight = tf.cast(last - first, "float32") / tf.cast(count, "float32")
            return (
                last,
                seen,
                loss + weight * done.loss,
                heads + done.head_losses / batches(count, batch_size),
                norms + moved,
                penalty + weight * done.penalty if self.penalised else penalty,
            )

        def epoch(e, kept):
            zeros = tf.zeros((lanes_count,)), tf.zeros((lanes_count, self.heads))
            _, seen, loss, heads, norms, penalty = tf.while_loop(
                lambda first, *_: first < count,
                lambda *at: step(order[e], *at),
                (
                    tf.constant(0),
                    room(self.by_head(self.model.output), lanes_count),
                    *zeros,
                    tf.zeros((2, lanes_count)),
                    zeros[0],
                ),
            )
            val = self.score(x_val, y_val, batch_size)
            steps = batches(count, batch_size)
            rows = self.rows()
            rates = tf.concat([p.learning_rates() for g in self.lanes for p in g], 0)
            more = [tf.norm(rows, axis=1), rates, penalty, val.penalty]
            measured = tf.concat([norms / steps, more], 0)
            state = [
                tf.gather(tf.concat(parts, 0), watched) for parts in zip(*self.state, strict=True)
            ]
            values = [
                *(array.concat() for array in seen),
                *val.scores,
                loss,
                val.loss,
                heads,
                val.head_losses,
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
