"""Rows of a table that are not taken because a value is missing, and how that is said."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from datasets.own.saved import Kept, Saved


def left_out(target: Kept, features: Sequence[Kept], missing: str) -> np.ndarray:
    """Rows that are not taken, bool (rows,)."""
    columns = [target, *features] if missing == "drop" else [target]
    return np.any([column.gaps for column in columns], axis=0)


def told(saved: Saved, use: Mapping[str, Any]) -> str:
    """How many rows are not taken, as one sentence; "" where all are."""
    target = saved.by_name[use["target"]]
    features = [saved.by_name[name] for name in use["features"]]
    without = int(target.gaps.sum())
    others = int(left_out(target, features, use["missing"]).sum()) - without
    parts = [f"{_rows(without)} without {target.name}"] if without else []
    if others:
        parts.append(f"{others:,} with other gaps" if without else f"{_rows(others)} with gaps")
    if not parts:
        return ""
    return f"{' and '.join(parts)} {'is' if without + others == 1 else 'are'} left out."


def _rows(count: int) -> str:
    return "1 row" if count == 1 else f"{count:,} rows"
