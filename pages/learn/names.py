"""What Keras makes of the strings that stand in a compile call."""

import streamlit as st

from components.learn import Lesson
from components.learn.figures import lines
from components.learn.setups import moons

page = Lesson("names")
page.text(
    """
Most code that you see compiles with strings: `compile(optimizer="adam", loss="mse",
metrics=["accuracy"])`. Keras looks each of them up.

Three classifiers are compiled with `metrics=["accuracy"]`. One has 1 unit at its end and labels 0
and 1. One has 3 units and class numbers as labels. One has 3 units and [[one-hot]] labels.
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
    "The word is resolved when the first batch is seen. No class of the name Accuracy is taken.",
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
The last row shows that Keras goes by shapes alone. A regression has 1 unit too, so it gets
BinaryAccuracy, which means nothing there.

A few strings more, each in a compile call with one training step after it:
"""
    )
    st.dataframe(
        {
            "written": [written for written, _ in found["strings"]],
            "what happens": [outcome for _, outcome in found["strings"]],
        }
    )
    page.text(
        """
`"ce"` is a shortcut that only the argument `loss` knows. Lamb has a class and no string.

#### A string also chooses the learning rate
The string of an optimizer is its class with all defaults, so the rate is among what you did not
write:
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
            "Fall of the loss by string and with rate 1, with accuracies at the end",
            f"{fell[0]:.3f} and {fell[1]:.3f}, {string['accuracy'][-1]:.2f} "
            f"and {one['accuracy'][-1]:.2f}",
            fell[1] > 10 * fell[0],
            "the loss falls at least 10 times as far with rate 1",
        )
        page.text(
            f"""
The paper of Adadelta needs no rate, which is a rate of 1. Keras gives it {rates["rate"]:g}, as
nearly all optimizers. Who compares optimizers by their strings compares these defaults.
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
            "base": moons(optimizer="Adadelta") | {"epochs": 60},
            "rows": [
                {"label": "Adadelta by its string"},
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
