"""What is written as a formula: a loss, a metric and an optimizer of one's own.

Trait "formula": no class of Keras has the name; `training.formula` builds it.
"""

from training.catalog.entry import Argument, Entry
from training.catalog.optimizer_arguments import COMMON, epsilon, rate, share
from training.formula.presets import METRICS, MOMENTUM, SQUARED

ALL = ("binary", "multiclass", "multilabel", "regression")
FORMULA = frozenset({"formula"})
PAGE = "https://keras.io/api/"


def _text(default: str, sentence: str) -> Argument:
    return Argument("formula", "formula", default, sentence)


_NUMBERS = (
    Argument("tau", "float", 0.5, "A number that the formula can use as tau.", 0.0, 1.0),
    Argument("alpha", "float", 0.25, "A number that the formula can use as alpha.", -1e6, 1e6),
    Argument("gamma", "float", 2.0, "A number that the formula can use as gamma.", -1e6, 1e6),
)
CUSTOM_LOSS = Entry(
    "CustomLoss",
    "loss",
    "A formula of one's own",
    "What you write, for each row or output; Keras averages it and TensorFlow differentiates it.",
    source=f"{PAGE}losses/#creating-custom-losses",
    arguments=(
        _text(SQUARED, "Assignments, and in the last line the value, of y_true and y_pred."),
        *_NUMBERS,
    ),
    tasks=ALL,
    needs="Labels shaped like the outputs: 0/1, one-hot, or numbers.",
    traits=FORMULA,
)
CUSTOM_METRIC = Entry(
    "CustomMetric",
    "metric",
    "A formula of one's own",
    "The mean over all rows of what you write.",
    source=f"{PAGE}metrics/#creating-custom-metrics",
    arguments=(
        _text(
            METRICS[0].text, "Assignments, and in the last line the value, of y_true and y_pred."
        ),
        *_NUMBERS,
        Argument(
            "better",
            "choice",
            "lower",
            "Which way is better; it changes no number.",
            options=("lower", "higher"),
        ),
    ),
    tasks=ALL,
    needs="Labels shaped like the outputs: 0/1, one-hot, or numbers.",
    traits=FORMULA,
)
CUSTOM_OPTIMIZER = Entry(
    "CustomOptimizer",
    "optimizer",
    "A rule of one's own",
    "Changes each weight as you write; names that are read before they are set are remembered.",
    source=f"{PAGE}optimizers/",
    arguments=(
        rate(0.01),
        _text(MOMENTUM, "Assignments of gradient, weight, learning_rate, step and own names."),
        share("beta_1", 0.9, "A number that the rule can use as beta_1."),
        share("beta_2", 0.999, "A number that the rule can use as beta_2."),
        epsilon(),
        *COMMON,
    ),
    tasks=ALL,
    traits=FORMULA,
)
