"""Whether every class has rows enough for training, validation and test."""

from math import ceil

import numpy as np

from datasets.data import Facts, Head

FEWEST = 5  # rows of a class: one in five tests


def fewest(validation: float) -> int:
    """Rows that a class needs where this share of the rows that the test leaves validates."""
    return max(FEWEST, ceil(1 / validation))


def rare(known: Facts, head: Head, y: np.ndarray) -> tuple[str, int] | None:
    """The rarest class and its number of rows where that is too few, else None.

    Raises ValueError when there are fewer validation rows than classes. y: int (rows,).
    """
    counts = np.bincount(y, minlength=len(head.names))
    if counts.min() < fewest(known.validation):
        return head.names[counts.argmin()], int(counts.min())
    if known.validation_rows < len(head.names):
        raise ValueError(
            f"{known.validation_rows} validation rows are too few for {len(head.names)} classes; "
            f"hold back a larger share: validation is {known.validation:g}."
        )
    return None
