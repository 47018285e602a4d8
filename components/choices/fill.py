"""The other way round: widgets set to an experiment, before they are drawn."""

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from components import fresh
from components.choices import weights
from components.choices.fields import state
from training.catalog import defaults, entry
from training.scheduled import schedule_of
from training.spec import Choice, Experiment

DEFAULT = {
    "dataset": {"name": "moons", "params": {}},
    "model": {"name": "mlp", "params": {}},
    "compile": {
        "optimizer": {"name": "Adam", "params": {"learning_rate": 0.01}},
        "loss": {"name": "BinaryCrossentropy", "params": {}},
        "metrics": [{"name": "accuracy", "params": {}}],
    },
    "epochs": 100,
    "batch_size": 32,
    "seed": 0,
}
FIT_FIELDS = ("epochs", "batch_size", "seed")


def fill(prefix: str, experiment: Experiment) -> None:
    """Set every widget under `prefix` to an experiment; call it before they are drawn.

    They get new keys, if they were drawn before. And the experiment is kept until they were drawn:
    a click that comes sooner ends the run of the page, and brings what the browser shows.
    """
    page = prefix
    if filled(page):
        fresh.renew(page)
    for key in [k for k in st.session_state if str(k).startswith(f"{page}.")]:
        del st.session_state[key]
    prefix = fresh.key(page)
    st.session_state[_kept(prefix)] = experiment
    for compiled in (experiment.compile.metrics, experiment.compile.weighted_metrics):
        for _, listed in compiled:
            if len({metric.name for metric in listed}) < len(listed):
                _warn(listed)
    _fill(prefix, experiment)


def filled(page: str) -> bool:
    """Whether the widgets of a page have been set."""
    return f"{fresh.key(page)}.dataset" in st.session_state


def again(prefix: str) -> None:
    """Call it before the widgets are drawn: what they were set to last, if they were not since."""
    if waiting(prefix):
        _fill(prefix, st.session_state[_kept(prefix)])


def drawn(prefix: str) -> None:
    """Call it when all widgets have been drawn."""
    st.session_state.pop(_kept(prefix), None)


def waiting(prefix: str) -> bool:
    """Whether widgets were set and not drawn since, or are gone: nobody can have changed them."""
    return fresh.outdated(prefix) or _kept(prefix) in st.session_state


def _kept(prefix: str) -> str:
    return f"{prefix}:filled"


def _fill(prefix: str, experiment: Experiment) -> None:
    _fill_choice(prefix, "dataset", experiment.dataset)
    _fill_choice(prefix, "model", experiment.model)
    fill_optimizer(prefix, experiment.compile.optimizer)
    for head, loss in experiment.compile.losses:
        _fill_choice(prefix, "loss", loss, f"{head}.")
    for head, weight in experiment.compile.loss_weights:
        st.session_state[f"{prefix}.{head}.weight"] = weight
    compiled = experiment.compile
    kinds = (("metric", compiled.metrics), ("weighted", compiled.weighted_metrics))
    for kind, head, listed in ((k, *pair) for k, every in kinds for pair in every):
        first = {metric.name: metric for metric in reversed(listed)}
        names = list(dict.fromkeys(metric.name for metric in listed))
        st.session_state[f"{prefix}.{head}.{kind}"] = names
        for metric in first.values():
            _fill_params(f"{prefix}.{head}.{kind}.{metric.name}", "metric", metric)
    for name in FIT_FIELDS:
        st.session_state[f"{prefix}.{name}"] = getattr(experiment, name)
    for name in ("shuffle", "steps_per_epoch"):
        st.session_state[f"{prefix}.fit.{name}"] = getattr(experiment.fit, name)
    weights.fill(prefix, experiment)
    st.session_state[f"{prefix}.fit.callbacks"] = [c.name for c in experiment.fit.callbacks]
    for callback in experiment.fit.callbacks:
        _fill_params(f"{prefix}.fit.callbacks.{callback.name}", "callback", callback)


def fill_optimizer(prefix: str, optimizer: Choice) -> None:
    """Set the widgets of an optimizer, and of its schedule if it has one."""
    _fill_choice(prefix, "optimizer", optimizer)
    if planned := schedule_of(optimizer):
        _fill_choice(prefix, "schedule", planned)


def _warn(listed: Sequence[Choice]) -> None:
    """The menus cannot hold two metrics of one name; say which are left out."""
    counts = Counter(metric.name for metric in listed)
    twice = [entry("metric", name).label for name, count in counts.items() if count > 1]
    st.warning(
        f"{' and '.join(twice)} is listed more than once here. The menus hold each metric once, "
        "so the first is kept.",
        icon=":material/warning:",
    )


def _fill_choice(prefix: str, kind: str, choice: Choice, head: str = "") -> None:
    st.session_state[f"{prefix}.{head}{kind}"] = choice.name
    _fill_params(f"{prefix}.{head}{kind}.{choice.name}", kind, choice)


def _fill_params(prefix: str, kind: str, choice: Choice) -> None:
    found = entry(kind, choice.name)
    full = defaults(found) | dict(choice.params)
    for argument in found.arguments:
        if isinstance(full[argument.name], Choice):
            continue  # a schedule has widgets of its own
        st.session_state[f"{prefix}.{argument.name}"] = state(argument, full[argument.name])
