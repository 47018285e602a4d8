"""The design that a comparison could have been trained from, found from its experiments."""

from collections.abc import Sequence
from typing import Any

from training.catalog import entry
from training.choice import as_json
from training.design import Design
from training.epoch import ALL_ROWS
from training.loss_weights import weight_of
from training.problems import problems
from training.spec import Choice, Experiment
from training.variants import MODEL_FIELDS, Row
from training.weights import NONE, classes


def design_of(experiments: Sequence[Experiment]) -> Design | None:
    """Base, rows, seeds and data sets that give exactly these experiments in this order.

    None where no rows can say how they differ, as with other epochs, or seeds with gaps. Changes
    of the learning rate in mid-run, which no row can say either, are left out.
    """
    experiments = [experiment.unchanged for experiment in experiments]
    first = experiments[0]
    found = problems(experiments)
    others = [experiments[one.places[0]].dataset for one in found[1:]]
    own = [experiments[i] for i in found[0].places] if found else experiments
    variants = list(dict.fromkeys(e.variant for e in own))
    base = variants[0].with_seed(first.seed).with_split(first.split)
    vary_split = len({e.split for e in own}) > 1
    said = [fields(variant, base) for variant in variants]
    seeds = len(own) // len(variants)
    for lacking in (False, True):  # models have unlike fields; say them only where it is needed
        rows = [Row("", changes) for changes in _differing(said, lacking)]
        try:
            made = Design.of(base, rows, seeds, vary_split, others)
        except ValueError:
            continue
        if made.comparison.experiments == tuple(experiments):
            return made
    return None


def _differing(said: Sequence[dict[str, Any]], lacking: bool) -> list[dict[str, Any]]:
    """Of each row the fields that differ between rows, or also those that some rows lack."""
    names = dict.fromkeys(name for own in said for name in own)
    kept = []
    for name in names:
        values = [own[name] for own in said if name in own]
        if any(v != values[0] for v in values) or (lacking and len(values) < len(said)):
            kept.append(name)
    return [{n: own[n] for n in kept if n in own and own[n] != {}} for own in said]


def fields(variant: Experiment, base: Experiment) -> dict[str, Any]:
    """Every field that a row of the base may change, whether it differs or not."""
    optimizer, loss, model = variant.compile.optimizer, variant.compile.loss, variant.model
    full = model.full("model")
    return {
        "optimizer": optimizer.name,
        "learning_rate": as_json(optimizer.full("optimizer")["learning_rate"]),
        "optimizer_arguments": _arguments("optimizer", optimizer, base.compile.optimizer),
        "loss": loss.name,
        "loss_arguments": _arguments("loss", loss, base.compile.loss),
        "loss_weights": _times(variant),
        "batch_size": variant.batch_size,
        **_fit(variant),
        "model": model.name,
        **{name: as_json(full[name]) for name in MODEL_FIELDS if name in full},
    }


def _fit(variant: Experiment) -> dict[str, Any]:
    """How rows come and count, and what watches them, in words that a cell can say too."""
    fit, count = variant.fit, classes(variant.facts.heads)
    return {
        "shuffle": fit.shuffle,
        "steps_per_epoch": fit.steps_per_epoch or ALL_ROWS,
        "class_weight": list(fit.class_weight) or [1.0] * count,
        "sample_weight": fit.sample_weight or NONE,
        "callbacks": as_json(fit.callbacks),
    }


def _times(variant: Experiment) -> list[float]:
    """What each output's loss counts, in the order of the outputs."""
    weights = variant.compile.loss_weights
    return [weight_of(weights, head) for head, _ in variant.compile.losses]


def _arguments(kind: str, choice: Choice, base: Choice) -> dict[str, Any]:
    """Arguments that were changed, and those that the base's have to be changed back from."""
    names = {*choice.params, *(base.params if base.name == choice.name else ())}
    names -= {"learning_rate"} if kind == "optimizer" else set()
    full = choice.full(kind)
    ordered = [argument.name for argument in entry(kind, choice.name).arguments]
    return {name: as_json(full[name]) for name in ordered if name in names}
