"""Data sets that people bring, and the arguments by which an experiment names one.

The rows are on the disk of the server; an experiment has the digest of their file.
"""

from datasets import parameters
from datasets.labels import FORMS
from datasets.own.parameters import MISSING, TASKS
from training.catalog.entry import Argument, Entry

DIGEST = Argument("digest", "text", "", "SHA-256 of the saved file.", longest=64, elsewhere=True)
VALIDATION = (
    "Share that validates of the rows that the test leaves. They are drawn, of classes so many of "
    "each, and the same for all rows of a comparison; validation_split of Keras's fit would take "
    "the last rows of x instead."
)
DRAWS = tuple(
    Argument(
        name,
        "int" if isinstance(parameters.DRAWS[name].default, int) else "float",
        parameters.DRAWS[name].default,
        sentence,
        low=parameters.DRAWS[name].low,
        high=parameters.DRAWS[name].high,
    )
    for name, sentence in (
        ("seed", "Which rows are for training, validation and test."),
        ("split", "Another number puts other rows into training, validation and test."),
        ("validation", VALIDATION),
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
