"""What goes wrong with a formula on certain labels, though it is right by itself."""

from training.choice import Choice
from training.formula.checking import validate
from training.formula.flow import sources
from training.formula.grammar import GRAMMARS
from training.formula.reading import read
from training.formula.tree import Formula, FormulaError
from training.formula.trial import aim, astray, tried, unmeasured


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
    formula, *rest = _parts(loss, task)
    if found := tried(formula, *rest):
        return f"{loss.name} {found}"
    if "y_true" not in sources(formula):
        return f"{loss.name} does not look at y_true, so labels teach the model nothing."
    return ""


def doubt(loss: Choice, task: str) -> str:
    """One sentence if a loss that is a formula is lower at wrong answers than at right ones."""
    found = aim(*_parts(loss, task)) if loss.name == "CustomLoss" else None
    if not found:
        return ""
    right, wrong = found
    lower = (
        f"{loss.name} is lower at y_pred = {wrong:g} than at y_pred = {right:g} where y_true is "
        f"{right:g}"
    )
    if leads_astray(loss, task):
        return f"{lower}, and a larger y_true asks for no larger y_pred: it leads to wrong answers."
    return f"{lower}: unless outputs are meant to differ from labels, it aims at something else."


def leads_astray(loss: Choice, task: str) -> bool:
    """Whether a loss that is a formula surely leads to wrong answers."""
    return loss.name == "CustomLoss" and astray(*_parts(loss, task))


def misread(metric: Choice, task: str) -> str:
    """One sentence if a metric that is a formula does not measure answers; "" if it does."""
    if metric.name != "CustomMetric":
        return ""
    formula, *rest = _parts(metric, task, "metric")
    if found := unmeasured(formula, *rest):
        return f"It {found}"
    known = sources(formula)
    if "y_pred" not in known:
        return "It does not look at y_pred, so it says nothing about the model."
    if "y_true" not in known:
        return "It does not look at y_true, so it does not say how right the answers are."
    return ""


def _parts(choice: Choice, task: str, of: str = "loss") -> tuple[Formula, dict[str, float], str]:
    full = choice.full(of)
    numbers = {name: full[name] for name in GRAMMARS[of].numbers}
    kind = "numbers" if task == "regression" else "classes"
    return read(full["formula"], of), numbers, kind
