"""Data sets that people bring, and the arguments by which an experiment names one.

The rows are on the disk of the server; an experiment has the digest of their file.
"""

from datasets.labels import FORMS
from datasets.own.parameters import MISSING, TASKS
from datasets.parameters import SEED, SPLIT
from training.catalog.entry import Argument, Entry

DIGEST = Argument("digest", "text", "", "SHA-256 of the saved file.", longest=64, elsewhere=True)
DRAWS = tuple(
    Argument(name, "int", limits.default, sentence, low=limits.low, high=limits.high)
    for name, limits, sentence in (
        ("seed", SEED, "Which rows are for training, validation and test."),
        ("split", SPLIT, "Another number puts other rows into training, validation and test."),
    )
)
LABELS = Argument(
    "labels",
    "choice",
    "auto",
    "How labels are written, where the task has this form; auto follows what the loss needs.",
    options=("auto", *dict.fromkeys((*FORMS["binary"], *FORMS["multiclass"]))),
)
COLUMNS = (
    Argument("target", "text", "", "The column to predict.", longest=100, elsewhere=True),
    Argument(
        "features", "texts", (), "The columns it is predicted from.", longest=100, elsewhere=True
    ),
    Argument("task", "choice", TASKS[0], "What is to be predicted.", options=TASKS, elsewhere=True),
    Argument(
        "missing",
        "choice",
        MISSING[0],
        "Rows with gaps are dropped; or gaps are filled by median and most frequent category of "
        "the training part; or they become a category, and a column tells where numbers lack.",
        options=MISSING,
        elsewhere=True,
    ),
)

OWN_DATA: dict[str, Entry] = {
    entry.name: entry
    for entry in (
        Entry(
            "table",
            "dataset",
            "Own table",
            "A table that was uploaded or tried on the page Own data.",
            source="Saved on this server, which it never leaves",
            arguments=(DIGEST, *COLUMNS, *DRAWS, LABELS),
            tasks=("binary", "multiclass", "regression"),
            needs="What its task needs: one unit for two classes or a number, else one for each.",
        ),
        Entry(
            "drawn",
            "dataset",
            "Drawn points",
            "Points in the plane that were drawn on the page Draw data.",
            source="Drawn here",
            arguments=(DIGEST, *DRAWS, LABELS),
            tasks=("binary", "multiclass"),
            needs="One unit for two classes, else one for each.",
        ),
    )
}
