"""The first step of seven optimizers along the same gradient."""

import streamlit as st

from components.learn import Lesson
from components.learn.figures import bars
from components.learn.setups import SMALL

page = Lesson("optimizer")
page.text(
    """
The [[optimizer]] turns the [[gradient]] of the [[loss]] into a change of the [[weights|weight]].
All of them have a [[learning rate]]. SGD multiplies the gradient by it, and that is all. What do
the others do?
"""
)
page.predict(
    "Adam takes its very first [[step]], with a learning rate of 0.01. "
    "The gradients of the weights differ widely in size. How far does a typical weight move?",
    (
        "By 0.01 times its gradient",
        "By 0.01, whether its gradient is large or small",
        "That depends on the loss",
    ),
    "By 0.01, whether its gradient is large or small",
    "Adam divides a mean of gradients by their size, and in the first step only the sign is left.",
)
found = page.experiment("first_steps", "Take the first steps")
if found:
    steps = found["steps"]
    bars(
        "Median size of the first step, over the learning rate",
        {name: step["size"] for name, step in steps.items()},
        up="step / learning rate",
        log=True,
        key="optimizer.sizes",
        alt="SGD and Adadelta step little, Adam, Nadam and Lion about 1, RMSprop about 3.",
    )
    st.dataframe(
        {
            "optimizer": list(steps),
            "step / learning rate": [f"{step['size']:.4g}" for step in steps.values()],
            "cosine with downhill": [f"{step['cosine']:.3f}" for step in steps.values()],
        },
        hide_index=True,
    )
    page.proof(
        "Adam's typical step over the learning rate",
        f"{steps['Adam']['size']:.4f}",
        abs(steps["Adam"]["size"] - 1) < 0.01,
        "1, to 1 in 100",
    )
    page.proof(
        "SGD's typical step over the learning rate, and the typical gradient",
        f"{steps['SGD']['size']:.5f} and {found['gradient']:.5f}",
        abs(steps["SGD"]["size"] / found["gradient"] - 1) < 0.001,
        "equal, to 1 in 1000",
    )
    page.proof(
        "RMSprop's typical step over the learning rate",
        f"{steps['RMSprop']['size']:.3f}",
        abs(steps["RMSprop"]["size"] / 10**0.5 - 1) < 0.02,
        "the square root of 10, to 2 in 100",
    )
    cosines = {name: step["cosine"] for name, step in steps.items()}
    closest = max((name for name in cosines if name != "SGD"), key=cosines.__getitem__)
    page.proof(
        f"Cosine of SGD's step with downhill, and of the closest other one, {closest}",
        f"{cosines['SGD']:.5f} and {cosines[closest]:.5f}",
        cosines["SGD"] > 0.99999 and cosines[closest] < 0.9999,
        "1, to 1 in 100,000, and below 0.9999",
    )
    page.verdict()
    page.text(
        f"""
A cosine of 1 is the direction in which the loss falls fastest. Only SGD takes it exactly. Adam,
Lion and RMSprop lift weights with small gradients to the same step as all others, so they turn
aside.

RMSprop divides by the root of a running mean of squares that starts at 0. After one step this mean
holds a tenth of the newest square, so the first step is √10 rates long. Adam corrects for that.

To say that SGD is simple and Adam is smart explains nothing. They are rules, and some agree: Adam
and Lion both step by the rate. But from Adadelta to RMSprop the same rate makes steps that differ
by a factor of {steps["RMSprop"]["size"] / steps["Adadelta"]["size"]:,.0f}. So the learning rate has
to be chosen for the optimizer.
"""
    )
    page.try_next(
        "Compare the seven at the same rate on the same model, all rows in each step, for 30 "
        "steps. Then let Fair race find a rate for each of them.",
        "Read the code below: which line would you change to see the second step?",
    )
    page.open_in(
        "Open in Compare",
        {
            "base": SMALL | {"model": "mlp", "batch_size": 400, "epochs": 30},
            "rows": [{"optimizer": name} for name in steps],
            "seeds": 3,
        },
    )
page.end(
    "Kingma and Ba 2015, [Adam](https://arxiv.org/abs/1412.6980)",
    "Keras 3, `optimizers`",
    "measured by this page's run",
)
