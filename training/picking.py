"""What every lane sees of the data in one step: its batch, cut out of all training rows."""

from collections.abc import Sequence

import tensorflow as tf

from training.passes import ByRow, Group, Targets


def pick(groups: Sequence[Group], y: Targets, index: tf.Tensor) -> Targets:
    """Targets of the batch that every lane sees: by group and head, (lanes, batch, ...).

    index: int32 (lanes, batch), rows of y.
    """
    picked, at = [], 0
    for group, targets in zip(groups, y, strict=True):
        picked.append(tuple(tf.gather(t, index[at : at + group.count]) for t in targets))
        at += group.count
    return tuple(picked)


def pick_weights(groups: Sequence[Group], by_row: ByRow, index: tf.Tensor) -> ByRow:
    """Weights of these rows: by group, (lanes, batch) or nothing."""
    picked, at = [], 0
    for group, weights in zip(groups, by_row, strict=True):
        own = index[at : at + group.count]
        picked.append(tuple(tf.gather(w, own, batch_dims=1) for w in weights))
        at += group.count
    return tuple(picked)


def batches(count: tf.Tensor, batch_size: tf.Tensor) -> tf.Tensor:
    """Number of batches, float32 ()."""
    return tf.cast((count + batch_size - 1) // batch_size, "float32")
