"""What weights of classes and outputs do: who is not learnt, and how far the optimizer moves.

Measured in Keras 3.15; tests/test_checker_weights.py holds every sentence against it.
"""

from collections.abc import Iterator
from typing import Any

from training.checker.finding import Finding, Repair
from training.scheduled import constant_rate
from training.spec import Experiment

BY_CLASS, BY_OUTPUT = "class weights", "loss weights"
ABOUT = (BY_CLASS, BY_OUTPUT)
CLIPS = ("clipnorm", "clipvalue", "global_clipnorm")
# How large all gradients are together is not seen in their steps, but for rounding and epsilon.
SCALE_FREE = {
    *("RMSprop", "Adadelta", "Adam", "AdamW", "Adamax", "Nadam", "ScheduleFreeAdamW"),
    *("Adafactor", "Lion", "Lamb", "Muon"),
}


def weight_findings(experiment: Experiment) -> list[Finding]:
    """What is to be said of them; empty where nothing is weighed, or nothing odd comes of it."""
    return [*_lost_classes(experiment), *_lost_outputs(experiment), *_scaled(experiment)]


def _lost_classes(experiment: Experiment) -> Iterator[Finding]:
    weights = experiment.fit.class_weight
    lost = [i for i, weight in enumerate(weights) if not weight]
    if not lost:
        return
    names = experiment.facts.heads[0].names
    said = " and ".join(f"{names[i]!r}" for i in lost)
    why = f"rows of class {said} count 0 times in the training loss, so none of them is learnt"
    if len(weights) - len(lost) == 1:
        (kept,) = (name for i, name in enumerate(names) if i not in lost)
        why += f"; {kept!r} is the only answer that is ever taught"
    even = [weight or 1.0 for weight in weights]
    repair = _changed(experiment, f"Class weight 1 for {said}", fit={"class_weight": even})
    yield Finding("silently wrong", BY_CLASS, f"{why[0].upper()}{why[1:]}.", (repair,))


def _lost_outputs(experiment: Experiment) -> Iterator[Finding]:
    weights = dict(experiment.compile.loss_weights)
    for head, weight in weights.items():
        if weight:
            continue
        why = f"The loss of {head} counts 0 times in the total. {_own_layer(experiment)}"
        repair = _changed(
            experiment, f"Loss weight 1 for {head}", compile={"loss_weights": weights | {head: 1.0}}
        )
        yield Finding("silently wrong", BY_OUTPUT, why, (repair,))


def _own_layer(experiment: Experiment) -> str:
    """What becomes of a last layer that no gradient reaches."""
    optimizer = experiment.compile.optimizer
    full = optimizer.full("optimizer")
    if optimizer.name == "Ftrl":
        return "No gradient reaches its last layer, and Ftrl sets such kernels to 0."
    if optimizer.name == "CustomOptimizer":
        return "No gradient reaches its last layer."
    pulls = ["the L2 term"] if experiment.model.full("model").get("l2") else []
    pulls += ["weight decay"] if full.get("weight_decay") else []
    if pulls:
        return f"Only {' and '.join(pulls)} reach{'es' * (len(pulls) == 1)} its last layer."
    return "No gradient reaches its last layer, which keeps its initial weights."


def _scaled(experiment: Experiment) -> Iterator[Finding]:
    """All weights alike, and not 1: a larger or smaller loss, and nothing else."""
    each, factor, about = [], 1.0, ""
    for weights, what, own in (
        (experiment.fit.class_weight, "every class counts", BY_CLASS),
        ([w for _, w in experiment.compile.loss_weights], _outputs(experiment), BY_OUTPUT),
    ):
        if len({*weights}) == 1 and weights[0] != 1:
            each.append(f"{what} {weights[0]:g} times")
            factor, about = factor * weights[0], own
    if each and factor != 1:
        said = " and ".join(each)
        l2 = ", but not the L2 term" if experiment.model.full("model").get("l2") else ""
        why = f"so the loss and its gradients are {factor:g} times as large{l2}"
        sentence = f"{said[0].upper()}{said[1:]}, {why}. {_moves(experiment, factor)}"
        yield Finding("works", about, sentence)


def _outputs(experiment: Experiment) -> str:
    return "every output counts" if len(experiment.compile.losses) > 1 else "the loss counts"


def _moves(experiment: Experiment, factor: float) -> str:
    """How the optimizer takes gradients that are so many times as large."""
    optimizer = experiment.compile.optimizer
    name, full = optimizer.name, optimizer.full("optimizer")
    if name in SCALE_FREE:
        return f"{name} does not see how large gradients are, and moves nearly as without."
    if name == "CustomOptimizer":
        return "How a rule of one's own then moves is up to its formula."
    if name != "SGD":
        return f"{name} then moves otherwise, but not as with so many times the learning rate."
    if any(full.get(clip) for clip in CLIPS):
        return "SGD then moves as with so many times the learning rate, up to what is clipped."
    rate, l2 = constant_rate(optimizer), experiment.model.full("model").get("l2")
    as_with = f"a learning rate of {rate * factor:.4g}" if rate else f"{factor:g} times the rate"
    rest = f" and an L2 of {l2 / factor:.4g}" if l2 else ""
    kept = ", with weight decay as it is" if full.get("weight_decay") else ""
    return f"SGD then moves as with {as_with}{rest}{kept}."


def _changed(experiment: Experiment, label: str, **fields: Any) -> Repair:
    """A repair that changes some entries of these fields."""
    spec = experiment.to_json()
    spec |= {name: spec.get(name, {}) | changes for name, changes in fields.items()}
    return Repair(label, Experiment.from_json(spec))
