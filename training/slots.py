"""What optimizers remember of each weight: momenta, mean squares, accumulators, averages."""

from collections.abc import Sequence

import keras
import numpy as np

from training.lanes import RowLanes, ShapedLanes

# Lists that every Keras optimizer has, of all that it holds.
ALL = {"_variables", "_trainable_variables", "_non_trainable_variables"}


def slots(
    lanes: RowLanes | ShapedLanes, shapes: Sequence[tuple[int, ...]]
) -> dict[str, list[np.ndarray | None]]:
    """Slots of the first lane, by the name of Keras's attribute without underscores in front.

    Each has an array for every trainable tensor, in the tensor's shape (Adafactor's factors have
    shapes of their own), and None where the optimizer keeps nothing.
    """
    found = {}
    for name, kept in slot_lists(optimizer_of(lanes)).items():
        if isinstance(lanes, RowLanes):
            parts = np.split(kept[0].numpy()[0], np.cumsum([np.prod(s) for s in shapes])[:-1])
            found[name] = [part.reshape(s) for part, s in zip(parts, shapes, strict=True)]
        else:
            found[name] = [None if variable is None else variable.numpy() for variable in kept]
    return found


def slot_lists(optimizer: keras.optimizers.Optimizer) -> dict[str, list]:
    """The optimizer's lists of one variable (or None) for each tensor, by name."""
    return {
        name.strip("_"): listed
        for name, listed in vars(optimizer).items()
        if isinstance(listed, list)
        and name not in ALL
        and any(isinstance(one, keras.Variable) for one in listed)
    }


def counters(optimizer: keras.optimizers.Optimizer) -> dict[str, keras.Variable]:
    """What it keeps once for all tensors, such as the number of steps, by attribute."""
    return {
        name: variable
        for name, variable in vars(optimizer).items()
        if isinstance(variable, keras.Variable) and name != "_learning_rate"
    }


def optimizer_of(lanes: RowLanes | ShapedLanes) -> keras.optimizers.Optimizer:
    """The Keras optimizer of the first lane."""
    return lanes.optimizer if isinstance(lanes, RowLanes) else lanes.optimizers[0]
