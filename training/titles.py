"""A title for a comparison that was given none: what was compared, and what of it is not usual."""

from collections.abc import Iterator

from training.catalog.usual import USUAL_LOSS
from training.code import called
from training.differences import differences, joined, said
from training.fit_words import WORDS, changed
from training.formula.presets import title
from training.spec import Comparison, Experiment


def title_of(comparison: Comparison) -> str:
    """Such as "moons, optimizer: SGD, Adam" or "moons, Adam, EarlyStopping(patience=5)"."""
    first = comparison.experiments[0]
    what = differences(comparison) or said(first.compile.optimizer.to_json())
    found = [unusual(e) for e in comparison.experiments]
    shared = [text for text in found[0] if all(text in other for other in found)]
    names = joined(e.dataset.name for e in comparison.experiments)
    return ", ".join([names, what, *shared])


def unusual(experiment: Experiment) -> list[str]:
    """What is not as the menus begin with, by the names that the code has for it."""
    return [
        *_losses(experiment),
        *(text for field in WORDS for text in _fitted(experiment, field)),
        *_shares(experiment),
    ]


def _losses(experiment: Experiment) -> Iterator[str]:
    """Losses that are not the task's usual one, or have arguments of their own."""
    losses, heads = dict(experiment.compile.losses), experiment.facts.heads
    for head in heads:
        loss = losses[head.name]
        formula = loss.full("loss").get("formula")
        text = f"{loss.name}({title(formula)})" if formula else said(loss)
        if text != USUAL_LOSS[head.task]:
            yield text if len(heads) == 1 else f"{head.name} {text}"
    if weights := experiment.compile.to_json().get("loss_weights"):
        yield f"loss_weights={said(weights)}"


def _fitted(experiment: Experiment, field: str) -> list[str]:
    text = changed(experiment.fit, field)
    if field == "callbacks":
        return [called(callback) for callback in experiment.fit.callbacks]
    if field == "shuffle":
        return ["shuffle=False"] if text else []
    return [f"{field}={f'[{text}]' if ', ' in text else text}"] if text else []


def _shares(experiment: Experiment) -> Iterator[str]:
    share = experiment.dataset.params.get("validation")
    if share is not None:
        yield f"validation {100 * share:g} %"
