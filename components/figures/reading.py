"""What a model's raw outputs say: a share, classes with confidence, or a number."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from datasets import Head

Scale = Literal["probability", "logit", "margin", "number"]


@dataclass(frozen=True)
class Reading:
    """Outputs translated for drawing. `note` is "" or says what is odd about them.

    "share": value float32 (rows,) in 0..1, above 0.5 means yes. "classes": value is the confidence
    in 0..1, classes int64 (rows,), -1 without a number. "number": value as the model gave it.
    """

    kind: Literal["share", "classes", "number"]
    value: np.ndarray
    classes: np.ndarray | None = None
    note: str = ""


def scale_of(activation: str, from_logits: bool, labels: str) -> Scale:
    """How outputs are meant, by the last activation, the loss and the form of labels."""
    if activation in {"sigmoid", "softmax"}:
        return "probability"
    if from_logits:
        return "logit"
    return "margin" if activation == "tanh" or labels == "-1/1" else "number"


def read(outputs: np.ndarray, head: Head, scale: Scale, label: int = 0) -> Reading:
    """Outputs, float (rows, units), of one head; `label` chooses one of several labels."""
    outputs = np.asarray(outputs, "float32").reshape(len(outputs), -1)
    units = outputs.shape[1]
    missing = "no numbers: diverged" if not np.isfinite(outputs).all() else ""
    match head.task:
        case "regression":
            extra = f"the first of {units} outputs" if units > 1 else ""
            return Reading("number", _finite(outputs[:, 0]), note=missing or extra)
        case "multilabel":
            at = min(label, units - 1)
            odd = f"{units} outputs for {head.units} labels" if units != head.units else ""
            return Reading("share", _share(outputs[:, at], scale), note=missing or odd)
        case "binary" if units == 1:
            share = _share(outputs[:, 0], scale)
            same = share.size and not missing and np.ptp(share) < 1e-6 and scale == "probability"
            odd = f"the output is {share[0]:.3g} everywhere" if same else ""
            return Reading("share", share, note=missing or odd)
        case "binary" if units == 2:
            return Reading("share", _classes(outputs, scale)[:, 1], note=missing)
    if units == 1:
        odd = f"one output for {head.units} classes, shown as a number"
        return Reading("number", _finite(outputs[:, 0]), note=missing or odd)
    shares = _classes(outputs, scale)
    gaps = ~np.isfinite(outputs).all(1)
    classes = np.where(gaps, -1, np.nan_to_num(outputs, nan=-np.inf).argmax(1))
    expected = max(head.units, 2)
    odd = f"{units} outputs for {expected} classes" if units != expected else ""
    return Reading("classes", np.where(gaps, np.nan, shares.max(1)), classes, missing or odd)


def predicted(reading: Reading) -> np.ndarray:
    """Class of each row, int64 (rows,); -1 where there is no number."""
    if reading.classes is not None:
        return reading.classes.astype("int64")
    value = np.nan_to_num(reading.value, nan=-1)
    if reading.kind == "share":
        return np.where(value < 0, -1, value > 0.5).astype("int64")
    return np.where(np.isfinite(reading.value), np.rint(value), -1).astype("int64")


def _finite(values: np.ndarray) -> np.ndarray:
    return np.where(np.isfinite(values), values, np.nan)


def _share(values: np.ndarray, scale: Scale) -> np.ndarray:
    values = _finite(values)
    match scale:
        case "logit":
            return 1 / (1 + np.exp(-np.clip(values, -60, 60)))
        case "margin":
            return np.clip((values + 1) / 2, 0, 1)
    return np.clip(values, 0, 1)


def _classes(outputs: np.ndarray, scale: Scale) -> np.ndarray:
    """Shares of classes that add up to 1, float32 (rows, units); scores go through softmax."""
    outputs = _finite(outputs)
    if scale == "probability":
        positive = np.clip(outputs, 0, None)
        return positive / np.maximum(positive.sum(1, keepdims=True), 1e-9)
    powers = np.exp(outputs - outputs.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)
