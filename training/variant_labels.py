"""Short labels of variants that say what differs between them, such as "SGD momentum 0.9"."""

from collections.abc import Mapping, Sequence
from typing import Any

from training import weights
from training.catalog import entry
from training.data_title import titled
from training.epoch import ALL_ROWS
from training.formula.presets import title
from training.rates import told
from training.scheduled import brief
from training.spec import Choice, Experiment

SHORT = {
    "BinaryCrossentropy": "Binary CE",
    "BinaryFocalCrossentropy": "Binary focal CE",
    "CategoricalCrossentropy": "Categorical CE",
    "CategoricalFocalCrossentropy": "Categorical focal CE",
    "CategoricalGeneralizedCrossEntropy": "Generalized CE",
    "SparseCategoricalCrossentropy": "Sparse categorical CE",
    "KLDivergence": "KL divergence",
    "CustomLoss": "Own loss",
    "CustomOptimizer": "Own rule",
    "MeanSquaredError": "MSE",
    "MeanAbsoluteError": "MAE",
    "MeanAbsolutePercentageError": "MAPE",
    "MeanSquaredLogarithmicError": "MSLE",
    "cnn": "CNN",
    "linear": "Linear",
    "mlp": "MLP",
}
WORDS = {
    "learning_rate": "lr",
    "l2": "L2",
    "batch_normalization": "batch norm",
    "restore_best_weights": "best weights",
}
BARE = {"activation", "initializer"}  # their values say what they are


def labels(
    experiments: Sequence[Experiment], given: Mapping[Experiment, str] | None = None
) -> list[str]:
    """One label for each experiment, equal for those that differ in seed only, else different.

    `given` holds labels that somebody chose, by the variant with seed 0. A variant whose learning
    rate was changed in mid-run keeps its label, followed by the change.
    """
    given = given or {}
    changed = list(dict.fromkeys(e.variant for e in experiments))
    variants = list(dict.fromkeys(v.unchanged for v in changed))
    nameless = [v for v in variants if not given.get(v)]
    # what only a named variant does need not be said of the others
    made = dict(_parts(nameless if len(nameless) > 1 else variants))
    named: dict[Experiment, str] = {}
    for variant in changed:
        plain = variant.unchanged
        text = given.get(plain) or " ".join(made[plain]) or plain.compile.optimizer.name
        text = ", ".join(filter(None, (text, told(variant.rates))))
        taken, number = set(named.values()), 2
        named[variant] = text
        while named[variant] in taken:
            named[variant] = f"{text} ({number})"
            number += 1
    return [named[e.variant] for e in experiments]


def _parts(variants: Sequence[Experiment]) -> list[tuple[Experiment, list[str]]]:
    columns = [
        choice_texts("optimizer", [v.compile.optimizer for v in variants]),
        *_losses(variants),
        _texts([_times(v) for v in variants]),
        choice_texts("model", [v.model for v in variants]),
        choice_texts("dataset", [v.dataset for v in variants]),
        _numbers("batch {}", [v.batch_size for v in variants]),
        _numbers("{} epochs", [v.epochs for v in variants]),
        _texts(["shuffled" if v.fit.shuffle else "not shuffled" for v in variants]),
        _texts([_steps(v) for v in variants]),
        _texts([_rows(v) for v in variants]),
        _watched([v.fit.callbacks for v in variants]),
    ]
    return [(v, [t for c in columns for t in c[i]]) for i, v in enumerate(variants)]


def _losses(variants: Sequence[Experiment]) -> list[list[list[str]]]:
    """By head; none where data sets have other heads."""
    if len({tuple(head for head, _ in v.compile.losses) for v in variants}) > 1:
        return []
    heads = [head for head, _ in variants[0].compile.losses] if variants else []
    return [
        choice_texts("loss", [dict(v.compile.losses)[head] for v in variants]) for head in heads
    ]


def _numbers(text: str, values: Sequence[int]) -> list[list[str]]:
    return [[text.format(v)] if len(set(values)) > 1 else [] for v in values]


def _texts(values: Sequence[str]) -> list[list[str]]:
    return [[value] if len(set(values)) > 1 else [] for value in values]


