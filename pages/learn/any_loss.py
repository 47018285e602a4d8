"""Myth: some losses need certain optimizers. All of them on a loss that the learner picks."""

import streamlit as st

from components.learn import Lesson
from components.learn.figures import bars, heat
from training.demo import constant

page = Lesson("any_loss")
page.text(
    """
**The myth:** a [[loss]] and an [[optimizer]] can be incompatible.

It is often taught that the two have to be matched, and that training fails if they are not. Pick a
loss: all 14 optimizers of Keras will be compiled with it and take three [[steps|step]], each at its
own default [[learning rate]]. [[Labels|label]] and [[last layer]] are chosen to suit the loss.
"""
)
page.predict(
    "How many of the 14 optimizers raise an error on the loss that you pick?",
    ("About half of them", "Two or three", "None, whichever loss it is", "None, but few lower it"),
    "None, whichever loss it is",
    "An optimizer gets [[gradients|gradient]]. It cannot know from which loss they come.",
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
        f"{loss}: its change by three steps",
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
        "Optimizers that lowered the loss in three steps",
        f"{len(lower)} of {len(change)}",
        len(lower) >= 11,
        "at least 11, since a default rate may be too large or too small for three steps",
    )
    page.text(
        """
That was one loss. Now all 20: each optimizer takes one step along the [[gradient]] of each loss.
"""
    )
    table = page.experiment("any_loss", "Try all optimizers on all losses", whole=True)
    if table:
        before, after, names = table["before"], table["after"], list(found["losses"])
        words = [
            [
                "raised" if n not in after[one] else "fell" if after[one][n] < start else "rose"
                for n in names
            ]
            for one, start in before.items()
        ]
        shades = {"raised": 0.0, "rose": 0.5, "fell": 1.0}
        heat(
            "What each loss did in one step",
            list(before),
            names,
            [[shades[word] for word in row] for row in words],
            texts=words,
            colours=((0, "#D55E00"), (0.5, "#E69F00"), (1, "#009E73")),
            key="any_loss.table",
            alt="Almost everywhere the loss fell; where it rose, that was mostly by Ftrl.",
        )
        page.proof(
            "Pairs of an optimizer and a loss that raised an error",
            f"{len(table['raised'])} of {len(before) * len(names)}",
            not table["raised"] and all(len(ended) == len(names) for ended in after.values()),
            "0",
        )
        fell = [
            w == "fell" for row in words for n, w in zip(names, row, strict=True) if n != "Ftrl"
        ]
        page.proof(
            "Pairs without Ftrl in which the loss fell",
            f"{sum(fell)} of {len(fell)}",
            sum(fell) > 0.95 * len(fell),
            "more than 95 in 100",
        )
        page.verdict()
        page.text(
            """
What must match is something else: **loss, labels and last layer.** And each optimizer wants its
own learning rate; Adadelta hardly moves because its default is a thousandth of what its paper uses.
Why Ftrl may raise a loss is seen below.
"""
        )
    page.text(
        """
#### Limits that optimizers do have
None of them is about a pair of one loss and one optimizer.
"""
    )
    limits = page.experiment("optimizer_limits", "Show the limits")
    if limits:
        lengths, slots = limits["lengths"], limits["Muon"]
        without = limits["without"]
        page.text("A loss needs a gradient. Counted mistakes have none:")
        page.proof(
            "What " + ", ".join(without) + " say to them",
            " ".join(set(without.values())).rstrip("."),
            len(set(without.values())) == 1 and "No gradients" in without["sgd"],
            "all three that there are no gradients",
        )
        page.text(
            "Ftrl computes [[weights|weight]] anew from sums of gradients, and so forgets where "
            "they started:"
        )
        page.proof(
            "Length of the vector of all weights, at the start and after one step of Ftrl",
            f"{lengths['start']:.3g} and {lengths['Ftrl']:.3g}",
            lengths["Ftrl"] < lengths["start"] / 5,
            "less than a fifth is left",
        )
        page.text(
            "In `fit`, ScheduleFreeAdamW forgets it too, which is a fault of Keras 3.15. "
            "A call of the optimizer's `build` before `fit` is the way round it:"
        )
        page.proof(
            "The same length after one step of ScheduleFreeAdamW, without that call and with it",
            f"{lengths['free']:.3g} and {lengths['free, built first']:.3g}",
            lengths["free"] < lengths["start"] / 5
            and abs(lengths["free, built first"] / lengths["start"] - 1) < 0.01,
            "less than a fifth is left, and all of it to 1 in 100",
        )
        page.text(
            "Muon's rule is for matrices. Other weights get steps of AdamW, with two "
            "[[slots|slot]] each:"
        )
        page.proof(
            "Slots that Muon keeps for a matrix, and for a bias",
            f"{', '.join(slots['kernel'])}; {', '.join(slots['bias'])}",
            (len(slots["kernel"]), len(slots["bias"])) == (1, 2),
            "one, and two",
        )
        page.text("Small gradients vanish in float16, so `compile` wraps the optimizer there:")
        page.proof(
            "What Adam became",
            limits["half"],
            limits["half"] == "LossScaleOptimizer",
            "another class",
        )
    page.text("Errors do come from somewhere else:")
    page.see("label_forms")
    page.try_next(
        "Pick `Poisson` or `CosineSimilarity`: their values differ, the answer does not.",
        "Give Adadelta a rate of 1 in the code: how far does it come in three steps?",
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
