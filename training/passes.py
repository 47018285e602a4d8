"""How the lanes of a stack are grouped, and what their models say of some inputs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import tensorflow as tf

from training.catalog import entry
from training.spec import Choice

Targets = tuple[tuple[tf.Tensor, ...], ...]  # by loss group, then by head
ByRow = tuple[tuple[tf.Tensor, ...], ...]  # by loss group, weights (lanes, rows) or nothing

# TensorFlow computes this many numbers at once, and those left over at the end by other code that
# rounds differently. A run must give the same numbers alone and in company: none are left over.
TOGETHER = 16


@dataclass(frozen=True)
class Group:
    """Lanes with the same losses: how their optimizers divide them."""

    losses: tuple[Choice, ...]  # one per head
    targets: tuple[tuple[str, tuple[int, ...]], ...]  # dtype and shape of one sample, per head
    optimizers: tuple[
        tuple[Choice, int], ...
    ]  # configuration without learning rate, number of lanes
    weighted: bool = False  # whether rows count differently in the training loss
    scaled: bool = False  # whether the loss of an only output is multiplied by its weight

    @property
    def count(self) -> int:
        """Number of lanes."""
        return sum(count for _, count in self.optimizers)

    @property
    def batchwise(self) -> bool:
        """Whether a batch's loss is something else than the mean over its rows."""
        return any(
            "batchwise" in entry("loss", loss.name).traits
            or loss.params.get("ignore_class") is not None
            for loss in self.losses
        )


class Pass(NamedTuple):
    """What a model said of some inputs. L lanes, n rows, H heads."""

    scores: tuple[
        tf.Tensor, ...
    ]  # by head, before a last sigmoid or softmax; float32 (L, n, outputs)
    loss: tf.Tensor  # float32 (L,), as Keras reports it: penalties included
    head_losses: tf.Tensor  # float32 (L, H), before loss weights
    penalty: tf.Tensor  # float32 (L,), what regularizers add to the loss


def swapped(scores: tf.Tensor) -> tf.Tensor:
    """(lanes, rows, ...) from (rows, lanes, ...), or the other way round."""
    return tf.transpose(scores, [1, 0, *range(2, len(scores.shape))])


def join(passes: Sequence[Pass]) -> Pass:
    """Groups side by side, in lane order."""
    if len(passes) == 1:
        return passes[0]
    heads = zip(*(p.scores for p in passes), strict=True)
    return Pass(
        tuple(tf.concat(parts, 0) for parts in heads),
        tf.concat([p.loss for p in passes], 0),
        tf.concat([p.head_losses for p in passes], 0),
        tf.concat([p.penalty for p in passes], 0),
    )


def filled(stacked: tuple[Any, ...], count: int | tf.Tensor) -> tuple[Any, ...]:
    """Lanes, the last one repeated until their number is a multiple of TOGETHER."""
    missing = -count % TOGETHER
    if isinstance(missing, int) and not missing:
        return stacked
    return tf.nest.map_structure(
        lambda v: tf.concat([v, tf.repeat(v[-1:], missing, 0)], 0), stacked
    )


def room(outputs: Sequence[tf.Tensor], lanes: int) -> list[tf.TensorArray]:
    """By head, room for batches' scores (rows, lanes, outputs), which may differ in size."""
    return [
        tf.TensorArray(
            "float32", 0, True, element_shape=(None, lanes, *o.shape[1:]), infer_shape=False
        )
        for o in outputs
    ]
