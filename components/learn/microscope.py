"""The parts of the microscope's page: what is compiled, and three looks at the model."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from components import presenter
from components.learn.attached import dot, variable
from components.learn.tables import table
from training.catalog.optimizers import OPTIMIZERS

WHEN = ("before compile", "after compile", "after the first step")
CHOICES = tuple(name for name in OPTIMIZERS if name != "CustomOptimizer")
LOSSES = (
    *("crossentropy", "binary_crossentropy", "binary_focal_crossentropy"),
    *("mean_squared_error", "mean_absolute_error", "huber", "log_cosh", "hinge", "squared_hinge"),
)
METRICS = ("accuracy", "auc", "precision", "recall", "mean_squared_error", "binary_crossentropy")


def compiled() -> dict[str, str]:
    """What the learner gives compile, as the demonstration takes it; the address holds it."""
    if not presenter.shows("controls"):
        return {}
    locked = presenter.locked()
    left, right = st.columns(2)
    with left:
        optimizer = st.selectbox(
            "Optimizer",
            CHOICES,
            index=CHOICES.index("Adam"),
            key="with_optimizer",
            bind="query-params",
            disabled=locked,
        )
    with right:
        loss = st.selectbox("Loss", LOSSES, key="with_loss", bind="query-params", disabled=locked)
    metrics = st.multiselect(
        "Metrics",
        METRICS,
        default=METRICS[:2],
        key="with_metrics",
        bind="query-params",
        disabled=locked,
    )
    st.code(
        f"model.compile(\n    optimizer=keras.optimizers.{optimizer}(),\n"
        f'    loss="{loss}",\n    metrics={metrics},\n)'.replace("'", '"')
    )
    return {"optimizer": optimizer, "loss": loss, "metrics": ", ".join(metrics)}


def seen(looks: Sequence[Mapping[str, Any]], word: str) -> None:
    """What each look saw, a column each; `word` is the loss as compile was given it."""
    rows = {
        "hash of the weights": [look["hash"] for look in looks],
        "predictions moved by": [f"{look['difference']:.3g}" for look in looks],
        "model.compiled": [str(look["compiled"]) for look in looks],
        "optimizer": [look["optimizer"] or "none" for look in looks],
        "optimizer.built": [str(look["built"]) for look in looks],
        "variables of the optimizer": [str(len(look["variables"])) for look in looks],
        "bytes of the optimizer": [str(size(look["variables"])) for look in looks],
        "loss": [became(look, word) for look in looks],
        "metrics looked up": [", ".join(look["metrics"].values()) or "none" for look in looks],
        "model.train_function": ["a graph" if look["train_function"] else "None" for look in looks],
        "Python ran train_step": [f"{look['traces']} times" for look in looks],
    }
    table(("", *WHEN), rows)
    if looks[-1]["traces"] == 2:
        st.caption(
            "Two runs, one graph: in the first run the optimizer makes its variables, so Python "
            "runs once more, and that run is kept as the graph."
        )


def became(look: Mapping[str, Any], word: str) -> str:
    """What stands for the loss at a look: nothing, a word, or what the word was looked up as."""
    if look["loss"]:
        return f"{look['loss object']} of {look['loss']}"
    return f"the word {word}" if look["compiled"] else "none"


def picture(found: Mapping[str, Any]) -> None:
    """What hangs on the model at one of the looks."""
    when = st.segmented_control(
        "What hangs on the model", WHEN, default=WHEN[-1], required=True, key="microscope.when"
    )
    look = found["looks"][WHEN.index(when)]
    st.graphviz_chart(
        dot(look, found["weights"]),
        width="content",
        alt=f"The model {when}, with {len(look['variables'])} variables of the optimizer.",
    )
    st.caption("Blue: the model. Orange: stored by compile. Green: made by `fit`. Grey: not yet.")


def variables(look: Mapping[str, Any]) -> None:
    """Every variable of the optimizer, with its shape and bytes."""
    with st.expander(f"All {len(look['variables'])} variables", icon=":material/list:"):
        st.dataframe(
            {
                "variable": [variable(v).split(" (")[0] for v in look["variables"]],
                "shape": [str(tuple(v["shape"])) for v in look["variables"]],
                "bytes": [v["bytes"] for v in look["variables"]],
            },
            hide_index=True,
            alt="Variables of the optimizer.",
        )


def size(variables: Sequence[Mapping[str, Any]]) -> int:
    """Bytes of all of them."""
    return sum(v["bytes"] for v in variables)
