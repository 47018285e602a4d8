"""What goes wrong with a formula on certain labels, though it is right by itself."""

from training.choice import Choice
from training.formula.checking import validate
from training.formula.grammar import GRAMMARS
from training.formula.reading import read
from training.formula.tree import FormulaError
from training.formula.trial import tried


def mixes(loss: Choice, form: str) -> str:
    """One sentence if labels with one axis would meet outputs with two in this formula."""
    if form != "int":
        return ""
    full = loss.full("loss")
    try:
        validate(read(full["formula"], "loss"), "loss", full, labels=1)
    except FormulaError as error:
        return f"{loss.name}, {error} Set labels to auto: then they are shaped like the outputs."
    return ""


def trap(loss: Choice, task: str, form: str) -> str:
    """One sentence if a loss that is a formula fails or misleads here; "" if not.

    form: how labels are written.
    """
    if loss.name != "CustomLoss":
        return ""
    if mixed := mixes(loss, form):
        return mixed
    full = loss.full("loss")
    formula = read(full["formula"], "loss")
    numbers = {name: full[name] for name in GRAMMARS["loss"].numbers}
    found = tried(formula, numbers, "numbers" if task == "regression" else "classes")
    return f"{loss.name} {found}" if found else ""
