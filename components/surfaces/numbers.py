"""Where optimizers got on a surface, as a table."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from training.surface.heights import height
from training.surface.paths import Path
from training.surface.surfaces import Surface

NEAR = 1e-3  # above the lowest height
CONFIG = {
    "height": st.column_config.NumberColumn("Height at the end", format="%.4g"),
    "distance": st.column_config.NumberColumn(
        "Distance to a minimum", format="%.3g", help="To the nearest of the lowest places."
    ),
    "steps": st.column_config.NumberColumn(
        f"First step within {NEAR:g}",
        format="%d",
        help=f"The first step less than {NEAR:g} above the lowest height; it may leave it again.",
    ),
    "left": st.column_config.TextColumn("What became of it"),
}


def table(
    formula: str, surface: Surface | None, names: Sequence[str], paths: Sequence[Path]
) -> None:
    """A row for each optimizer; minima are those of a built-in surface."""
    rows = [_row(formula, surface, path) for path in paths]
    found = pd.DataFrame(rows, pd.Index(names, name="optimizer"))
    if all(path.left is None for path in paths):
        found = found.drop(columns="left")
    if surface is None:
        found = found.drop(columns=["distance", "steps"])
    st.dataframe(
        found, column_config=CONFIG, height="content", alt="Where each optimizer got on the surface"
    )


def _row(formula: str, surface: Surface | None, path: Path) -> dict[str, object]:
    ended = path.left is None
    row: dict[str, object] = {"height": height(formula, tuple(path.end)) if ended else np.nan}
    row |= {"distance": np.nan, "steps": None}
    if surface:
        away = np.linalg.norm(path.end - np.array(surface.minima), axis=1)
        row["distance"] = float(away.min()) if ended else np.nan
        near = path.heights < height(formula, surface.minima[0]) + NEAR
        row["steps"] = int(near.argmax()) if near.any() else None
    row["left"] = "" if ended else f"no finite height from step {path.left} on"
    return row
