"""What goes wrong with a formula on certain labels, though it is right by itself."""

from training.choice import Choice
from training.formula.checking import validate
from training.formula.reading import read
from training.formula.tree import FormulaError


def label_trap(kind: str, choice: Choice, form: str) -> str:
    """One sentence if labels in this form mix up the rows in a formula; "" if not."""
    full = choice.full(kind)
    if "formula" not in full or form != "int":
        return ""
    try:
        validate(read(full["formula"], kind), kind, full, labels=1)
    except FormulaError as error:
        return f"{choice.name}, {error} Set labels to auto: then they are shaped like the outputs."
    return ""
