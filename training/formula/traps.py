"""What goes wrong with a formula on certain labels, though it is right by itself."""

from training.choice import Choice
from training.formula.checking import validate
from training.formula.grammar import GRAMMARS
from training.formula.reading import read
from training.formula.tree import Formula, FormulaError
from training.formula.trial import aim, tried


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
    found = tried(*_parts(loss, task))
    return f"{loss.name} {found}" if found else ""


def doubt(loss: Choice, task: str) -> str:
    """One sentence if a loss that is a formula is lower at wrong answers than at right ones."""
    found = aim(*_parts(loss, task)) if loss.name == "CustomLoss" else None
    if not found:
        return ""
    right, wrong = found
    return (
        f"{loss.name} is lower at y_pred = {wrong:g} than at y_pred = {right:g} where y_true is "
        f"{right:g}: unless outputs are meant to differ from labels, it aims at something else."
    )


def _parts(loss: Choice, task: str) -> tuple[Formula, dict[str, float], str]:
    full = loss.full("loss")
    numbers = {name: full[name] for name in GRAMMARS["loss"].numbers}
    kind = "numbers" if task == "regression" else "classes"
    return read(full["formula"], "loss"), numbers, kind
