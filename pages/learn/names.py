"""What Keras makes of the strings that stand in a compile call."""

import streamlit as st

from components.learn import Lesson
from components.learn.figures import lines
from components.learn.setups import SMALL, moons

page = Lesson("names")
page.text(
    """
Most code that you see [[compiles|compile]] with strings: `compile(optimizer="adam", loss="mse",
metrics=["accuracy"])`. They name an [[optimizer]], a [[loss]] and [[metrics|metric]], and Keras
looks each of them up.

Three classifiers are to report their [[accuracy]], by `metrics=["accuracy"]`. One has 1 unit at its
end and [[labels|label]] 0 and 1. One has 3 units and class numbers as labels. One has 3 units and
[[one-hot]] labels.
"""
)
page.predict(
    "Which metric does Keras compute for the three?",
    (
        "The same one, a class named Accuracy",
        "Three different ones, by the shapes of labels and predictions",
        "It refuses one-hot labels",
    ),
    "Three different ones, by the shapes of labels and predictions",
    "The word is resolved when the first [[batch]] is seen. No class of the name Accuracy is "
    "taken.",
)
found = page.experiment("names_resolved", "Ask Keras")
if found:
    metrics = found["metrics"]
    st.dataframe({"last layer and labels": list(metrics), "accuracy is": list(metrics.values())})
    page.proof(
        "Classes for the three classifiers",
        ", ".join(list(metrics.values())[:3]),
        len(set(list(metrics.values())[:3])) == 3,
        "three different ones",
    )
    page.verdict()
    page.text(
        """
The last row shows that Keras goes by shapes alone. A [[regression]] has 1 unit too, so it gets
BinaryAccuracy, which means nothing there.

A few strings more, each in a compile call with one training [[step]] after it:
"""
    )
    st.dataframe(
        {
            "written": [written for written, _ in found["strings"]],
            "what happens": [outcome for _, outcome in found["strings"]],
        }
    )
    came = dict(found["strings"])
    said, promised = (came["loss='ce'"], came["metrics=['ce']"]), found["documented"]
    page.proof(
        '"lamb" as an optimizer, whose class is `keras.optimizers.Lamb`',
        came["optimizer='lamb'"].split(":")[0],
        came["optimizer='lamb'"].startswith("ValueError"),
        "raises ValueError: not every class has a string",
    )
    page.proof(
        '"ce" as a loss, and as a metric',
        " and ".join(words.split(":")[0] for words in said),
        said[0] == "works" and said[1].startswith("ValueError"),
        "works, and raises ValueError",
    )
    page.text(
        """
`"ce"` is a shortcut for the [[crossentropy]] that suits the shapes, and only the argument `loss`
knows it.
"""
    )
    if promised:
        page.text(
            f"""
Keras's own text about `compile` says otherwise, and is wrong. After the sentences on the metric
`"accuracy"` it goes on:

> {promised}.
"""
        )
    page.text(
        """
#### A string also chooses the [[learning rate]]
The string of an optimizer is its class with all defaults, so the [[learning rate]] is among what
you did not write:
"""
    )
    st.dataframe(
        {
            "string": list(found["rates"]),
            "learning rate": [f"{rate:.4g}" for rate in found["rates"].values()],
        }
    )
    rates = page.experiment("string_rates", "Train Adadelta by its string, and with rate 1")
    if rates:
        string, one = rates["by string"], rates["by rate"]
        lines(
            "Training loss of Adadelta",
            {'by the string "adadelta"': string["loss"], "learning_rate=1.0": one["loss"]},
            across="epoch",
            up="loss",
            key="names.adadelta",
            alt="By the string the loss hardly moves; with rate 1 it falls.",
        )
        fell = [losses[0] - losses[-1] for losses in (string["loss"], one["loss"])]
        page.proof(
            "Fall of the loss, from the first epoch to the last",
            f"{fell[0]:.4f} by the string, {fell[1]:.4f} with rate 1",
            fell[1] > 10 * fell[0],
            "with rate 1 at least 10 times as far",
        )
        right = [accuracies[-1] for accuracies in (string["accuracy"], one["accuracy"])]
        page.proof(
            "Accuracy at the end",
            f"{right[0]:.3f} by the string, {right[1]:.3f} with rate 1",
            right[1] > right[0] + 0.1,
            "with rate 1 at least 0.1 higher",
        )
        page.text(
            f"""
The paper of Adadelta needs no rate, which is a rate of 1. Keras gives it {rates["rate"]:g}, like
nearly all optimizers. If you compare optimizers by their strings, you compare these defaults.
"""
        )
    page.try_next(
        "Take the class instead of the string, and write the rate: "
        "`keras.optimizers.Adadelta(learning_rate=1.0)`.",
        "Compare more rates of Adadelta, with Adam beside it.",
    )
    page.open_in(
        "Open in Compare",
        {
            "base": moons(optimizer="Adadelta") | {"dataset": SMALL["dataset"], "epochs": 12},
            "rows": [
                {"label": "Adadelta by its string"},
                {"label": "Adadelta, rate 0.1", "learning_rate": 0.1},
                {"label": "Adadelta, rate 1", "learning_rate": 1.0},
                {"label": "Adam by its string", "optimizer": "Adam"},
            ],
            "seeds": 3,
        },
    )
page.end(
    "Zeiler 2012, [Adadelta](https://arxiv.org/abs/1212.5701)",
    "Keras 3, `CompileMetrics` and `optimizers.get`",
    "measured by this page's runs",
)
