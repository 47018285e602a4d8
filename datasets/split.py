"""Split into training, validation and test, and standardise by what the training part shows.

Both functions are complete in themselves, so that a script can contain their source.
"""

import numpy as np
from sklearn.model_selection import train_test_split


def split(
    x: np.ndarray,
    y: np.ndarray | dict[str, np.ndarray],
    seed: int,
    stratify: np.ndarray | None = None,
    validation: float = 0.2,
) -> list[tuple[np.ndarray, np.ndarray | dict[str, np.ndarray]]]:
    """Three pairs (x, y): training, validation (a share of what the test leaves), test (20 %).

    `stratify` holds a class for each row, int (rows,): every part gets its share of each.
    1250 rows become 800, 200 and 250.
    """
    rest, test = train_test_split(
        np.arange(len(x)), test_size=0.2, random_state=seed, stratify=stratify
    )
    classes = None if stratify is None else stratify[rest]
    train, held_back = train_test_split(
        rest, test_size=validation, random_state=seed, stratify=classes
    )

    def part(rows: np.ndarray) -> tuple[np.ndarray, np.ndarray | dict[str, np.ndarray]]:
        heads = {head: t[rows] for head, t in y.items()} if isinstance(y, dict) else y[rows]
        return x[rows], heads

    return [part(train), part(held_back), part(test)]


def standardise(train: np.ndarray, *others: np.ndarray) -> list[np.ndarray]:
    """float32 copies of all parts, less the mean of `train`, over its deviation; centre; scale.

    Tables have shape (rows, features). Pictures, shape (rows, rows, columns, channels), keep
    their values from 0 to 1: centre 0, scale 1. Centre and scale have the shape of one input.
    """
    if train.ndim > 2:
        centre, scale = np.zeros(train.shape[1:]), np.ones(train.shape[1:])
    else:
        # Computed in float64, so that rounding to float32 gives the same on every processor.
        centre, scale = train.mean(axis=0, dtype="float64"), train.std(axis=0, dtype="float64")
        scale = np.where(scale > 0, scale, 1.0)
    parts = [((part - centre) / scale).astype("float32") for part in (train, *others)]
    return [*parts, centre.astype("float32"), scale.astype("float32")]
