"""How an entry for a metric is written, and what several families of metrics share."""

from training.catalog.entry import Argument, Entry, Task

CLASS_ID = Argument(
    "class_id",
    "int",
    None,
    "Looks at this class only.",
    0,
    511,
    optional=True,
    advanced=True,
)
LOGITS = Argument(
    "from_logits", "bool", False, "The model gives raw scores, not probabilities.", advanced=True
)
IGNORE = Argument(
    "ignore_class",
    "int",
    None,
    "Rows of this class do not count.",
    0,
    511,
    optional=True,
    advanced=True,
)

ALL: tuple[Task, ...] = ("binary", "multiclass", "multilabel", "regression")
YES_NO: tuple[Task, ...] = ("binary", "multilabel")
ONE_OF: tuple[Task, ...] = ("binary", "multiclass")
QUESTIONS: tuple[Task, ...] = ("binary", "multiclass", "multilabel")
NUMBER: tuple[Task, ...] = ("regression",)
PAGE = "https://keras.io/api/metrics/"
PROBABILITIES = "Labels 0/1 and probabilities; one-hot and several labels are pooled."
ONE_HOT = "One-hot labels and one output per class."
CLASS_NUMBERS = "Integer labels and one output per class."
NUMBERS = "Targets of the same shape as the outputs."


def metric(
    name: str,
    label: str,
    sentence: str,
    formula: str,
    page: str,
    tasks: tuple[Task, ...],
    needs: str,
    traits: str,
    *arguments: Argument,
) -> Entry:
    """An entry; `page` is one of Keras's metric pages, `traits` are separated by spaces."""
    flags = frozenset(traits.split())
    return Entry(
        name, "metric", label, sentence, formula, PAGE + page, arguments, tasks, needs, flags
    )
