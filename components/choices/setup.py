"""The choices of one experiment as widgets; `choose` draws them and returns the spec's JSON."""

from typing import Any

import streamlit as st

import datasets
from components import fresh
from components.choices import compiling, menus, own
from components.choices import weights as row_weights
from components.choices.callbacks import callbacks, watch_loss
from components.choices.fields import as_whole, field, grid
from components.choices.fill import again, drawn, waiting
from components.choices.menu import menu
from training.catalog import Argument
from training.catalog.usual import USUAL_LOSS
from training.epoch import ALL_ROWS, STEPS, steps_in
from training.monitored import watchable
from training.spec import BATCH_SIZE, EPOCHS, SEED, Experiment

FIT = {
    "epochs": Argument(
        "epochs",
        "int",
        100,
        "An epoch is all training rows once, unless steps per epoch says otherwise; after each, "
        "loss and metrics are reported.",
        *EPOCHS,
    ),
    "batch_size": Argument(
        "batch_size", "int", 32, "Rows per step: one step changes the weights once.", *BATCH_SIZE
    ),
    "seed": Argument("seed", "int", 0, "Decides the initial weights and the batch order.", *SEED),
}
STEPPED = ("epochs", "batch_size")
MORE_FIT = (
    Argument(
        "shuffle",
        "bool",
        True,
        "Rows come in a new order in every pass over them. Without it all passes have the order "
        "of the data.",
    ),
    Argument(
        "steps_per_epoch",
        "int",
        None,
        "Empty: an epoch is all training rows once. A number: rows come without an end, one pass "
        "after the other, and an epoch is so many full batches of them, be it part of a pass or "
        "several. The next epoch goes on where it ended.",
        *STEPS,
        optional=True,
    ),
)


def choose(page: str) -> dict[str, Any]:
    """Draw all choices; returns the spec's JSON as typed, for `Experiment.from_json` to judge."""
    prefix = fresh.key(page)
    again(prefix)
    st.session_state.setdefault(f"{prefix}.dataset", "moons")
    dataset = _dataset(prefix)
    known = own.facts_of(dataset)
    st.session_state[f"{prefix}:heads"] = known.heads
    model = _model(prefix, known)
    with st.container(border=True):
        st.markdown(":material/settings: **Compile**")
        optimizer = compiling.optimizer(prefix, _steps(prefix, known))
        several = len(known.heads) > 1
        losses, weights, metrics, weighted = {}, {}, {}, {}
        for head in known.heads:
            if several:
                st.markdown(f"Output *{head.name}*")
            losses[head.name] = compiling.loss(prefix, head)
            weights[head.name] = compiling.weight(prefix, head, several)
            spec = {"dataset": dataset, "model": model, "loss": losses[head.name]}
            shape = compiling.shape(spec, head, known)
            compiling.warn(losses[head.name], head, shape[0])
            metrics[head.name] = compiling.metrics(prefix, head, *shape)
            weighted[head.name] = compiling.metrics(prefix, head, *shape, weighted=True)
    first = known.heads[0].name
    box = st.container(border=True)
    with box:
        st.markdown(":material/fitness_center: **Fit**")
        columns = st.columns(3)
        fit = {}
        for column, (name, argument) in zip(columns, FIT.items(), strict=True):
            st.session_state.setdefault(f"{prefix}.{name}", argument.default)
            with column:
                fit[name] = field(argument, f"{prefix}.{name}")
        arguments = grid(MORE_FIT, f"{prefix}.fit", {"steps_per_epoch": ALL_ROWS})
        arguments |= row_weights.weights(prefix, dataset, known.heads)
    made = {
        "dataset": dataset,
        "model": model,
        "compile": {
            "optimizer": optimizer,
            "loss": losses if several else losses[first],
            "metrics": metrics if several else metrics[first],
            "loss_weights": weights if several else weights[first],
            "weighted_metrics": weighted if several else weighted[first],
        },
        **fit,
        "fit": arguments,
    }
    with box:
        made["fit"]["callbacks"] = callbacks(prefix, _columns(made))
    drawn(prefix)
    return made


def _columns(spec: dict[str, Any]) -> list[str]:
    """What callbacks may watch; a guess while the set-up is invalid."""
    try:
        return watchable(Experiment.from_json(spec))
    except ValueError:
        return ["val_loss", "loss"]


def _steps(prefix: str, facts: datasets.Facts) -> int:
    """How many steps the run takes, by the fields that are drawn below; 1 while they are wrong."""
    typed = [st.session_state.get(f"{prefix}.{n}", FIT[n].default) for n in STEPPED]
    typed.append(st.session_state.get(f"{prefix}.fit.steps_per_epoch"))
    epochs, size, steps = map(as_whole, typed)
    if not isinstance(epochs, int) or not isinstance(size, int) or epochs < 1 or size < 1:
        return 1
    steps = steps if isinstance(steps, int) else None
    return epochs * max(1, steps_in(facts.train_rows, size, steps))


def _dataset(prefix: str) -> dict[str, Any]:
    with st.container(border=True):
        made = menu(
            ":material/scatter_plot: **Data**",
            own.offered(prefix),
            "dataset",
            f"{prefix}.dataset",
            shown=0,
            labels=lambda name: own.label(prefix, name),
            on_change=_follow_task,
            args=(prefix,),
        )
        own.told(made)
        return made


def _follow_task(prefix: str) -> None:
    """A new data set may be another task: take a loss, metrics and a model that serve it."""
    if waiting(prefix) or f"{prefix}.dataset" not in st.session_state:
        return
    facts = own.facts_of(own.chosen(prefix))
    row_weights.forget(prefix)
    model = f"{prefix}.model"
    st.session_state[model] = menus.suited_model(st.session_state.get(model), facts)
    former = {head.name: head for head in st.session_state.get(f"{prefix}:heads", ())}
    for head in facts.heads:
        loss, metrics = menus.carried(former.get(head.name), head)
        if not loss:
            st.session_state[f"{prefix}.{head.name}.loss"] = USUAL_LOSS[head.task]
        if not metrics:
            listed = list(menus.DEFAULT_METRICS[head.task])
            st.session_state[f"{prefix}.{head.name}.metric"] = listed
            st.session_state[f"{prefix}.{head.name}.weighted"] = []
            watch_loss(prefix)


def _model(prefix: str, facts: datasets.Facts) -> dict[str, Any]:
    key = f"{prefix}.model"
    offered = menus.models(len(facts.shape) == 3)
    if st.session_state.get(key) not in offered:
        st.session_state[key] = offered[0]
    with st.container(border=True):
        return menu(":material/hub: **Model**", offered, "model", key)
