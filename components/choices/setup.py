"""The choices of one experiment as widgets; `choose` draws them and returns the spec's JSON."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

import datasets
from components.choices import menus
from components.choices.fields import field, fields, state
from training.catalog import ENTRIES, Argument, Entry, defaults, entry
from training.layers import labels_form, output_units
from training.spec import BATCH_SIZE, EPOCHS, SEED, Experiment

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
FIT = {
    "epochs": Argument("epochs", "int", 100, "How many times every training row is seen.", *EPOCHS),
    "batch_size": Argument(
        "batch_size", "int", 32, "Rows per step: one step changes the weights once.", *BATCH_SIZE
    ),
    "seed": Argument("seed", "int", 0, "Decides the initial weights and the batch order.", *SEED),
}


def fill(prefix: str, experiment: Experiment) -> None:
    """Set every widget under `prefix` to an experiment; call it before they are drawn."""
    for key in [k for k in st.session_state if str(k).startswith(f"{prefix}.")]:
        del st.session_state[key]
    _fill_choice(prefix, "dataset", experiment.dataset)
    _fill_choice(prefix, "model", experiment.model)
    _fill_choice(prefix, "optimizer", experiment.compile.optimizer)
    for head, loss in experiment.compile.losses:
        _fill_choice(prefix, "loss", loss, f"{head}.")
    for head, listed in experiment.compile.metrics:
        st.session_state[f"{prefix}.{head}.metric"] = list(dict.fromkeys(m.name for m in listed))
        for metric in listed:
            _fill_params(f"{prefix}.{head}.metric.{metric.name}", "metric", metric)
    for name in FIT:
        st.session_state[f"{prefix}.{name}"] = getattr(experiment, name)


def choose(prefix: str) -> dict[str, Any]:
    """Draw all choices; returns the spec's JSON as typed, for `Experiment.from_json` to judge."""
    st.session_state.setdefault(f"{prefix}.dataset", "moons")
    dataset = _dataset(prefix)
    facts = _facts(dataset)
    model = _model(prefix, facts)
    with st.container(border=True):
        st.markdown("**:material/settings: Compile**")
        optimizer = _optimizer(prefix)
        several = len(facts.heads) > 1
        losses, metrics = {}, {}
        for head in facts.heads:
            if several:
                st.markdown(f"Output *{head.name}*")
            losses[head.name] = _loss(prefix, head)
            spec = {"dataset": dataset, "model": model, "loss": losses[head.name]}
            metrics[head.name] = _metrics(prefix, head, *_shape(spec, head, facts))
    first = facts.heads[0].name
    with st.container(border=True):
        st.markdown("**:material/fitness_center: Fit**")
        columns = st.columns(3)
        fit = {}
        for column, (name, argument) in zip(columns, FIT.items(), strict=True):
            st.session_state.setdefault(f"{prefix}.{name}", argument.default)
            with column:
                fit[name] = field(argument, f"{prefix}.{name}")
    return {
        "dataset": dataset,
        "model": model,
        "compile": {
            "optimizer": optimizer,
            "loss": losses if several else losses[first],
            "metrics": metrics if several else metrics[first],
        },
        **fit,
    }


def _dataset(prefix: str) -> dict[str, Any]:
    with st.container(border=True):
        found = _menu(
            "**:material/scatter_plot: Data**",
            list(ENTRIES["dataset"]),
            "dataset",
            f"{prefix}.dataset",
            on_change=_follow_task,
            args=(prefix,),
        )
        with st.popover("Size, noise and seed", icon=":material/tune:", use_container_width=True):
            params = fields(found, f"{prefix}.dataset.{found.name}")
    return {"name": found.name, "params": params}


def _follow_task(prefix: str) -> None:
    """A new data set may be another task: take a loss, metrics and a model that serve it."""
    facts = datasets.facts(st.session_state[f"{prefix}.dataset"], {})
    if st.session_state.get(f"{prefix}.model") not in menus.models(len(facts.shape) == 3):
        st.session_state[f"{prefix}.model"] = "mlp"
    for head in facts.heads:
        loss, metric = f"{prefix}.{head.name}.loss", f"{prefix}.{head.name}.metric"
        if not menus.fits(st.session_state.get(loss, ""), head.task):
            st.session_state[loss] = menus.DEFAULT_LOSS[head.task]
            st.session_state[metric] = list(menus.DEFAULT_METRICS[head.task])


