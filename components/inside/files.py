"""Files of one run, made when somebody asks: its model for Keras, its logs for TensorBoard."""

from collections.abc import Iterable
from typing import NamedTuple

import streamlit as st

from components.inside.ordered import order, ordered
from training.custom import class_names
from training.lab import Lab
from training.orders import Kind
from training.states import RunState


class File(NamedTuple):
    """What can be had, and what it is called."""

    kind: Kind
    name: str
    ending: str
    mime: str
    what: str


FILES = (
    File(
        "model",
        "model file",
        ".keras",
        "application/octet-stream",
        "Architecture, weights, the compile call and the optimizer's state; "
        '`keras.models.load_model("….keras")` opens it.',
    ),
    File(
        "tensorboard",
        "TensorBoard logs",
        "-tensorboard.zip",
        "application/zip",
        "Event files of training and validation; unzip, then `tensorboard --logdir .`.",
    ),
)


def files(lab: Lab, run: RunState) -> None:
    """A button for each file: first it is prepared, then it can be downloaded."""
    for column, file in zip(st.columns(len(FILES)), FILES, strict=True):
        with column:
            _file(lab, run, file)
            st.caption(file.what)
            if file.kind == "model" and (own := class_names(run.experiment.compile).values()):
                st.caption(f"Give it the classes shown: `custom_objects={_listed(own)}`.")


def _listed(names: Iterable[str]) -> str:
    return "{" + ", ".join(f'"{name}": {name}' for name in names) + "}"


def _file(lab: Lab, run: RunState, file: File) -> None:
    if file.kind == "model" and run.diverged:
        st.info("This run diverged: its weights are no numbers, so there is no model to keep.")
        return
    if lab.errand(run.digest, file.kind) is None:
        key = f"inside:prepare.{file.kind}"
        if not st.button(f"Prepare {file.name}", icon=":material/build:", key=key):
            return
        if not order(lab, run, file.kind):
            return
    blob = ordered(lab, run, file.kind)
    if blob is not None:
        st.download_button(
            f"Download {file.name}",
            blob,
            file_name=file_name(run) + file.ending,
            mime=file.mime,
            icon=":material/download:",
            on_click="ignore",
            key=f"inside:download.{file.kind}",
        )


def file_name(run: RunState) -> str:
    """Such as moons-Adam-seed0-1a2b3c: unique enough to keep several apart."""
    e = run.experiment
    return f"{e.dataset.name}-{e.compile.optimizer.name}-seed{e.seed}-{run.digest[:6]}"
