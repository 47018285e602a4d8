"""The parameters of data sets that people bring."""

from collections.abc import Mapping
from typing import Any

from datasets.own.shelf import described
from datasets.parameters import DRAWS

OWN = ("table", "drawn")

TASKS = ("binary", "multiclass", "regression")
MISSING = ("drop", "fill", "category")

_TABLE = {"digest": "", "target": "", "features": (), "task": "binary", "missing": "drop"}
_DRAWS = {name: limits.default for name, limits in DRAWS.items()}
DEFAULTS: dict[str, dict[str, Any]] = {"table": _TABLE | _DRAWS, "drawn": {"digest": ""} | _DRAWS}

POINT = ("x1", "x2")
CLASS = "class"


def complete(name: str, params: Mapping[str, Any]) -> dict[str, Any]:
    """All parameters of a data set, those not given by default; ValueError for an unknown one."""
    for parameter in params:
        if parameter not in DEFAULTS[name]:
            known = ", ".join(DEFAULTS[name])
            raise ValueError(f"{name} has no parameter '{parameter}'; it has {known}.")
    full = DEFAULTS[name] | dict(params)
    return full | ({"features": tuple(full["features"])} if name == "table" else {})


def as_table(name: str, full: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters that a table has; drawn points are one with known columns."""
    if name == "table":
        return dict(full)
    column = described(full["digest"]).by_name.get(CLASS)
    task = "binary" if column is None or column.distinct == 2 else "multiclass"
    return _TABLE | dict(full) | {"target": CLASS, "features": POINT, "task": task}