def _times(variant: Experiment) -> str:
    """What each output's loss counts."""
    times = variant.compile.loss_weights
    if len(variant.compile.losses) == 1:
        return f"loss × {times[0][1] if times else 1:g}"
    return ", ".join(f"{head} × {w:g}" for head, w in times) or "losses × 1"


def _steps(variant: Experiment) -> str:
    """How long an epoch is."""
    steps = variant.fit.steps_per_epoch
    return f"steps per epoch {steps}" if steps else f"{ALL_ROWS} per epoch"


def _rows(variant: Experiment) -> str:
    """What rows count."""
    if variant.fit.class_weight:
        return weights.brief(variant.fit.class_weight, variant.facts.heads[0].names)
    return variant.fit.sample_weight or "unweighted"


def _watched(values: Sequence[tuple[Choice, ...]]) -> list[list[str]]:
    """Callbacks where these differ, and the arguments that tell one from others of its name."""
    named = len({tuple(c.name for c in listed) for listed in values}) > 1
    texts: list[list[str]] = [[] for _ in values]
    for name in dict.fromkeys(c.name for listed in values for c in listed):
        alike = [(i, c) for i, listed in enumerate(values) for c in listed if c.name == name]
        told = _callbacks([c for _, c in alike])
        for (i, _), own in zip(alike, told, strict=True):
            if named or len(set(told)) > 1:
                texts[i].append(own)
    return [[" and ".join(own)] if own else ["no callbacks"] * named for own in texts]


def _callbacks(alike: Sequence[Choice]) -> list[str]:
    """Callbacks of one name, with the arguments that differ and are not Keras's own."""
    found, given = entry("callback", alike[0].name), [c.full("callback") for c in alike]
    apart = {name for name in given[0] if len({full[name] for full in given}) > 1}
    return [
        " ".join([found.label.lower(), *(_argument(n, c.params[n], ()) for n in full if n in own)])
        for c, full in zip(alike, given, strict=True)
        for own in [apart & set(c.params)]
    ]


def choice_texts(kind: str, choices: Sequence[Choice]) -> list[list[str]]:
    """For each the name where names differ, and the arguments that tell it from the others."""
    called = [_name(kind, choice) for choice in choices]
    named = len(set(called)) > 1
    given = [_told(kind, choice) for choice in choices]
    found = []
    for choice, name, full in zip(choices, called, given, strict=True):
        texts = [name] if named else []
        for name, value in full.items():
            known = [g[name] for g in given if name in g]
            alike = len(set(known)) == 1
            usual = value == entry(kind, choice.name).argument(name).default
            if named and (alike and (len(known) == len(given) or usual)):
                continue
            if alike and not named:
                continue
            if named and (_most(known, value) if name == "learning_rate" else usual):
                continue
            texts.append(_argument(name, value, known))
        found.append(texts)
    return found


def _name(kind: str, choice: Choice) -> str:
    own = titled(choice).name if kind == "dataset" else choice.name
    return own if own != choice.name else SHORT.get(own) or entry(kind, own).label


def _told(kind: str, choice: Choice) -> dict[str, Any]:
    """Every argument but a digest: the name stands for it."""
    return {name: value for name, value in choice.full(kind).items() if name != "digest"}


def _most(values: Sequence[Any], value: Any) -> bool:
    """Whether more than half have this value: then the others are the ones to be marked."""
    return 2 * list(values).count(value) > len(values)


def _argument(name: str, value: Any, known: Sequence[Any]) -> str:
    """In words; `known` are the values that all choices have."""
    if isinstance(value, Choice):
        return brief(value, [other for other in known if isinstance(other, Choice)])
    word = WORDS.get(name, name.replace("_", " "))
    if isinstance(value, bool) or value is None:
        return word if value else f"no {word}"
    if isinstance(value, tuple):
        texts = any(isinstance(item, str) for item in value)
        return f"{word} {', '.join(value)}" if texts else "-".join(f"{item:g}" for item in value)
    if name == "formula":
        return title(value)
    shown = value if isinstance(value, str) else f"{value:g}"
    return shown if name in BARE else f"{word} {shown}"
