"""The callbacks: what may stop a run or lower its rate, by what the epochs before have brought."""

from training.catalog.entry import Argument, Entry

PLACE = "https://keras.io/api/callbacks"
LEFT_OUT_ARGUMENTS = {
    "verbose": "Prints a line; changes no number.",
    "kwargs": "Names of arguments in old Keras.",
}
TASKS = ("binary", "multiclass", "multilabel", "regression")

MONITOR = Argument(
    "monitor", "column", "val_loss", "The column of the history that is watched, such as val_loss."
)
MODE = Argument(
    "mode",
    "choice",
    "auto",
    "Whether less (min) or more (max) of it is better; auto leaves it to Keras.",
    options=("auto", "min", "max"),
    advanced=True,
)
LEAST = "What is less than this is no improvement."

_ENTRIES = (
    Entry(
        "EarlyStopping",
        "callback",
        "Early stopping",
        "Ends the run when a column has not improved for some epochs.",
        source=f"{PLACE}/early_stopping",
        arguments=(
            MONITOR,
            Argument(
                "patience", "int", 0, "How many epochs in a row may bring no improvement.", 0, 5000
            ),
            Argument(
                "restore_best_weights",
                "bool",
                False,
                "Takes the weights of the best epoch when training ends, not the last ones.",
            ),
            Argument("min_delta", "float", 0, LEAST, 0.0, 1e6, logarithmic=True, advanced=True),
            MODE,
            Argument(
                "baseline",
                "float",
                None,
                "Must be beaten too, for the patience to begin anew.",
                -1e9,
                1e9,
                optional=True,
                advanced=True,
            ),
            Argument(
                "start_from_epoch",
                "int",
                0,
                "How many epochs pass before it begins to watch.",
                0,
                5000,
                advanced=True,
            ),
        ),
        tasks=TASKS,
    ),
    Entry(
        "ReduceLROnPlateau",
        "callback",
        "Lower the rate on a plateau",
        "Multiplies the learning rate by a factor when a column has not improved for some epochs.",
        source=f"{PLACE}/reduce_lr_on_plateau",
        arguments=(
            MONITOR,
            Argument("factor", "float", 0.1, "What is left of the rate each time.", 1e-6, 0.999999),
            Argument(
                "patience", "int", 10, "How many epochs in a row may bring no improvement.", 0, 5000
            ),
            Argument("min_delta", "float", 1e-4, LEAST, 0.0, 1e6, logarithmic=True, advanced=True),
            MODE,
            Argument(
                "cooldown",
                "int",
                0,
                "How many epochs it rests after it has lowered the rate.",
                0,
                5000,
                advanced=True,
            ),
            Argument(
                "min_lr",
                "float",
                0.0,
                "The rate never falls below this.",
                0.0,
                1000.0,
                logarithmic=True,
                advanced=True,
            ),
        ),
        tasks=TASKS,
    ),
)

CALLBACKS: dict[str, Entry] = {made.name: made for made in _ENTRIES}
