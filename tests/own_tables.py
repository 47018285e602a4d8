"""Tables for tests of own data: with gaps, categories, a decimal comma, and drawn points."""

from typing import Any

import numpy as np

from datasets import own
from datasets.own.saved import Saved
from datasets.table import read

COLOURS = ("blue", "dark red", "green {mild}")


def flowers(rows: int = 200, gaps: bool = True) -> bytes:
    """Columns size, colour, note (always the same), day, kind (2 classes), amount, grade."""
    random = np.random.RandomState(3)
    lines = ["size;colour;note;day;kind;amount;grade"]
    for i in range(rows):
        size, colour = random.normal(), random.randint(3)
        kind = "wild" if size + colour + random.normal() > 1 else "tame"
        amount = 3 * size + colour + random.normal()
        cells = [f"{size:.2f}", COLOURS[colour], "same", f"{1 + i % 28}.1.2024", kind]
        cells += [f"{amount:.3f}", "abc"[i % 3]]
        if gaps and i % 11 == 0:
            cells[0] = "NA"
        if gaps and i % 13 == 0:
            cells[1] = ""
        cells[0], cells[5] = cells[0].replace(".", ","), cells[5].replace(".", ",")
        lines.append(";".join(cells))
    return "\n".join(lines).encode()


def saved(**more: Any) -> Saved:
    """The table of flowers on the shelf."""
    return own.save(read(flowers(**more)), "flowers.csv")


def choice(digest: str, /, **changed: Any) -> dict[str, Any]:
    """A data set of an experiment: kind from size and colour."""
    params = {"digest": digest, "target": "kind", "features": ["size", "colour"]}
    return {"name": "table", "params": params | changed}


def drawn(classes: int = 2, rows: int = 80) -> Saved:
    """Drawn points of some classes on the shelf."""
    random = np.random.RandomState(1)
    lines = ["x1,x2,class"]
    for i in range(rows):
        x, y = random.normal(size=2) + 3 * (i % classes)
        lines.append(f"{x:.3f},{y:.3f},{'ABCD'[i % classes]}")
    return own.save(read("\n".join(lines).encode()), "drawing", "drawn")
