"""The data sets that can be chosen, and their parameters.

Traits: "download" is fetched from the internet once; "pictures" has inputs with rows, columns and
channels, so that a convolutional net fits. `labels` is no parameter of the data: it only says how
they are written.
"""

from datasets.labels import FORMS
from datasets.parameters import PARAMETERS
from training.catalog.entry import Argument, Entry, Task
from training.catalog.own_data import VALIDATION as VALIDATION_SENTENCE

# Of the parameters that mean the same in more than one data set.
SENTENCES = {
    "samples": "Rows in all; 20 % of them test, the rest trains and validates.",
    "seed": "Which random draw: the same seed gives the same rows and the same split.",
    "split": "Another number puts other rows into training, validation and test; the rows stay.",
    "validation": VALIDATION_SENTENCE,
}


def _arguments(name: str, **sentences: str) -> tuple[Argument, ...]:
    """The parameters of a data set, each with a sentence."""
    told = SENTENCES | sentences
    return tuple(
        Argument(
            parameter,
            "int" if isinstance(limits.default, int) else "float",
            limits.default,
            told[parameter],
            low=limits.low,
            high=limits.high,
        )
        for parameter, limits in PARAMETERS[name].items()
    )


def _labels(task: Task) -> tuple[Argument, ...]:
    """The choice of label form, where a task has more than one."""
    if len(FORMS[task]) == 1:
        return ()
    sentence = "How labels are written; auto follows what the loss needs."
    return (Argument("labels", "choice", "auto", sentence, options=("auto", *FORMS[task])),)


BINARY = "Labels 0 and 1: one sigmoid unit."
CLASSES = "Class numbers from 0: one softmax unit for each class."
NUMBER = "Numbers: one linear unit."


def _entry(
    name: str,
    label: str,
    sentence: str,
    source: str,
    task: Task,
    needs: str,
    *traits: str,
    **sentences: str,
) -> Entry:
    """A data set with one head; `sentences` say what its own parameters are."""
    return Entry(
        name,
        "dataset",
        label,
        sentence,
        source=source,
        arguments=(*_arguments(name, **sentences), *_labels(task)),
        tasks=(task,),
        needs=needs,
        traits=frozenset(traits),
    )


