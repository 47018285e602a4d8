"""Myth: metrics train the model. Two trainings that are one, with two accuracies."""

from components.learn import Lesson
from components.learn.figures import lines
from components.learn.setups import SMALL

page = Lesson("metrics_train")
page.text(
    """
**The myth:** a [[metric]] steers training, so the model with the better metric has learnt more.

Here are twins: the same model, data, start and [[batches|batch]], and `Hinge` as [[loss]]. Only the
[[labels|label]] are written differently. One twin gets 0 and 1, the other -1 and 1. [[Hinge]] takes
both: it reads a 0 as -1. Both are measured by `"accuracy"`.
"""
)
page.predict(
    "At the end the [[accuracy]] of one twin is about twice that of the other. "
    "Which of the two has learnt more?",
    ("The one with the higher accuracy", "The one with the lower accuracy", "Both the same"),
    "Both the same",
    "The loss was the same in every [[step]], so all [[weights|weight]] are. Only the rulers "
    "differ.",
)
found = page.experiment("hinge_twins", "Train the twins")
if found:
    zero, minus = found["zero"], found["minus"]
    for column, alt in (
        ("loss", "Both loss curves lie on each other and fall."),
        ("accuracy", "The accuracy with labels 0 and 1 is about twice that with -1 and 1."),
    ):
        lines(
            f"Training {column}",
            {"labels 0 and 1": zero[column], "labels -1 and 1": minus[column]},
            across="epoch",
            up=column,
            key=f"metrics_train.{column}",
            alt=alt,
        )
    page.proof(
        "Largest difference between any two weights of the twins",
        f"{found['difference']:g}",
        found["difference"] == 0.0,
        "exactly 0",
    )
    apart = zero["accuracy"][-1] - minus["accuracy"][-1]
    page.proof(
        "Difference between their accuracies", f"{apart:.3f}", abs(apart) > 0.2, "more than 0.2"
    )
    page.verdict()
    page.text(
        f"""
`"accuracy"` on one unit becomes `BinaryAccuracy`. It turns a prediction above the [[threshold]]
of 0.5 into 1, every other one into 0, and counts how often that *equals* the label. A label of
-1 equals neither, so all of that class counts as wrong, however well it is told apart.

| ruler, after training | labels 0 and 1 | labels -1 and 1 |
|--|--|--|
| `"accuracy"` | {zero["accuracy"][-1]:.3f} | {minus["accuracy"][-1]:.3f} |
| `BinaryAccuracy(threshold=0)` | {zero["threshold_0"][-1]:.3f} | {minus["threshold_0"][-1]:.3f} |
| same sign (see the code) | {zero["same_side"][-1]:.3f} | {minus["same_side"][-1]:.3f} |

A threshold of 0 suits labels 0 and 1, and does not help with -1 and 1: it still compares 0 with -1.
A ruler that asks for the same sign suits -1 and 1, and is wrong for 0 and 1. No ruler changed what
was learnt.
"""
    )
    right = zero["threshold_0"][-1], minus["same_side"][-1]
    page.proof(
        "The ruler that suits: a threshold of 0 for labels 0 and 1, the same sign for -1 and 1",
        f"{right[0]:.3f} and {right[1]:.3f}",
        min(right) > 0.8 and abs(right[0] - right[1]) < 0.01,
        "both above 0.8, and equal to 0.01",
    )
    wrong = minus["threshold_0"][-1], zero["same_side"][-1]
    page.proof(
        "The same two rulers on the labels of the other twin",
        f"{wrong[0]:.3f} and {wrong[1]:.3f}",
        max(wrong) < 0.6,
        "both below 0.6",
    )
    page.try_next(
        "Open the set-up below: the compile check says before training what accuracy will count.",
        "Set its labels to 0/1, train again, and lay the two runs over each other in History.",
    )
    page.open_in(
        "Open in the Playground",
        SMALL
        | {
            "dataset": {"name": "moons", "params": {"samples": 400, "labels": "-1/1"}},
            "model": {"name": "mlp", "params": {"hidden": [16], "output_activation": "tanh"}},
            "compile": SMALL["compile"] | {"loss": "Hinge"},
            "epochs": 15,
        },
    )
page.end(
    "Keras 3, `keras.losses.Hinge` and `keras.metrics.BinaryAccuracy`",
    "measured by this page's run",
)
