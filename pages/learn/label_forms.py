"""Mistake: the so-called incompatible loss and optimizer, which is one of labels."""

from components.learn import Lesson
from components.learn.figures import heat
from components.learn.setups import MOONS

page = Lesson("label_forms")
page.text(
    """
A program with `categorical_crossentropy` and `sgd` raises an error. Somebody takes
`sparse_categorical_crossentropy` and `adam` instead, and the error is gone. So the [[loss]] did not
suit the [[optimizer]]? Two things were changed at once.

Three classes can be written as class numbers (0, 1, 2) or [[one-hot]] (1 0 0, 0 1 0, 0 0 1). Two
[[optimizers|optimizer]], two forms of [[labels|label]], two losses: all eight are tried.
"""
)
page.predict(
    "In how many of the eight does it depend on the optimizer whether there is an error?",
    ("In none of them", "In half of them", "In all of them"),
    "In none of them",
    "Both optimizers fail and work in the same four places. Loss and labels decide.",
)
found = page.experiment("label_forms", "Try all eight")
if found:
    said = {(optimizer, labels, loss): words for optimizer, labels, loss, words in found["rows"]}
    losses = list(dict.fromkeys(loss for _, _, loss in said))
    pairs = list(dict.fromkeys((optimizer, labels) for optimizer, labels, _ in said))
    works = {cell: words == "works" for cell, words in said.items()}
    heat(
        "What works and what raises an error",
        [f"{optimizer}, {labels}" for optimizer, labels in pairs],
        losses,
        [[float(works[*pair, loss]) for loss in losses] for pair in pairs],
        texts=[["works" if works[*pair, loss] else "raises" for loss in losses] for pair in pairs],
        key="label_forms.cells",
        alt="With both optimizers, class numbers work with the sparse loss and one-hot labels with "
        "the other.",
    )
    differ = [c for c in works if works[c] != works["adam" if c[0] == "sgd" else "sgd", *c[1:]]]
    page.proof(
        "Cells that differ between sgd and adam",
        f"{len(differ)} of {len(works)}",
        not differ,
        "none",
    )
    match = {"class numbers": losses[0], "one-hot": losses[1]}
    page.proof(
        "Cells that raise",
        f"{sum(not ok for ok in works.values())} of {len(works)}",
        all(ok == (match[labels] == loss) for (_, labels, loss), ok in works.items()),
        "exactly those where the loss does not suit the labels",
    )
    page.verdict()
    page.text(
        f"""
| loss | labels | what Keras says |
|--|--|--|
| `{losses[1]}` | class numbers | {said["sgd", "class numbers", losses[1]]} |
| `{losses[0]}` | one-hot | {said["sgd", "one-hot", losses[0]]} |

The words give it away: they speak of `target` and `output`, of labels and predictions. No
optimizer has been asked by then. The cure is the labels, or the loss that reads them:

- class numbers go with `sparse_categorical_crossentropy`,
- one-hot rows go with `categorical_crossentropy`; `keras.utils.to_categorical` makes them.
"""
    )
    sparse, categorical = found["values"]
    page.proof(
        "Both losses of the same predictions, each with labels that suit it",
        f"{sparse:.6f} and {categorical:.6f}",
        abs(sparse - categorical) < 1e-4 * sparse,
        "equal, to 1 in 10,000",
    )
    page.see("any_loss")
    page.try_next(
        "In the code, add `'crossentropy'` to the losses: Keras then looks at the labels and takes "
        "the one that fits.",
        "In the Playground, set the labels of these blobs to int: the compile check says what "
        "will happen.",
    )
    page.open_in(
        "Open three blobs in the Playground",
        MOONS
        | {
            "dataset": {"name": "blobs", "params": {"labels": "one-hot"}},
            "compile": {
                "optimizer": "SGD",
                "loss": "CategoricalCrossentropy",
                "metrics": ["accuracy"],
            },
        },
    )
page.end("Keras 3, `keras.losses.CategoricalCrossentropy`", "measured by this page's run")
