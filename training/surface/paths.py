"""The way of one optimizer over a surface, as a worker recorded it and a page draws it."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np


@dataclass(frozen=True, eq=False)
class Path:
    """Where an optimizer was before its first step and after each, float32 (n, 2) unless said."""

    places: np.ndarray
    heights: np.ndarray  # float32 (n,)
    gradients: np.ndarray  # of the height, at each place
    # what the optimizer remembers on arrival; (0, 2) of those that remember no such thing
    pull: np.ndarray  # its running mean of gradients, turned to where it pulls
    size: np.ndarray  # by what it divides steps in x and in y, such as the root of a mean square
    end: np.ndarray  # float32 (2,), where `fit` would leave it: averages take the last place
    left: int | None  # the step that led to no finite height, and is not among the places

    @property
    def steps(self) -> int:
        """How many were taken, without one that led nowhere."""
        return len(self.places) - 1

    def at(self, step: int) -> int:
        """The position of a step among the places; the last for later ones."""
        return min(step, self.steps)


ARRAYS = tuple(field.name for field in fields(Path) if field.name != "left")


def packed(paths: Sequence[Path]) -> bytes:
    """All of them, compressed."""
    arrays = {f"{name}.{i}": getattr(path, name) for i, path in enumerate(paths) for name in ARRAYS}
    left = np.array([-1 if path.left is None else path.left for path in paths], "int32")
    file = io.BytesIO()
    np.savez_compressed(file, left=left, **arrays)
    return file.getvalue()


def unpacked(blob: bytes) -> list[Path]:
    """What `packed` made."""
    with np.load(io.BytesIO(blob), allow_pickle=False) as file:
        return [
            Path(
                **{name: file[f"{name}.{i}"] for name in ARRAYS},
                left=None if left < 0 else int(left),
            )
            for i, left in enumerate(file["left"])
        ]
