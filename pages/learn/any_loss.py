"""Myth: some losses need certain optimizers. All of them on a loss that the learner picks."""

import streamlit as st

from components.learn import Lesson
from components.learn.figures import bars
from training.demo import constant

page = Lesson("any_loss")
page.text(
    """
**The myth:** a [[loss]] and an [[optimizer]] can be incompatible.

It is often taught that the two have to be matched, and that training fails if they are not. Pick a
loss: all 14 optimizers of Keras will take six steps on it, each at its own default
[[learning rate]]. Labels and [[last layer]] are chosen to suit the loss.
"""
)
page.predict(
    "How many of the 14 optimizers raise an error on the loss that you pick?",
    ("About half of them", "Two or three", "None, whichever loss it is", "None, but few lower it"),
    "None, whichever loss it is",
    "An optimizer gets gradients. It cannot know from which loss they come.",
)
losses = constant("any_loss", "LOSSES")
loss = page.pick("loss", "Loss", list(losses))
labels, units, activation = losses[loss]
st.caption(f"Labels: {labels}. Last layer: {units} × {activation}.")
found = page.experiment("any_loss", "Try all optimizers on it", loss=loss)
if found:
    change = {name: v[-1] - v[0] for name, v in found["losses"].items() if v}
    lower = [name for name, by in change.items() if by < 0]
    bars(
        f"{loss}: its change by six steps",
        change,
        up="loss after - loss before",
        key="any_loss.change",
        alt=f"{len(lower)} of {len(change)} optimizers lowered the loss.",
    )
    page.proof(
        "Optimizers that raised an error",
        f"{len(found['raised'])} of {len(found['losses'])}",
        not found["raised"],
        "none",
    )
    page.proof(
        "Optimizers that lowered the loss in six steps",
        f"{len(lower)} of {len(change)}",
        len(lower) >= 11,
        "at least 11, since a default rate may be too large or too small for six steps",
    )
    page.verdict()
    page.text(
        """
What must match is something else: **loss, labels and last layer.** And each optimizer wants its
own learning rate; Adadelta hardly moves here because its default is a thousandth of what its
paper uses. If Ftrl raised the loss, see below.

Optimizers do have limits. None of them is about which loss it is.
"""
    )
    limits = page.experiment("optimizer_limits", "Show the limits")
    if limits:
        refused, lengths = limits["without"], limits["lengths"]
        page.text(
            f"""
| limit | seen in this run |
|--|--|
| A loss needs a [[gradient]]. Counted mistakes have none. | {", ".join(refused)}: \
"{refused["sgd"]}" |
| Ftrl computes weights anew from sums of gradients, and so forgets where they started. | \
length of all weights: {lengths["start"]:.3g}, after one step {lengths["Ftrl"]:.3g} |
| ScheduleFreeAdamW forgets it too in `fit`, a fault of Keras 3.15, unless you call its `build` \
before. | after one step {lengths["free"]:.3g}; built before: {lengths["free, built first"]:.3g} |
| Muon's rule is for matrices. Other weights get steps of AdamW. | slots of a kernel: \
{", ".join(limits["Muon"]["kernel"])}; of a bias: {", ".join(limits["Muon"]["bias"])} |
| Small gradients vanish in half precision, so `compile` wraps the optimizer. | Adam became \
{limits["half"]} |
"""
        )
        page.proof(
            "Optimizers that refuse a loss without a gradient",
            f"{sum(words.startswith('ValueError') for words in refused.values())} of 3",
            len(set(refused.values())) == 1 and "No gradients" in refused["sgd"],
            "all three, in the same words",
        )
    page.try_next(
        "Pick `Poisson` or `CosineSimilarity`: their values differ, the answer does not.",
        "See where errors do come from, on the page about loss and labels.",
    )
    page.open_in(
        "Race five optimizers on Hinge in Compare",
        {
            "base": {
                "dataset": "moons",
                "model": "mlp",
                "compile": {"optimizer": "Adam", "loss": "Hinge", "metrics": ["accuracy"]},
                "epochs": 30,
                "batch_size": 32,
                "seed": 0,
            },
            "rows": [{"optimizer": o} for o in ("SGD", "Adam", "RMSprop", "Lion", "Muon")],
            "seeds": 3,
        },
    )
page.end("Keras 3, `keras.optimizers` and `keras.losses`", "measured by this page's runs")