_ENTRIES = (
    _entry(
        "moons",
        "Two moons",
        "Two half circles that hook into each other; a straight line cannot part them.",
        "Generated: scikit-learn make_moons",
        "binary",
        BINARY,
        noise="How far points stray from their moon (the moons have radius 1).",
    ),
    _entry(
        "circles",
        "Circle in a circle",
        "A small circle inside a big one; a linear model can do no better than guess.",
        "Generated: scikit-learn make_circles",
        "binary",
        BINARY,
        noise="How far points stray from their circle (the outer has radius 1).",
        factor="Radius of the inner circle; near 1 it is hard to part.",
    ),
    _entry(
        "spirals",
        "Two spirals",
        "Two arms wound into each other: the hardest of the pictures with two classes.",
        "Generated; the task goes back to Lang and Witbrock (1988)",
        "binary",
        BINARY,
        noise="How far points stray from their arm (the spiral has radius 1).",
        turns="How often each arm winds round; more is harder.",
    ),
    _entry(
        "blobs",
        "Blobs",
        "Three to six round clouds with their centers on a circle; an easy task.",
        "Generated: scikit-learn make_blobs",
        "multiclass",
        CLASSES,
        noise="Standard deviation of a cloud (the centers lie 3 from the middle).",
        centers="How many clouds, and so classes.",
    ),
    _entry(
        "xor",
        "XOR",
        "Four quarters of a square, opposite ones of one class; no single feature says anything.",
        "Generated; the task of Minsky and Papert (1969)",
        "binary",
        BINARY,
        noise="How far points are moved after their class was fixed.",
    ),
    _entry(
        "imbalanced",
        "Imbalanced blobs",
        "One row in twenty is positive: always saying no is 95 % accurate, and useless.",
        "Generated: two normal distributions",
        "binary",
        BINARY,
        noise="Standard deviation of both clouds (their centers are 2.8 apart).",
        share="Share of positive rows.",
    ),
    _entry(
        "multilabel",
        "Three circles",
        "Three overlapping circles; each point has a label for every circle it lies in, or none.",
        "Generated",
        "multilabel",
        "A 0 or 1 for each label: one sigmoid unit for each.",
        noise="How far points are moved after their labels were fixed.",
    ),
    Entry(
        "two_output",
        "dataset",
        "Moons with a distance",
        "Two things to predict at once: which moon, and how far from the middle.",
        source="Generated: scikit-learn make_moons, and the distance from (0.5, 0.25)",
        arguments=_arguments(
            "two_output",
            noise="How far points stray from their moon, and distances from true.",
        ),
        tasks=("binary", "regression"),
        needs="Two heads: kind with labels 0 and 1, amount with a number; one loss for each.",
    ),
    _entry(
        "linear",
        "Straight line",
        "A number that follows a straight line, y = 1 + 2x, with noise.",
        "Generated",
        "regression",
        NUMBER,
        noise="Standard deviation of the noise; no model's RMSE gets below it.",
        features="How many inputs; the second counts 1/2 as much, and so on.",
    ),
    _entry(
        "sine",
        "Sine wave",
        "A number that follows a sine wave; a straight line cannot.",
        "Generated",
        "regression",
        NUMBER,
        noise="Standard deviation of the noise; no model's RMSE gets below it.",
        waves="How many waves; more are harder.",
    ),
    _entry(
        "outliers",
        "Line with outliers",
        "The straight line again, but one row in ten is far too high, in every part of the split.",
        "Generated",
        "regression",
        NUMBER,
        noise="Standard deviation of the noise of the good rows.",
        share="Share of rows that lie 3 to 6 too high.",
    ),
    _entry(
        "iris",
        "Iris flowers",
        "Length and width of petals and sepals of 150 irises of three species.",
        "R. A. Fisher (1936), doi:10.1111/j.1469-1809.1936.tb02137.x; from scikit-learn",
        "multiclass",
        CLASSES,
    ),
    _entry(
        "wine",
        "Wines",
        "Thirteen measurements of 178 Italian wines from three growers of one region.",
        "S. Aeberhard and M. Forina (1992), UCI, doi:10.24432/C5PC7J; from scikit-learn",
        "multiclass",
        CLASSES,
    ),
    _entry(
        "breast_cancer",
        "Breast cancer",
        "Thirty measurements of cell nuclei from 569 breast tumours; 1 is malignant (37 %).",
        "W. Wolberg and others (1993), UCI, doi:10.24432/C5DW2B; from scikit-learn, which has "
        "malignant as 0",
        "binary",
        BINARY,
    ),
    _entry(
        "digits",
        "Digits 8 x 8",
        "1797 small grey pictures of handwritten digits, values from 0 to 1.",
        "E. Alpaydin and C. Kaynak (1998), UCI, doi:10.24432/C50P49; test part, from scikit-learn",
        "multiclass",
        CLASSES,
        "pictures",
    ),
    _entry(
        "diabetes",
        "Diabetes",
        "Ten measurements of 442 patients; the number is how far the disease was a year later, "
        "in hundreds.",
        "B. Efron and others (2004), doi:10.1214/009053604000000067; from scikit-learn, "
        "target divided by 100",
        "regression",
        NUMBER,
    ),
    _entry(
        "fashion_mnist",
        "Fashion-MNIST",
        "Grey pictures, 28 x 28, of ten kinds of clothes, drawn from the 60 000 of the training "
        "file; downloaded once (30 MB).",
        "H. Xiao, K. Rasul, R. Vollgraf (2017), arXiv:1708.07747; by keras.datasets",
        "multiclass",
        CLASSES,
        "download",
        "pictures",
        samples="Pictures in all; 20 % of them test, the rest trains and validates.",
    ),
)

DATASETS: dict[str, Entry] = {entry.name: entry for entry in _ENTRIES}
