"""Optimizer, loss and metrics of one output as widgets."""

from typing import Any

import streamlit as st

import datasets
from components.choices import menus, schedule
from components.choices.fields import state
from components.choices.menu import arguments, marked, menu, named
from components.plain import plain
from training.catalog import ENTRIES, entry
from training.catalog.usual import USUAL_LOSS
from training.choice import choice
from training.formula.traps import doubt, trap
from training.layers import labels_form, output_units
from training.spec import Experiment

RULERS = "Rulers: they watch the training and never steer it. None at all is allowed."
SUM = (
    "The total is the sum of all outputs' losses, each times its weight. Gradients are multiplied "
    "by it too: an output with weight 0 is not learnt."
)
ALONE = (
    "What the loss, and with it every gradient, is multiplied by: plain SGD moves as with so many "
    "times the learning rate, Adam hardly otherwise than before. Of several outputs, weights say "
    "how much each counts."
)
WEIGHTED = (
    "The same rulers, but training rows count as they do in the loss: by class weights or sample "
    "weights, chosen under Fit."
)


def optimizer(prefix: str, steps: int) -> dict[str, Any]:
    """Menu and arguments of the optimizer, for a run of so many steps."""
    st.session_state.setdefault(f"{prefix}.optimizer", "Adam")
    without = ("learning_rate",) if schedule.scheduled(prefix) else ()
    names, key = list(ENTRIES["optimizer"]), f"{prefix}.optimizer"
    chosen = menu("Optimizer", names, "optimizer", key, without=without)
    return schedule.learning_rate(prefix, chosen, steps)


def loss(prefix: str, head: datasets.Head) -> dict[str, Any]:
    """Menu and arguments of a head's loss; what does not fit the task comes last, with why."""
    key = f"{prefix}.{head.name}.loss"
    reasons = menus.losses(head.task)
    st.session_state.setdefault(key, USUAL_LOSS[head.task])
    return menu("Loss", list(reasons), "loss", key, reasons)


def weight(prefix: str, head: datasets.Head, several: bool) -> float:
    """What a head's loss counts in the total, as a slider; of an only head behind a button."""
    key = f"{prefix}.{head.name}.weight"
    st.session_state.setdefault(key, 1.0)
    now = st.session_state[key]
    if several:
        return _times(f"Loss weight of {head.name}", key, now, SUM)
    label = "Loss weight" + (f": {now:g}" if now != 1 else "")
    with st.popover(label, icon=":material/weight:", width="stretch"):
        return _times("Loss weight", key, now, ALONE)


def _times(label: str, key: str, now: float, help_: str) -> float:
    # links may say more than a slider needs
    return st.slider(label, 0.0, max(10.0, now), now, 0.1, key=key, help=help_)


def warn(loss: dict[str, Any], head: datasets.Head, form: str) -> None:
    """Say what goes wrong with a loss that is a formula; `form` is how labels are written."""
    try:
        made = choice(loss, "loss", "loss")
        trapped = trap(made, head.task, form) or doubt(made, head.task)
    except ValueError:  # shown when the whole spec is judged
        return
    if trapped:
        st.caption(f":orange[:material/warning: {plain(trapped)}]")


def metrics(
    prefix: str, head: datasets.Head, form: str, units: int, weighted: bool = False
) -> list[dict[str, Any]]:
    """Menu and arguments of a head's metrics; `form` and `units` as `menus.metrics` takes them."""
    key = f"{prefix}.{head.name}.{'weighted' if weighted else 'metric'}"
    st.session_state.setdefault(key, [] if weighted else list(menus.DEFAULT_METRICS[head.task]))
    reasons = menus.metrics(head.task, form, units)
    known = [named("metric", list(reasons), state) for state in st.session_state[key]]
    if known != st.session_state[key]:
        st.session_state[key] = known
    chosen = st.multiselect(
        "Weighted metrics" if weighted else "Metrics",
        list(reasons),
        st.session_state[key],
        key=key,
        format_func=lambda name: marked(entry("metric", name), reasons),
        help=WEIGHTED if weighted else RULERS,
        placeholder="none",
    )
    listed = []
    for name in chosen:
        found = entry("metric", name)
        params = {}
        for argument in found.arguments:
            own = f"{key}.{name}.{argument.name}"
            if argument.name == "num_classes":
                st.session_state.setdefault(own, max(2, head.units))
            st.session_state.setdefault(own, state(argument, argument.default))
        if found.arguments:
            label = f"{found.label}{' (weighted)' if weighted else ''}: arguments"
            with st.popover(label, icon=":material/tune:", width="stretch"):
                st.caption(found.sentence)
                params = arguments(found, found.arguments, f"{key}.{name}")
        if reasons[name]:
            st.caption(f":orange[:material/warning: {found.label}: {reasons[name]}]")
        listed.append({"name": name, "params": params})
    return listed


def shape(spec: dict[str, Any], head: datasets.Head, facts: datasets.Facts) -> tuple[str, int]:
    """How this head's labels are written and how wide its last layer is; a guess while invalid."""
    losses = {h.name: {"name": USUAL_LOSS[h.task]} for h in facts.heads}
    losses[head.name] = spec["loss"]
    metrics: dict[str, list] = {h.name: [] for h in facts.heads}
    several = len(facts.heads) > 1
    compiled = {
        "optimizer": "SGD",
        "loss": losses if several else losses[head.name],
        "metrics": metrics if several else [],
    }
    whole = {"dataset": spec["dataset"], "model": spec["model"], "compile": compiled}
    try:
        experiment = Experiment.from_json(whole | {"epochs": 1, "batch_size": 1, "seed": 0})
    except ValueError:
        return "0/1", max(1, head.units)
    return labels_form(experiment, head), output_units(experiment, head)
