"""Formulas to start from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from training.formula.letters import one_line


@dataclass(frozen=True)
class Preset:
    """A formula with a name, what it shows, and the numbers that go with it."""

    label: str
    sentence: str
    text: str
    numbers: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))


SQUARED = "square(y_true - y_pred)"
LOSSES = (
    Preset("Squared error", "The square of the miss, as Keras's MeanSquaredError.", SQUARED),
    Preset(
        "Pinball (quantile)",
        "Predicts the number that a share tau of the targets lies below; 0.5 is the median.",
        "miss = y_true - y_pred\nmaximum(tau * miss, (tau - 1) * miss)",
        MappingProxyType({"tau": 0.9}),
    ),
    Preset(
        "Asymmetric squared error",
        "Predictions that are too low cost alpha, those too high 1 - alpha.",
        "miss = y_true - y_pred\nwhere(miss > 0, alpha, 1 - alpha) * square(miss)",
        MappingProxyType({"alpha": 0.8}),
    ),
    Preset(
        "Focal loss",
        "Cross-entropy of probabilities in which rows that are right already count less: "
        "gamma 0 is plain cross-entropy.",
        "p = clip(y_pred, 1e-7, 1 - 1e-7)\n"
        "right = where(y_true > 0.5, p, 1 - p)\n"
        "-(1 - right) ** gamma * log(right)",
        MappingProxyType({"gamma": 2.0}),
    ),
)
METRICS = (
    Preset(
        "Largest miss of a row",
        "The mean over rows of the largest miss.",
        "max(abs(y_true - y_pred))",
    ),
    Preset(
        "Within 0.5",
        "The share of predictions less than 0.5 off.",
        "where(abs(y_true - y_pred) < 0.5, 1, 0)",
    ),
    *LOSSES[:2],
)
MOMENTUM = "m = 0.9 * m + gradient\nweight -= learning_rate * m"
OPTIMIZERS = (
    Preset("Momentum by hand", "Keeps rolling in the old direction: SGD(momentum=0.9).", MOMENTUM),
    Preset(
        "Gradient descent by hand",
        "Straight down the gradient: SGD.",
        "weight -= learning_rate * gradient",
    ),
    Preset(
        "SignSGD",
        "Only the sign of the gradient counts, so every weight moves equally far.",
        "weight -= learning_rate * sign(gradient)",
    ),
    Preset(
        "Adam by hand",
        "Running means of the gradient and its square, both corrected for their start at 0.",
        "m = beta_1 * m + (1 - beta_1) * gradient\n"
        "v = beta_2 * v + (1 - beta_2) * square(gradient)\n"
        "rate = learning_rate * sqrt(1 - beta_2 ** step) / (1 - beta_1 ** step)\n"
        "weight -= rate * m / (sqrt(v) + epsilon)",
    ),
)
PRESETS: dict[str, tuple[Preset, ...]] = {
    "loss": LOSSES,
    "metric": METRICS,
    "optimizer": OPTIMIZERS,
}


def title(text: str) -> str:
    """A formula in one line: the label of the preset that it is, else its lines."""
    for preset in (p for listed in PRESETS.values() for p in listed):
        if preset.text == text:
            return preset.label
    return " ".join(one_line(text).split())
