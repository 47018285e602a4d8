"""A finding in plain words, and the numbers it rests on."""

from collections.abc import Mapping

from training.diagnosis.finding import Kind
from training.diagnosis.remedies import CREEPING, SLOW
from training.formula.flow import uses_rate
from training.spec import Experiment

Numbers = Mapping[str, float]


def sentence(kind: Kind, numbers: Numbers, experiment: Experiment, where: str = "") -> str:
    """What is wrong, without a full stop; `where` as `seeds` says it."""
    rated = uses_rate(experiment.compile.optimizer)
    what = "the learning rate is" if rated else "the steps of the rule are"
    match kind:
        case "diverged":
            return f"Diverged{where}: {what} too {'high' if rated else 'large'}"
        case "dead":
            return f"Dead ReLUs{where}: {numbers['share']:.0%} of a layer answer no row any more"
        case "oscillating":
            return f"Oscillating{where}: {what} too {'high' if rated else 'large'}"
        case "frozen":
            return f"Frozen since epoch {numbers['since']:.0f}{where}: the rate is nearly 0"
        case "stuck":
            return f"Stuck at chance{where}: no better than a guess"
        case "crawling":
            may = "the learning rate may be too low" if rated else "its rule takes small steps"
            return f"Hardly moves{where}: {may}"
        case "overfitting":
            return f"Overfitting since epoch {numbers['epoch']:.0f}{where}"
        case "improving" if numbers["fall"] < CREEPING:
            return f"Still improving{where}, but slowly: {what} small"
        case "improving":
            return f"Still improving{where}: train longer"
        case "short":
            return "Too few epochs to judge"
    return "No sign of trouble"


def evidence(kind: Kind, numbers: Numbers, experiment: Experiment) -> str:
    """The numbers behind it, as a whole sentence; "" where there are none."""
    match kind:
        case "diverged":
            return _diverged(numbers)
        case "dead":
            shares = [f"{v:.0%} of {k[6:]}" for k, v in numbers.items() if k.startswith("layer ")]
            return (
                f"Units that put out 0 for every training row: {', '.join(shares)}. "
                "No gradient passes them, so they stay as they are."
            )
        case "oscillating":
            return (
                "In the last half of the epochs the validation loss typically moved by "
                f"{numbers['jump']:.3g} from one epoch to the next, at a level of "
                f"{numbers['level']:.3g}, and turned "
                f"round {numbers['turns']:.0%} of the time."
            )
        case "stuck":
            return _stuck(numbers, experiment)
        case "frozen":
            return (
                f"The learning rate fell from {numbers['from']:.3g} to {numbers['to']:.3g}, with "
                "which weights no longer move; a slower schedule, or a smallest rate, keeps it up."
            )
        case "crawling":
            return (
                f"In {numbers['epochs']:.0f} epochs the validation loss went from "
                f"{numbers['first']:.3g} to {numbers['last']:.3g}, where another row came to "
                f"{numbers['rival']:.3g}. A step moves the weights by {numbers['step']:.1g} of "
                f"their size; {SLOW:g} is usual."
            )
        case "overfitting":
            return (
                f"The validation loss was lowest at epoch {numbers['epoch']:.0f} "
                f"({numbers['low']:.3g}) and rose to {numbers['last']:.3g} by the end, while the "
                f"training loss fell from {numbers['then']:.3g} to {numbers['now']:.3g}."
            )
        case "improving":
            return (
                f"In the last {numbers['last']:.0f} epochs the validation loss went from "
                f"{numbers['from']:.3g} to {numbers['to']:.3g}."
            )
    return ""


def _diverged(numbers: Numbers) -> str:
    if "loss" in numbers:
        return (
            f"The training loss ended at {numbers['loss']:.3g}, more than ten times the "
            f"{numbers['guess']:.3g} of a guess."
        )
    first, last = numbers["first"], numbers["latest"]
    when = f"epoch {first:.0f}" if first == last else f"epochs {first:.0f} to {last:.0f}"
    return f"The loss stopped being a number at {when}."


def _stuck(numbers: Numbers, experiment: Experiment) -> str:
    number = all(head.task == "regression" for head in experiment.facts.heads)
    answer = "the middle of the targets" if number else "the shares of the classes"
    answer += ", as rows count," * experiment.fit.weighted
    said = f"The training loss ended at {numbers['loss']:.3g}"
    if numbers["known"]:
        said += f"; always giving {answer} costs {numbers['guess']:.3g}."
    else:
        said += f", after {numbers['guess']:.3g} in the first epoch."
    if "accuracy" in numbers:
        said += (
            f" The training accuracy ended at {numbers['accuracy']:.1%}; "
            f"always naming the most frequent class has {numbers['likely']:.1%}."
        )
    return said


def seeds(count: int, of: int) -> str:
    """Such as " in 4 of 5 seeds"; "" for a single run."""
    if of == 1:
        return ""
    if count < of:
        return f" in {count} of {of} seeds"
    return " in both seeds" if of == 2 else f" in all {of} seeds"
