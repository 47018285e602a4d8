"""What can be varied by menu: one field of the rows, with the values worth trying."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from training.catalog import ENTRIES, needs
from training.catalog.models import ACTIVATIONS, INITIALIZERS
from training.epoch import ALL_ROWS
from training.scheduled import schedule_of
from training.spec import Experiment
from training.variants import MODEL_FIELDS
from training.weight_axes import class_weights, loss_weights
from training.weights import NONE, rules

# What a menu of a number that counts in powers of ten offers.
DECADES = tuple(f"{m * 10.0**e:g}" for e in range(-5, 2) for m in (1, 3))

CALLBACKS = (
    "none",
    "EarlyStopping(patience=3)",
    "EarlyStopping(patience=10, restore_best_weights=True)",
    "EarlyStopping(patience=10)",
    "ReduceLROnPlateau(factor=0.5, patience=5)",
    "ReduceLROnPlateau(factor=0.5, patience=5), EarlyStopping(patience=20)",
)

Cells = Mapping[str, str | None]
Options = Callable[[Experiment], Sequence[str]]
Meanings = Callable[[Experiment], Mapping[str, str]]


@dataclass(frozen=True)
class Axis:
    """One thing to vary. Values are text, as in a cell of the rows."""

    label: str
    options: Options  # for a base experiment
    start: tuple[str, ...]  # values to begin with, where offered
    free: bool = False  # other values may be typed
    meant: Meanings | None = None  # in words, where the cell alone says too little

    def words(self, base: Experiment) -> Mapping[str, str]:
        """What a menu shows in place of a value."""
        return self.meant(base) if self.meant else {}

    def first(self, base: Experiment) -> list[str]:
        """The values to begin with: those of `start` that are offered, else the first four."""
        offered = list(self.options(base))
        return [v for v in self.start if v in offered] or offered[:4]


def _always(*values: str) -> Options:
    return lambda _: values


def _meant(label: str, meanings: Meanings, start: tuple[str, ...]) -> Axis:
    """An axis whose values a menu shows in words."""
    return Axis(label, lambda base: list(meanings(base)), start, free=True, meant=meanings)


def _losses(base: Experiment) -> list[str]:
    """Losses that serve the task; none when there are several outputs, each with its own."""
    heads = base.facts.heads
    return [n for n in ENTRIES["loss"] if len(heads) == 1 and needs(n, {}, heads[0].task)]


def _sample_weights(base: Experiment) -> list[str]:
    """Rules that the target has; none where classes are weighed already."""
    return [] if base.fit.class_weight else [NONE, *rules(base.facts.heads)]


def _callbacks(base: Experiment) -> list[str]:
    """Callbacks worth trying; where a schedule decides the rate, those that leave it alone."""
    planned = schedule_of(base.compile.optimizer)
    return [text for text in CALLBACKS if not (planned and text.startswith("ReduceLR"))]


def models(pictures: bool) -> list[str]:
    """Models that can read inputs that are pictures, or that are not."""
    return [n for n, e in ENTRIES["model"].items() if pictures or "pictures" not in e.traits]


AXES: dict[str, Axis] = {
    "optimizer": Axis(
        "Optimizers", _always(*ENTRIES["optimizer"]), ("SGD", "RMSprop", "Adagrad", "Adam")
    ),
    "learning_rate": Axis(
        "Learning rates",
        _always(*DECADES),
        ("0.0001", "0.001", "0.01", "0.1", "1"),
        free=True,
    ),
    "loss": Axis(
        "Losses",
        _losses,
        (
            *("BinaryCrossentropy", "SparseCategoricalCrossentropy", "Hinge"),
            *("MeanSquaredError", "MeanAbsoluteError", "Huber"),
        ),
    ),
    "loss_weights": _meant("Loss weights", loss_weights, ("1, 1", "0.2, 1", "1, 0.2")),
    "batch_size": Axis(
        "Batch sizes",
        _always(*(str(2**k) for k in range(11))),
        ("8", "32", "128", "512"),
        free=True,
    ),
    "shuffle": Axis("Shuffle", _always("no", "yes"), ("no", "yes")),
    "steps_per_epoch": Axis(
        "Steps per epoch",
        _always(ALL_ROWS, "1", "2", "5", "10", "20", "50", "100", "200"),
        (ALL_ROWS, "5", "20", "100"),
        free=True,
    ),
    "class_weight": _meant("Class weights", class_weights, ("1, 1", "1, 5", "1, 20")),
    "sample_weight": Axis("Sample weights", _sample_weights, ()),
    "callbacks": Axis("Callbacks", _callbacks, CALLBACKS[:3], free=True),
    "model": Axis(
        "Models", lambda base: models(len(base.facts.shape) == 3), ("linear", "mlp", "cnn")
    ),
    "hidden": Axis(
        "Hidden layers",
        _always(
            *("2", "4", "8", "16", "64", "8, 8", "16, 16", "64, 64", "16, 16, 16", "8, 8, 8, 8")
        ),
        ("4", "16", "16, 16", "64, 64"),
        free=True,
    ),
    "activation": Axis("Activations", _always(*ACTIVATIONS), ("relu", "tanh", "sigmoid", "linear")),
    "initializer": Axis(
        "Initial weights",
        _always(*INITIALIZERS),
        ("glorot_uniform", "he_normal", "random_normal", "zeros"),
    ),
    "dropout": Axis(
        "Dropout",
        _always("0", "0.1", "0.2", "0.3", "0.5", "0.7"),
        ("0", "0.2", "0.5"),
        free=True,
    ),
    "batch_normalization": Axis("Batch normalization", _always("no", "yes"), ("no", "yes")),
    "l2": Axis(
        "L2",
        _always("0", "0.0001", "0.001", "0.01", "0.1"),
        ("0", "0.0001", "0.001", "0.01"),
        free=True,
    ),
}


def axes(base: Experiment) -> dict[str, Axis]:
    """The axes that a base experiment has: its model knows the field, and there is a choice."""
    arguments = {a.name for a in ENTRIES["model"][base.model.name].arguments}
    return {
        name: axis
        for name, axis in AXES.items()
        if (name not in MODEL_FIELDS or name in arguments) and len(axis.options(base)) > 1
    }


def varied(rows: Sequence[Cells]) -> str | None:
    """The axis, when all rows (cells) change this one field only; else None."""
    changed = [{k: v for k, v in row.items() if v and k != "label"} for row in rows]
    names = {name for cells in changed for name in cells}
    if len(names) != 1 or not all(changed) or not names <= set(AXES):
        return None
    return names.pop()


def follow(rows: Sequence[Cells], name: str, values: Sequence[str]) -> list[Cells]:
    """Rows after the menu's values changed: a row for each value, edited ones kept as they are."""
    kept = [row for row in rows if row.get(name) in values]
    there = {row[name] for row in kept}
    return [*kept, *({name: value} for value in values if value not in there)]
