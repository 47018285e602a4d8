"""What a trained model says of the validation rows: confusion, threshold, residuals."""

import numpy as np
import streamlit as st

import datasets
from components.figures.confusion import confusion
from components.figures.lookup import head_scale, predicted_against_true
from components.figures.names import answers
from components.figures.reading import predicted, read
from components.figures.scores import over_thresholds, residuals, score_histogram
from components.inside.thresholds import measured, over
from components.plain import plain
from components.plot import plot
from datasets import Head
from training.inside import Inside
from training.states import RunState
from training.view import head_slices

THRESHOLDS = np.linspace(0, 1, 41)


def predictions(run: RunState, inside: Inside, data: datasets.Data) -> None:
    """The picture that suits the task of the chosen output."""
    if not inside.predictions.size:
        st.info("This run diverged: its model has no numbers to predict with.")
        return
    heads = {head.name: head for head in data.facts.heads}
    name = next(iter(heads))
    if len(heads) > 1:
        name = st.segmented_control(
            "Output", list(heads), default=name, required=True, key="inside:head"
        )
    head = heads[name]
    outputs = inside.predictions[:, head_slices(run.experiment)[name]]
    true = data.validation.y[name]
    if head.task == "regression":
        _regression(true, outputs, head)
        return
    label = _label(head)
    if head.task == "multilabel":
        true = true[:, label]
    reading = read(outputs, head, head_scale(run.experiment, head), label)
    names = _names(head, label)
    if reading.kind == "share":
        called = plain(head.names[label if head.task == "multilabel" else 1])
        _binary(run, true.astype("int64"), reading.value, names, called)
        return
    figure = confusion(true.astype("int64"), predicted(reading), names, note=reading.note)
    plot(figure, key="inside.confusion", alt="Confusion matrix of the validation rows")


def _label(head: Head) -> int:
    if head.task != "multilabel":
        return 0
    first = head.names[0]
    chosen = st.segmented_control(
        "Label", head.names, default=first, required=True, key="inside:label"
    )
    return head.names.index(chosen)


def _names(head: Head, label: int) -> tuple[str, ...]:
    if head.task == "multilabel":
        return f"not {head.names[label]}", head.names[label]
    return answers(head)


def _binary(
    run: RunState, true: np.ndarray, scores: np.ndarray, names: tuple[str, ...], called: str
) -> None:
    """names: both answers as charts write them; called: the second one in Markdown."""
    threshold = st.slider("Threshold", 0.0, 1.0, 0.5, 0.01, key="inside:threshold")
    found = measured(true, scores, threshold)
    loss = (run.finals or {}).get("validation", {}).get("loss")
    columns = st.columns(len(found) + 1)
    for column, (name, value) in zip(columns, found.items(), strict=False):
        column.metric(name, f"{value:.3f}")
    columns[-1].metric("loss", "none" if loss is None else f"{loss:.4g}")
    st.caption(
        f"A score above the threshold counts as {called}. Moving it changes what is called "
        f"{called}, so the metrics move; loss and weights do not: nothing is trained anew."
    )
    if moved := _moved(run):
        st.caption(moved)
    left, middle, right = st.columns(3)
    with left:
        figure = over_thresholds(THRESHOLDS, over(true, scores, THRESHOLDS), threshold)
        plot(figure, key="inside.thresholds", alt=f"Metrics over thresholds; now {threshold}")
    with middle:
        shares = {name: scores[true == i] for i, name in enumerate(names)}
        figure = score_histogram(shares, threshold)
        plot(figure, key="inside.scores", alt="Scores of the validation rows by true class")
    with right:
        said = (np.asarray(scores, "float32") > np.float32(threshold)).astype("int64")
        figure = confusion(true, said, names, title=f"Validation, threshold {threshold:g}")
        plot(figure, key="inside.confusion", alt=f"Confusion matrix at threshold {threshold}")


def _moved(run: RunState) -> str:
    """What class weights do to the threshold, or ""."""
    weights = run.experiment.fit.class_weight
    if len(weights) != 2 or not all(weights):
        return ""
    same = weights[0] / sum(weights)
    return (
        f"Class weights {weights[0]:g} and {weights[1]:g} move the scores instead: trained with "
        f"cross-entropy, a row comes out above 0.5 where a model without weights would say more "
        f"than {same:.3g}, the first weight over the sum of both. Weighing the classes and moving "
        "the threshold do much the same; the ranking of rows, and so AUC, hardly changes."
    )


def _regression(true: np.ndarray, outputs: np.ndarray, head: Head) -> None:
    left, right = st.columns(2)
    with left:
        figure = residuals(np.reshape(true, -1), outputs[:, 0], answers(head)[0])
        plot(figure, key="inside.residuals", alt="Residuals over the predicted value")
    with right:
        figure = predicted_against_true(true, outputs, head)
        plot(figure, key="inside.against", alt="Predicted over true values")
    st.caption(
        "Residuals of a good model lie evenly around 0 whatever it predicts; a bow is a shape it "
        "cannot bend to, a funnel is noise that grows with the value."
    )
