"""What differs between the experiments of a comparison, in a few words."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from training.data_choice import resplit
from training.fit_words import WORDS, changed
from training.formula.presets import title
from training.rates import told
from training.spec import Choice, Comparison, Experiment

SHOWN = 4


def differences(comparison: Comparison) -> str:
    """Such as "optimizer: SGD, Adam; 3 seeds"; empty when nothing differs."""
    return "; ".join(_parts(comparison.experiments))


def joined(values: Iterable[str], shown: int = SHOWN) -> str:
    """Distinct values in order, "a, b and 3 more"."""
    distinct = list(dict.fromkeys(values))
    more = f" and {len(distinct) - shown} more" if len(distinct) > shown else ""
    return ", ".join(distinct[:shown]) + more


def losses(comparison: Comparison) -> list[str]:
    """The distinct losses in order; numbers of different ones cannot be compared."""
    made = [e.compile.to_json() for e in comparison.experiments]
    fields = ("loss", "loss_weights")
    return list(dict.fromkeys(" × ".join(said(c[f]) for f in fields if f in c) for c in made))


def _parts(experiments: tuple[Experiment, ...]) -> Iterator[str]:
    splits: dict[Choice, set[int]] = {}
    for e in experiments:
        splits.setdefault(resplit(e.dataset, 0), set()).add(e.split)
    most = max(map(len, splits.values()))
    whole = [resplit(e.dataset, 0) if most > 1 else e.dataset for e in experiments]
    yield from _choices("data set", "dataset", whole)
    yield from _choices("model", "model", [e.model for e in experiments])
    yield from _choices("optimizer", "optimizer", [e.compile.optimizer for e in experiments])
    if len({e.rates for e in experiments}) > 1:
        yield joined(told(e.rates) for e in experiments if e.rates)
    plain: dict[str, Callable[[Experiment], Any]] = {
        "loss": lambda e: e.compile.to_json()["loss"],
        "loss weights": lambda e: dict(e.compile.loss_weights) or "1 each",
        "metrics": lambda e: e.compile.to_json()["metrics"],
        "weighted metrics": lambda e: e.compile.to_json().get("weighted_metrics", "none"),
        "batch size": lambda e: e.batch_size,
        "epochs": lambda e: e.epochs,
        **{words.name: lambda e, f=field: _fitted(e, f) for field, words in WORDS.items()},
    }
    for field, value in plain.items():
        texts = [said(value(e)) for e in experiments]
        if len(set(texts)) > 1:
            yield f"{field}: {joined(texts)}"
    yield from _repeated(len({e.seed for e in experiments}), most)


def _fitted(experiment: Experiment, field: str) -> str:
    """What a field of `Fit` says; in brackets where commas are in it."""
    text = changed(experiment.fit, field) or WORDS[field].usual
    return f"[{text}]" if ", " in text else text


def _repeated(seeds: int, splits: int) -> Iterator[str]:
    """How often everything was done again, such as "5 seeds and splits"."""
    if seeds == splits > 1:
        yield f"{seeds} seeds and splits"
        return
    counts = {"seeds": seeds, "splits": splits}
    yield from (f"{count} {what}" for what, count in counts.items() if count > 1)


def _choices(field: str, kind: str, choices: list[Choice]) -> Iterator[str]:
    """One part for choices of different names, or one for each argument that differs."""
    if len({choice.name for choice in choices}) > 1:
        yield f"{field}: {joined(said(choice.to_json()) for choice in choices)}"
        return
    arguments = [choice.full(kind) for choice in choices]
    for name in arguments[0]:
        texts = [said(given[name]) for given in arguments]
        if len(set(texts)) > 1:
            label = name if field == "optimizer" else f"{field} {name}"
            yield f"{label}: {joined(texts)}"


def said(value: Any) -> str:
    """JSON in a few words: a choice as a call with what was changed, other values as they are."""
    value = value.to_json() if isinstance(value, Choice) else value
    if isinstance(value, dict) and "name" in value:
        arguments = ", ".join(f"{k}={said(v)}" for k, v in value["params"].items())
        return f"{value['name']}({arguments})" if arguments else value["name"]
    if isinstance(value, dict):
        return ", ".join(f"{head} {said(v)}" for head, v in value.items())
    if isinstance(value, list | tuple):
        return "[" + ", ".join(said(v) for v in value) + "]"
    return title(value) if isinstance(value, str) and "\n" in value else str(value)
