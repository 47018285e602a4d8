"""The picture of what a model has learnt that suits the data: regions, a curve, or a table."""

from typing import Any

import numpy as np

from components.figures.arrays import pack
from components.figures.confusion import confusion
from components.figures.frame import two_axes
from components.figures.names import answers, features
from components.figures.points import SHOWN, own_units
from components.figures.reading import Scale, predicted, read, scale_of
from components.figures.surface import SIDE, boundary, note_on
from datasets import Data, Head
from training.layers import architecture, labels_form
from training.spec import Experiment
from training.view import View, head_slices


def picture(
    experiment: Experiment,
    view: View,
    frame: np.ndarray,
    data: Data,
    head: Head,
    *,
    label: int = 0,
    epoch: int | None = None,
    title: str = "",
    points: int = SHOWN,
) -> dict[str, Any]:
    """A picture of `frame`, float (points of the view, outputs of all heads), for one head.

    `label` chooses one of several labels; `points` is the most train points drawn.
    """
    outputs = np.asarray(frame, "float32")[:, head_slices(experiment)[head.name]]
    scale = head_scale(experiment, head)
    at = f", epoch {epoch}" if epoch is not None else ""
    if view.kind == "plane":
        across, up = view.axes
        return boundary(
            (across, up),
            outputs,
            data,
            head,
            scale=scale,
            label=label,
            epoch=epoch,
            title=title,
            points=points,
        )
    if view.kind == "line":
        return fitted(view.axes[0], outputs, data, head, title=title or f"Fitted curve{at}")
    y = data.validation.y[head.name]
    if head.task == "regression":
        return predicted_against_true(y, outputs, head, title=title or f"Validation rows{at}")
    reading = read(outputs, head, scale, label)
    if head.task == "multilabel":
        names: tuple[str, ...] = (f"not {head.names[label]}", head.names[label])
        y = y[:, label]
    else:
        names = answers(head)
    return confusion(
        y.astype("int64"),
        predicted(reading),
        names,
        note=reading.note,
        title=title or f"Validation{at}",
    )


def head_scale(experiment: Experiment, head: Head) -> Scale:
    """How the outputs of a head are meant."""
    layers = dict(architecture(experiment).heads)[head.name]
    loss = dict(experiment.compile.losses)[head.name]
    activation = layers[-1].params.get("activation", "linear")
    logits = bool(loss.full("loss").get("from_logits")) or loss.name == "CategoricalHinge"
    return scale_of(activation, logits, labels_form(experiment, head))


def fitted(
    axis: np.ndarray, outputs: np.ndarray, data: Data, head: Head, *, title: str = ""
) -> dict[str, Any]:
    """The curve fitted to a single feature, with the examples. axis: standardised (points,)."""
    reading = read(outputs, head, "number")
    x = own_units(data, axis, 0)
    traces = [
        _examples(data, head, "train", SHOWN),
        _examples(data, head, "validation", SHOWN // 3),
        {
            "type": "scatter",
            "mode": "lines",
            "name": "model",
            "x": pack(x),
            "y": pack(reading.value),
            "line": {"color": "#D55E00", "width": 3},
        },
    ]
    y = np.concatenate([data.train.y[head.name], data.validation.y[head.name]])
    room = 0.08 * float(np.ptp(y)) or 1.0
    layout = two_axes(title or "Fitted curve", features(data.facts)[0], answers(head)[0], SIDE)
    layout["xaxis"]["range"] = [float(x[0]), float(x[-1])]
    layout["yaxis"]["range"] = [float(y.min()) - room, float(y.max()) + room]
    if reading.note:
        layout["annotations"] = [note_on(reading.note)]
    return {"data": traces, "layout": layout}


def predicted_against_true(
    y: np.ndarray, outputs: np.ndarray, head: Head, *, title: str = ""
) -> dict[str, Any]:
    """Predictions of a number over its true values, with the diagonal on which they would be right.

    y: (rows,) or (rows, 1); outputs: (rows, units).
    """
    reading = read(outputs, head, "number")
    true = np.asarray(y, "float32").reshape(-1)
    low, high = float(true.min()), float(true.max())
    room = 0.05 * (high - low) or 1.0
    ends = [low - room, high + room]
    name = answers(head)[0]
    traces = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": "perfect",
            "x": ends,
            "y": ends,
            "line": {"color": "#808080", "width": 1.5},
            "hoverinfo": "skip",
        },
        {
            "type": "scatter",
            "mode": "markers",
            "name": "validation",
            "x": pack(true),
            "y": pack(reading.value),
            "marker": {"color": "#005FA3", "size": 7, "opacity": 0.7},
            "hovertemplate": "true %{x:.4g}<br>predicted %{y:.4g}<extra></extra>",
        },
    ]
    layout = two_axes(title or "Predicted against true", f"true {name}", f"predicted {name}", SIDE)
    layout["xaxis"]["range"] = layout["yaxis"]["range"] = ends
    if reading.note:
        layout["annotations"] = [note_on(reading.note)]
    return {"data": traces, "layout": layout}


def _examples(data: Data, head: Head, part: str, most: int) -> dict[str, Any]:
    split = data.train if part == "train" else data.validation
    marker: dict[str, Any] = {"color": "#005FA3", "size": 6, "opacity": 0.6}
    if part == "validation":
        marker |= {"symbol": "circle-open", "line": {"width": 1.5}, "opacity": 1}
    return {
        "type": "scatter",
        "mode": "markers",
        "name": part,
        "x": pack(own_units(data, split.x[:most, 0], 0)),
        "y": pack(split.y[head.name][:most].reshape(-1)),
        "marker": marker,
        "hovertemplate": f"(%{{x:.3g}}, %{{y:.3g}}), {part}<extra></extra>",
    }
