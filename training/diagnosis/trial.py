"""A comparison with a remedy tried in it: a row more, or another set-up for all rows."""

from dataclasses import replace

from training.design import Design
from training.diagnosis.finding import Remedy
from training.lineup import ROWS
from training.variants import Row, variant


def trial(design: Design, position: int, remedy: Remedy) -> tuple[Design, str]:
    """The design with the remedy for its row at `position`, and a sentence that says what changed.

    What a row can change makes a new row beside the old one, or in its place where there is no
    room; the epochs are those of all rows. ValueError where the new row is there already.
    """
    if remedy.field == "epochs":
        base = replace(design.base, epochs=remedy.value)
        return design.changed(base, design.rows), f"All rows have {remedy.label} now."
    old = design.rows[position]
    new = Row(_label(design, old, remedy), {**old.changes, remedy.field: remedy.value})
    if variant(design.base, new) in [variant(design.base, row) for row in design.rows]:
        raise ValueError(f"A row with {remedy.label} is there already.")
    rows = list(design.rows)
    if len(rows) < ROWS[1]:
        rows.append(new)
        said = f"A row with {remedy.label} is new; the others are not trained again."
    else:
        rows[position] = new
        said = f"A row has {remedy.label} now; there is no room for one more."
    return design.changed(design.base, rows), said


def _label(design: Design, old: Row, remedy: Remedy) -> str:
    """A name that no row has; none where the old row has none, and it is made from what differs."""
    if not old.label:
        return ""
    label, taken, number = f"{old.label}, {remedy.label}", {r.label for r in design.rows}, 2
    while label in taken:
        label = f"{old.label}, {remedy.label} ({number})"
        number += 1
    return label