def _facts(dataset: dict[str, Any]) -> datasets.Facts:
    params = {k: v for k, v in dataset["params"].items() if k != "labels"}
    try:
        return datasets.facts(dataset["name"], params)
    except ValueError:  # shown when the whole spec is judged
        return datasets.facts(dataset["name"], {})


def _model(prefix: str, facts: datasets.Facts) -> dict[str, Any]:
    key = f"{prefix}.model"
    offered = menus.models(len(facts.shape) == 3)
    if st.session_state.get(key) not in offered:
        st.session_state[key] = offered[0]
    with st.container(border=True):
        found = _menu("**:material/hub: Model**", offered, "model", key)
        params = fields(found, f"{prefix}.model.{found.name}")
    return {"name": found.name, "params": params}


def _optimizer(prefix: str) -> dict[str, Any]:
    st.session_state.setdefault(f"{prefix}.optimizer", "Adam")
    found = _menu("Optimizer", list(ENTRIES["optimizer"]), "optimizer", f"{prefix}.optimizer")
    return {"name": found.name, "params": fields(found, f"{prefix}.optimizer.{found.name}")}


def _loss(prefix: str, head: datasets.Head) -> dict[str, Any]:
    key = f"{prefix}.{head.name}.loss"
    reasons = menus.losses(head.task)
    st.session_state.setdefault(key, menus.DEFAULT_LOSS[head.task])
    found = _menu("Loss", list(reasons), "loss", key, reasons)
    return {"name": found.name, "params": fields(found, f"{key}.{found.name}")}


def _metrics(prefix: str, head: datasets.Head, form: str, units: int) -> list[dict[str, Any]]:
    key = f"{prefix}.{head.name}.metric"
    st.session_state.setdefault(key, list(menus.DEFAULT_METRICS[head.task]))
    reasons = menus.metrics(head.task, form, units)
    chosen = st.multiselect(
        "Metrics",
        list(reasons),
        key=key,
        format_func=lambda name: _marked(entry("metric", name), reasons),
        help="Rulers: they watch the training and never steer it. None at all is allowed.",
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
            label = f"{found.label}: arguments"
            with st.popover(label, icon=":material/tune:", use_container_width=True):
                st.caption(found.sentence)
                params = fields(found, f"{key}.{name}")
        if reasons[name]:
            st.caption(f":orange[:material/warning: {found.label}: {reasons[name]}]")
        listed.append({"name": name, "params": params})
    return listed


def _shape(spec: dict[str, Any], head: datasets.Head, facts: datasets.Facts) -> tuple[str, int]:
    """How this head's labels are written and how wide its last layer is; a guess while invalid."""
    losses = {h.name: {"name": menus.DEFAULT_LOSS[h.task]} for h in facts.heads}
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


def _menu(
    label: str,
    names: Sequence[str],
    kind: str,
    key: str,
    reasons: dict[str, str] | None = None,
    **more: Any,
) -> Entry:
    """A menu of catalog entries with the sentence, formula and source of the chosen one."""
    name = st.selectbox(
        label,
        names,
        key=key,
        format_func=lambda name: _marked(entry(kind, name), reasons or {}),
        **more,
    )
    found = entry(kind, name)
    st.caption(found.sentence)
    if reasons and reasons[name]:
        st.caption(f":orange[:material/warning: {reasons[name]}]")
    if found.formula:
        with st.popover("Formula", icon=":material/function:", type="tertiary"):
            st.latex(found.formula)
            st.caption(found.source)
            if found.needs:
                st.caption(f"Needs: {found.needs}")
    return found


def _marked(found: Entry, reasons: dict[str, str]) -> str:
    return f"{found.label} (does not fit)" if reasons.get(found.name) else found.label


def _fill_choice(prefix: str, kind: str, choice: Any, head: str = "") -> None:
    st.session_state[f"{prefix}.{head}{kind}"] = choice.name
    _fill_params(f"{prefix}.{head}{kind}.{choice.name}", kind, choice)


def _fill_params(prefix: str, kind: str, choice: Any) -> None:
    found = entry(kind, choice.name)
    full = defaults(found) | dict(choice.params)
    for argument in found.arguments:
        st.session_state[f"{prefix}.{argument.name}"] = state(argument, full[argument.name])
