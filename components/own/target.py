"""The chart of what a table's target holds."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from components.figures.column import classes, numbers
from components.plot import plot
from datasets.table import Reading


def target(reading: Reading, use: Mapping[str, Any]) -> None:
    """How often each class occurs, or how the numbers are spread."""
    name = use["target"]
    cells = reading.table[name]
    cells = cells[cells != ""]
    if use["task"] == "regression":
        figure = numbers(name, cells.astype("float64").to_numpy(np.float64))
    else:
        counts = cells.value_counts()
        (column,) = [c for c in reading.columns if c.name == name]
        figure = classes(name, column.categories, [int(counts[c]) for c in column.categories])
    plot(figure, key="own:target.chart", alt=f"How the values of {name} are spread")
