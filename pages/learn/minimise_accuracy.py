"""Mistake: accuracy as what training makes better, and accuracy beside a regression."""

from components.learn import Lesson
from components.learn.figures import lines

page = Lesson("minimise_accuracy")
page.text(
    """
"Minimise the [[accuracy]]" is a mistake that lists of pitfalls name first. Some give as the cure
`loss="mse", metrics=["accuracy"]`. Here a [[regression]] is trained that way: it predicts a
number from a number. Beside accuracy it gets `r2_score`, for which 1 is perfect and 0 is no better
than always answering with the mean.
"""
)
page.predict(
    "At the end r2_score is above 0.8. What does accuracy show?",
    ("About the same as r2_score", "About 0.5, a coin's", "0", "fit raises an error"),
    "0",
    "It counts answers that equal the truth after rounding to 0 or 1. No true value is 0 or 1.",
)
found = page.experiment("regression_accuracy", "Train the regression")
if found:
    history = found["history"]
    lines(
        "Two metrics of one regression",
        {"accuracy": history["accuracy"], "r2_score": history["r2_score"]},
        across="epoch",
        up="metric",
        key="minimise_accuracy.metrics",
        alt="r2_score rises towards 1, accuracy stays at 0.",
    )
    pairs = zip(found["true"], found["predicted"], strict=True)
    page.text(
        "| true | predicted |\n|--|--|\n" + "".join(f"| {a:.2f} | {b:.2f} |\n" for a, b in pairs)
    )
    page.proof(
        "Accuracy and r2_score after training",
        f"{history['accuracy'][-1]:g} and {history['r2_score'][-1]:.2f}",
        history["accuracy"][-1] == 0.0 and history["r2_score"][-1] > 0.8,
        "exactly 0, and above 0.8",
    )
    raised = found["raised"]
    page.proof(
        "Losses that Keras refuses",
        f"{sum(words != 'works' for words in raised.values())} of {len(raised)}",
        "works" not in raised.values(),
        "all",
    )
    page.verdict()
    page.text(
        f"""
So the cure that is often given is a mistake itself, and a silent one: the model is good, and its
number says that nothing was right. For numbers take `mean_absolute_error` or `r2_score`.

The first mistake is loud. Accuracy cannot be a [[loss]], because it has no [[gradient]]: it jumps
when an answer crosses the [[threshold]], and between jumps it is flat.

| as loss | what Keras says |
|--|--|
| `"accuracy"` | {raised["accuracy"]} |
| a function that counts right answers | {raised["minus_accuracy"]} |

That is why a classifier is trained on [[crossentropy]]: it has a slope everywhere, and it gets
smaller as answers get better. You read accuracy, training follows the loss.
"""
    )
    page.try_next(
        "Open the regression below and choose accuracy as a metric: the compile check says more.",
        "Round the targets in the code to whole numbers. Why is accuracy no longer 0?",
    )
    page.open_in(
        "Open a regression in the Playground",
        {
            "dataset": "sine",
            "model": "mlp",
            "compile": {
                "optimizer": {"name": "Adam", "params": {"learning_rate": 0.01}},
                "loss": "MeanSquaredError",
                "metrics": ["accuracy", "R2Score"],
            },
            "epochs": 60,
            "batch_size": 32,
            "seed": 0,
        },
    )
page.end(
    "Keras 3, `keras.metrics.BinaryAccuracy` and `keras.metrics.R2Score`",
    "measured by this page's run",
)
