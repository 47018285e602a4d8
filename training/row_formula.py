"""The formula of a row: what its cells say of a loss or an optimizer of one's own, and new text."""

from collections.abc import Mapping
from typing import Any

from training.axes import Cells
from training.catalog import ENTRIES, defaults, entry
from training.cells import arguments, cells
from training.choice import as_json
from training.formula.grammar import GRAMMARS
from training.formula.letters import one_line, tidy
from training.formula.presets import PRESETS, Preset
from training.formula.reading import read
from training.spec import Experiment
from training.variants import Row, title

NAMES = {"optimizer": "CustomOptimizer", "loss": "CustomLoss"}
# The example that does what a class of Keras does; the first one for all others.
LIKE = {
    "SGD": "Gradient descent by hand",
    "Adam": "Adam by hand",
    "AdamW": "Adam by hand",
    "MeanSquaredError": "Squared error",
}


def kinds(base: Experiment) -> list[str]:
    """What a row can have a formula for: of several outputs, losses are those of the set-up."""
    return list(NAMES) if len(base.compile.losses) == 1 else ["optimizer"]


def chosen(base: Experiment, row: Cells, kind: str) -> str:
    """The optimizer or loss that a row has, as its cell says it, else the base's."""
    own = base.compile.optimizer if kind == "optimizer" else base.compile.loss
    return str(row.get(kind) or own.name)


def given(base: Experiment, row: Cells, kind: str, number: int) -> dict[str, Any]:
    """The arguments of a row's choice that differ from Keras's defaults, unchecked.

    ValueError names the row whose cell cannot be read.
    """
    own = base.compile.optimizer if kind == "optimizer" else base.compile.loss
    text, where = row.get(f"{kind}_arguments"), title(row.get("label") or "", number)
    typed = arguments(text, f"{where}: {kind} arguments") if text else {}
    from_base = dict(own.params) if chosen(base, row, kind) == own.name else {}
    found = {name: as_json(value) for name, value in (from_base | typed).items()}
    return {name: value for name, value in found.items() if name != "learning_rate"}


def formula_of(base: Experiment, row: Cells, kind: str, number: int) -> dict[str, Any] | None:
    """All arguments of a row's formula, in lines; None where its choice is none.

    ValueError names the row whose cell cannot be read.
    """
    own = given(base, row, kind, number)
    if chosen(base, row, kind) != NAMES[kind]:
        return None
    full = defaults(entry(kind, NAMES[kind])) | own
    for name in GRAMMARS[kind].numbers:
        if not isinstance(full[name], int | float):
            where = title(row.get("label") or "", number)
            raise ValueError(f"{where}: {name}: {full[name]!r} is not a number; mend its cell.")
    return full | {"formula": tidy(str(full["formula"]))}


def written(base: Experiment, row: Cells, kind: str, new: Mapping[str, Any], number: int) -> Cells:
    """The cells with a formula and the numbers that it reads; other arguments stay."""
    kept = given(base, row, kind, number) if chosen(base, row, kind) == NAMES[kind] else {}
    said = kept | {**new, "formula": one_line(str(new["formula"]))}
    text = cells(Row("", {f"{kind}_arguments": said}))[f"{kind}_arguments"]
    return {**row, kind: NAMES[kind], f"{kind}_arguments": text}


def begun(base: Experiment, row: Cells, kind: str, number: int) -> Cells:
    """The cells with a formula to start from: what the row's choice does, where an example does."""
    name = chosen(base, row, kind)
    params = given(base, row, kind, number)
    if name in ENTRIES[kind]:
        params = defaults(entry(kind, name)) | params
    preset = _example(kind, name, params)
    reads = read(preset.text, kind).reads
    known = defaults(entry(kind, NAMES[kind])) | dict(preset.numbers) | params
    numbers = {n: known[n] for n in GRAMMARS[kind].numbers if reads(n)}
    return written(base, row, kind, {"formula": preset.text, **numbers}, number)


def _example(kind: str, name: str, params: Mapping[str, Any]) -> Preset:
    label = "Momentum by hand" if params.get("momentum") else LIKE.get(name, "")
    listed = PRESETS[kind]
    return next((preset for preset in listed if preset.label == label), listed[0])
