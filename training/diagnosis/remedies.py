"""What to try against a finding: one change that a row or the shared set-up can hold."""

from collections.abc import Mapping
from typing import Any

from training.diagnosis.finding import Kind, Remedy
from training.formula.flow import uses_rate
from training.scheduled import constant_rate
from training.spec import EPOCHS, Experiment

BLANK = ("zeros", "ones")  # initial weights that keep all units of a layer alike
DEEP = 3  # sigmoid layers, each of which passes on at most a quarter of the gradient
SLOW = 1e-3  # of the weights in a step: the usual size, see `rules`
CREEPING = 0.03  # falling less than this in the last fifth, larger steps help more than more steps


def remedy(kind: Kind, experiment: Experiment, numbers: Mapping[str, float]) -> Remedy | None:
    """A remedy that this experiment can take; `numbers` are those of the finding."""
    found = _chosen(kind, experiment, numbers)
    if found is None:
        return None
    try:
        return found if found.applied(experiment) != experiment else None
    except ValueError:  # beyond what the catalog lets through, or a model without this argument
        return None


def _chosen(kind: Kind, e: Experiment, numbers: Mapping[str, float]) -> Remedy | None:
    match kind:
        case "diverged":
            return _rate(e, 0.1)
        case "dead":
            return _against_dead(e)
        case "oscillating":
            return _rate(e, 0.1 if numbers["level"] > numbers["guess"] else 1 / 3)
        case "crawling":
            return _rate(e, 10)
        case "stuck":
            return _against_stuck(e, numbers)
        case "overfitting":
            return Remedy("epochs", max(EPOCHS[0], round(numbers["epoch"])))
        case "improving" if numbers["fall"] < CREEPING:
            return _rate(e, 3)
        case "improving":
            return Remedy("epochs", min(EPOCHS[1], 2 * e.epochs))
    return None


def _rate(e: Experiment, factor: float) -> Remedy | None:
    """The learning rate times a factor, to one digit: nobody can tell 0.03 from 0.0333.

    None where a schedule decides, for no cell can hold a share of one, or where a rule of one's own
    does not use it.
    """
    rate = constant_rate(e.compile.optimizer)
    if rate is None or not uses_rate(e.compile.optimizer):
        return None
    return Remedy("learning_rate", float(f"{rate * factor:.1g}"))


def _against_dead(e: Experiment) -> Remedy | None:
    """Fresh weights if they were blank; smaller steps if they were large; else a leaky ReLU."""
    if _model(e, "initializer") in BLANK:
        return Remedy("initializer", "he_normal")
    optimizer = e.compile.optimizer
    usual = type(optimizer)(optimizer.name).full("optimizer")["learning_rate"]
    if (constant_rate(optimizer) or 0.0) > usual:
        return _rate(e, 0.1)
    return Remedy("activation", "leaky_relu")


def _against_stuck(e: Experiment, numbers: Mapping[str, float]) -> Remedy | None:
    """The first cause that is there: blank weights, a heavy L2 term, small steps, the model."""
    activation, hidden = _model(e, "activation"), _model(e, "hidden") or ()
    if _model(e, "initializer") in BLANK and e.model.name != "linear":
        good = "he_normal" if activation == "relu" else "glorot_uniform"
        return Remedy("initializer", good)
    if _model(e, "l2"):
        return Remedy("l2", float(f"{_model(e, 'l2') / 100:.1g}"))
    if activation == "sigmoid" and len(hidden) >= DEEP:
        return Remedy("activation", "tanh")
    if numbers["step"] < SLOW:
        return _rate(e, 10)
    return Remedy("model", "mlp") if e.model.name == "linear" else _rate(e, 0.1)


def _model(e: Experiment, argument: str) -> Any:
    return e.model.full("model").get(argument)
