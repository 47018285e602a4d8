"""The table of variants: a row each, every cell can be typed."""

from typing import Any

import pandas as pd
import streamlit as st

from components.compare.setup import EDITION, PAGE, ROWS, TYPED
from datasets.row_weights import RULES
from training.catalog import ENTRIES
from training.catalog.models import ACTIVATIONS, INITIALIZERS
from training.cells import row
from training.variants import FIELDS, Row
from training.weights import NONE

MENUS: dict[str, list[str]] = {
    "optimizer": list(ENTRIES["optimizer"]),
    "loss": list(ENTRIES["loss"]),
    "model": list(ENTRIES["model"]),
    "activation": list(ACTIVATIONS),
    "initializer": list(INITIALIZERS),
    "batch_normalization": ["yes", "no"],
    "shuffle": ["yes", "no"],
    "sample_weight": [NONE, *RULES],
}
HELP = {
    "label": "What curves are called. Empty: made from what differs.",
    "optimizer": "Another one starts from Keras's defaults, with the set-up's learning rate.",
    "learning_rate": "A number such as 0.01 or 1e-3, or a schedule: CosineDecay(decay_steps=500)",
    "optimizer_arguments": "As in a call: momentum=0.9, nesterov=True",
    "loss": "Labels and last layer follow what the loss needs.",
    "loss_arguments": "As in a call: from_logits=True",
    "steps_per_epoch": "A number of full batches, or: all rows",
    "loss_weights": "What each output's loss counts in the total, in the order of the outputs: "
    "1, 0.2",
    "class_weight": "What a row of each class counts in the training loss: 1, 10",
    "callbacks": "As calls, with commas between: EarlyStopping(patience=5). To take away what the "
    "set-up has: none",
    "hidden": "Units of each hidden layer: 16, 16",
}
HEADS = {
    "label": "Name",
    "l2": "L2",
    "batch_normalization": "Batch norm",
    "hidden": "Hidden layers",
}
TALLEST = 6  # rows shown at once


def table() -> list[dict[str, Any]]:
    """Draw the table; returns its rows as cells (text or None, by field and "label")."""
    rows = st.session_state[ROWS]
    used = [f for f in FIELDS if any(r.get(f) for r in rows)]
    columns = ["label", *used, *(f for f in FIELDS if f not in used)]
    source = pd.DataFrame([{c: r.get(c) for c in columns} for r in rows], columns=columns)
    edited = st.data_editor(
        source.astype("object"),
        key=f"{PAGE}:table.{st.session_state[EDITION]}",
        num_rows="dynamic",
        hide_index=True,
        column_config={name: _column(name) for name in columns},
        height=38 + 35 * (min(len(rows), TALLEST) + 1),
        placeholder="-",
        alt="The variants, a row each; empty cells follow the set-up on the left",
    )
    cells = [
        {c: v if isinstance(v, str) else None for c, v in record.items()}
        for record in edited.to_dict("records")
    ]
    st.session_state[TYPED] = cells
    return cells


def rows_of(cells: list[dict[str, Any]]) -> list[Row]:
    """The rows that the cells say; ValueError names the row whose arguments cannot be read."""
    return [row(record, number) for number, record in enumerate(cells, start=1)]


def _column(name: str) -> Any:
    head = HEADS.get(name, name.replace("_", " ").capitalize())
    if name in MENUS:
        return st.column_config.SelectboxColumn(head, options=MENUS[name], help=HELP.get(name))
    return st.column_config.TextColumn(head, help=HELP.get(name), pinned=name == "label")
