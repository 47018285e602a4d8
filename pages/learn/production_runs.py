"""Expert: patterns of production, then what keeps training in bounds, and what makes it fast."""

import math

import streamlit as st

from components.learn import Lesson
from components.learn.figures import bars, lines

page = Lesson("production_runs")
page.text(
    """
A [[regression]] has targets in thousands, such as prices. It is trained with `"mse"` and Keras's
SGD at its default [[learning rate]] of 0.01. Nothing else is special.
"""
)
page.predict(
    "What does the [[loss]] do in the first five [[epochs|epoch]]?",
    (
        "It falls, from a large number to a smaller one",
        "It stays where it is",
        "It becomes NaN in the first epoch",
        "fit raises an error before that",
    ),
    "It becomes NaN in the first epoch",
    "The [[gradient]] grows with the targets, so the first [[steps|step]] are far over the edge. "
    "`fit` goes on "
    "with NaN and says nothing.",
)
found = page.experiment("large_errors", "Train it, and two cures")
if found:
    lines(
        "Loss by epoch, over the variance of the targets",
        found,
        across="epoch",
        up="loss / variance",
        key="production_runs.loss",
        alt="Plain SGD has no finite loss. With clipnorm and with scaled targets it falls.",
    )
    st.caption("SGD has no line: its losses are NaN, and NaN cannot be drawn.")
    plain, clipped, scaled, faster = found.values()
    lost = math.isnan(plain[0])
    page.proof("Loss of plain SGD after one epoch", "NaN" if lost else f"{plain[0]:g}", lost, "NaN")
    page.proof(
        "Loss with clipnorm and a rate of 3, after the first epoch and the last",
        f"{clipped[0]:.3f} and {clipped[-1]:.3f}",
        clipped[-1] < 0.5 * clipped[0],
        "less than half",
    )
    page.proof(
        "Loss with scaled targets and the default rate, after the first epoch and the last",
        f"{scaled[0]:.3f} and {scaled[-1]:.3f}",
        scaled[-1] < 0.5 * scaled[0],
        "less than half",
    )
    page.proof(
        "The same with a rate of 0.1",
        f"{faster[0]:.3f} and {faster[-1]:.3f}",
        faster[-1] < 0.5 * faster[0] and faster[-1] < scaled[-1],
        "less than half, and less than with the default rate",
    )
    page.verdict()
    page.text(
        """
- **Scaled targets**, minus their mean and over their spread, mend the cause, so try them first. The
  default rate works again. It still is a guess: ten times as much is better here.
- **`clipnorm=1`** shortens the [[gradient]] of each array of [[weights|weight]] to length 1 where
  it is longer. The size of the targets no longer counts, so the rate has to be chosen anew.

The rates 3 and 0.1 were found by trying a few beforehand, so that each cure is shown near its best.

Recipes also promise "optimized settings for speed" and name an [[optimizer]]. What `compile` has
for speed is `steps_per_execution`: so many [[steps|step]] in each call.
"""
    )
    fast = page.experiment("many_steps", "Train with 1 and with 50 steps a call")
    if fast:
        one, many = fast["calls"]
        bars(
            f"Calls of an epoch of {fast['steps']} steps",
            {"1 step a call": one, "50 steps a call": many},
            up="calls",
            key="production_runs.calls",
            alt="Fifty steps a call need a fiftieth of the calls.",
        )
        page.proof(
            "Calls of an epoch with 1 and with 50 steps in each",
            f"{one} and {many}",
            one == 50 * many,
            "a fiftieth with 50",
        )
        page.proof(
            "Largest difference between any two weights",
            f"{fast['difference']:g}",
            fast["difference"] < 1e-6,
            "below 1e-6, the last digits of a weight",
        )
        slow, quick = (1000 * seconds for seconds in fast["seconds"])
        page.text(
            f"""
The epoch took {slow:.0f} ms with one step a call and {quick:.0f} ms with fifty. That is a time of
this machine, now, and no pass mark. The model is small, so calling costs much beside computing. The
price: [[callbacks|callback]] hear of every fiftieth step only.
"""
        )
    page.see("gain", "internals")
    page.try_next(
        "In the code, keep SGD and set the rate to 1e-8: no NaN, and hardly any learning.",
        "Scale the targets back by hand after `predict`: mean plus spread times answer.",
    )
    page.open_in(
        "Compare with and without clipnorm",
        {
            "base": {
                "dataset": "diabetes",
                "model": "mlp",
                "compile": {
                    "optimizer": {"name": "SGD", "params": {"learning_rate": 0.5}},
                    "loss": "MeanSquaredError",
                    "metrics": ["R2Score"],
                },
                "epochs": 30,
                "batch_size": 32,
                "seed": 0,
            },
            "rows": [
                {"label": "as it is"},
                {"label": "clipnorm 0.1", "optimizer_arguments": {"clipnorm": 0.1}},
            ],
            "seeds": 3,
        },
    )
page.end("Keras 3, `keras.optimizers.SGD` and `Trainer.compile`", "measured by this page's runs")
