"""A saved table as arrays, and as code that makes the same ones."""

import inspect
from collections.abc import Mapping
from pprint import pformat
from textwrap import indent
from typing import Any

import numpy as np

from datasets.data import Data, Facts
from datasets.enough import FEWEST, fewest, rare
from datasets.make import finished
from datasets.own.parameters import as_table
from datasets.own.recipe import classes_of, facts
from datasets.own.rows import fill, table
from datasets.own.saved import Saved
from datasets.own.shelf import described, present
from datasets.parameters import split_seed
from datasets.script import Source


def make(name: str, full: Mapping[str, Any]) -> Data:
    """A table from all its parameters; arrays are read-only, because they are shared.

    Raises ValueError when a class would be too small to split, DataMissing without the file.
    """
    known = facts(name, full)
    full = as_table(name, full)
    path, saved = present(full["digest"]), described(full["digest"])
    x, y = table(str(path), *_arguments(saved, full))
    widths = _widths(saved, full)
    _check_sizes(known, full["target"], y)

    def whole(parts: list) -> list:
        return fill(parts, widths) if full["missing"] != "drop" else parts

    return finished(saved.title, known, x, y, split_seed(full), whole)


def _check_sizes(known: Facts, target: str, y: np.ndarray) -> None:
    head = known.heads[0]
    if head.task == "regression":
        return
    if found := rare(known, head, y):
        needed, (one, count) = fewest(known.validation), found
        more = ", or hold back more rows for validation" if needed > FEWEST else ""
        raise ValueError(
            f"{target}: the class {one!r} has only {count} of {len(y)} rows, too few for "
            "training, validation and test. Leave those rows out of the file, or put them into "
            f"another class{more}: each needs {needed}."
        )


def source(name: str, full: Mapping[str, Any]) -> Source:
    """Imports, code and call that make the raw arrays of a table from the file beside them."""
    full = as_table(name, full)
    saved = described(full["digest"])
    filled = full["missing"] != "drop"
    code = [inspect.getsource(function) for function in ((table, fill) if filled else (table,))]
    listed = [
        repr(saved.file),
        *(pformat(a, 84, sort_dicts=False) for a in _arguments(saved, full)),
    ]
    arguments = ",\n".join(indent(argument, "    ") for argument in listed)
    return Source(
        ("import csv", "import numpy as np"),
        "\n\n".join(code),
        f"table(\n{arguments},\n)".replace("{", "{{").replace("}", "}}"),
        "None" if full["task"] == "regression" else "y",
        f"{saved.title}. Its file {saved.file} must lie beside this;\n"
        "# the page Own data has it under Download.",
        f"parts = fill(parts, {_widths(saved, full)})" if filled else "",
    )


def _arguments(saved: Saved, full: Mapping[str, Any]) -> tuple[Any, ...]:
    """What `table` takes behind the path."""
    columns = [saved.by_name[name] for name in full["features"]]
    features = {c.name: None if c.kind == "number" else c.categories for c in columns}
    return full["target"], features, classes_of(saved, full), full["missing"]


def _widths(saved: Saved, full: Mapping[str, Any]) -> list[int]:
    """How many inputs belong together, as `fill` takes them."""
    widths = []
    for column in (saved.by_name[name] for name in full["features"]):
        told = full["missing"] == "category" and bool(column.gaps.any())
        if column.kind == "number":
            widths += [1, 1] if told else [1]
        else:
            widths.append(len(column.categories) + told)
    return widths
