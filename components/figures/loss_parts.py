"""What a loss is made of, as lines for curves: the data loss and the penalty of regularizers."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from components.colours import at
from components.figures.run import Line

NAMES = ("data loss", "penalty")


def penalised(lines: Sequence[Line]) -> bool:
    """Whether any of them has a penalty to show."""
    return any(np.nansum(line.values("penalty")) > 0 for line in lines)


def parted(line: Line) -> list[Line]:
    """A run as two lines that share the column "loss": without the penalty, and the penalty."""
    made = []
    for name, look in zip(NAMES, (at(0), at(1)), strict=True):
        columns = [_part(line, prefix, name) for prefix in ("", "val_")]
        made.append(
            replace(
                line,
                label=name,
                colour=look.colour,
                symbol=look.symbol,
                columns=("loss", "val_loss"),
                history=np.column_stack(columns),
            )
        )
    return made


def _part(line: Line, prefix: str, name: str) -> np.ndarray:
    penalty = line.values(f"{prefix}penalty")
    return penalty if name == "penalty" else line.values(f"{prefix}loss") - penalty
