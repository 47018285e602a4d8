"""How a saved table becomes inputs and a target: checked, and told as facts without its rows.

Categories become columns of 0 and 1, one for each category of the whole table: the shape of the
inputs is then the same for every split. What is learned from values (mean, deviation, median, most
frequent category) comes from the training part alone.
"""

from collections.abc import Mapping
from typing import Any

from datasets.data import Facts, Head
from datasets.kinds import WHY_NOT
from datasets.own.left_out import left_out
from datasets.own.parameters import MISSING, TASKS, as_table, complete
from datasets.own.saved import Kept, Saved
from datasets.own.shelf import described
from datasets.own.unfit import MOST_CLASSES, too_many, unfit
from datasets.parameters import VALIDATION

MOST_INPUTS = 100
FEWEST_ROWS = 20


def facts(name: str, params: Mapping[str, Any]) -> Facts:
    """Facts of a table as it is used; ValueError says what cannot be, and what can.

    Its kind DataMissing is raised when the table never was on this computer.
    """
    full = as_table(name, complete(name, params))
    return facts_of(described(full["digest"]), full)


def facts_of(saved: Saved, full: Mapping[str, Any]) -> Facts:
    """The same of a table that need not be saved yet."""
    target, features = _target(saved, full), _features(saved, full)
    names = tuple(n for column in features for n in inputs(column, full["missing"]))
    if len(names) > MOST_INPUTS:
        raise ValueError(
            f"These features would be {len(names)} inputs, as each category is one; up to "
            f"{MOST_INPUTS} can be taken. Leave out the columns with most categories."
        )
    rows = int((~left_out(target, features, full["missing"])).sum())
    if rows < FEWEST_ROWS:
        raise ValueError(
            f"Only {rows} of {saved.rows} rows have all these values, and {FEWEST_ROWS} are "
            "needed. Leave out columns with many gaps, or fill the gaps."
        )
    share = full.get("validation", VALIDATION.default)
    return Facts((len(names),), names, (_head(target, full["task"]),), rows, share)


def inputs(column: Kept, missing: str) -> list[str]:
    """Names of the inputs that a column becomes."""
    if column.kind == "number":
        names = [column.name]
    else:
        names = [f"{column.name} = {category}" for category in column.categories]
    told = missing == "category" and column.gaps.any()
    return [*names, f"{column.name} missing"] if told else names


def classes_of(saved: Saved, full: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The classes of the target, None if it is a number."""
    if full["task"] == "regression":
        return None
    return saved.by_name[full["target"]].categories


def _column(saved: Saved, name: str) -> Kept:
    if name not in saved.by_name:
        raise ValueError(
            f"{saved.title} has no column {name!r}; it has {', '.join(saved.by_name)[:200]}."
        )
    return saved.by_name[name]


def _target(saved: Saved, full: Mapping[str, Any]) -> Kept:
    if full["task"] not in TASKS or full["missing"] not in MISSING:
        raise ValueError(
            f"The task must be one of {', '.join(TASKS)}, and missing one of {', '.join(MISSING)}."
        )
    column = _column(saved, full["target"])
    if why := unfit(column):
        raise ValueError(why)
    if full["task"] == "regression":
        if column.kind != "number":
            raise ValueError(f"{column.name} has no numbers to predict; predict its classes.")
        return column
    if column.distinct > MOST_CLASSES:
        raise ValueError(f"{too_many(column)}. Predict another column, or predict it as a number.")
    two = column.distinct == 2
    if two != (full["task"] == "binary"):
        fits = "binary" if two else "multiclass"
        raise ValueError(f"{column.name} has {column.distinct} classes: its task is {fits}.")
    return column


def _features(saved: Saved, full: Mapping[str, Any]) -> list[Kept]:
    columns = [_column(saved, name) for name in full["features"]]
    if not columns:
        raise ValueError("Choose at least one column to predict from.")
    if len({c.name for c in columns}) < len(columns) or full["target"] in full["features"]:
        raise ValueError(
            f"A column can be used once: {full['target']} is predicted, the others predict it."
        )
    for column in columns:
        if column.kind not in ("number", "category"):
            raise ValueError(
                f"{column.name} cannot be an input ({WHY_NOT[column.kind]}); leave it out."
            )
    return columns


def _head(target: Kept, task: str) -> Head:
    if task == "regression":
        return Head("number", task, 1, (target.name,))
    names = target.categories
    return Head("class", task, 1 if task == "binary" else len(names), names)
