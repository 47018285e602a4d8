"""Expert: patterns of production, first what is tuned and what is read."""

import streamlit as st

from components.learn import Lesson
from components.learn.figures import heat, lines
from components.learn.setups import MOONS

page = Lesson("production")
page.text(
    """
Recipes for production say: Adam with a tuned [[learning rate]], and several [[metrics|metric]].
Both are right. Here is how much they matter.

First the rate. Keras's Adam has 0.001 unless you say another. It is trained for six
[[epochs|epoch]] at six rates from the same start, 0.0001 to 10, each ten times the one before. The
[[loss]] is that of [[validation]] rows.
"""
)
page.predict(
    "Which rate ends with the lowest loss?",
    ("The default, 0.001", "One smaller than the default", "One at least ten times larger"),
    "One at least ten times larger",
    "In six epochs a small rate gets nowhere. The default is a guess that suits many tasks, and "
    "not each.",
)
swept = page.experiment("rate_sweep", "Sweep the rates")
if swept:
    losses = dict(zip(swept["rates"], swept["losses"], strict=True))
    best = min(losses, key=losses.get)
    lines(
        "Loss after six epochs, by learning rate",
        {"Adam": swept["losses"]},
        across="learning rate",
        up="loss on new rows",
        x=swept["rates"],
        log_x=True,
        log_y=True,
        key="production.rates",
        alt="The loss falls with the rate, and jumps up at the largest.",
    )
    usual = losses[swept["default"]]
    page.proof(
        f"Loss at the default {swept['default']:g}, over the loss at the best rate {best:g}",
        f"{usual:.3g} / {losses[best]:.3g} = {usual / losses[best]:.2f}",
        usual > 1.3 * losses[best] and best >= 10 * swept["default"],
        "above 1.3, at a rate at least ten times the default",
    )
    page.proof(
        f"Loss at the largest rate, {max(losses):g}",
        f"{losses[max(losses)]:.3g}",
        losses[max(losses)] > usual,
        "above that of the default: too large is worse than too small",
    )
    page.verdict()
    page.text(
        """
Sweep in factors of three or ten, not in equal distances. One [[compile]] serves the whole sweep:
the code puts [[weights|weight]] and [[slots|slot]] back and sets `model.optimizer.learning_rate`,
so that nothing is [[traced|trace]] again.

Then the metrics. Of some rows 5 % are positive, and four classifiers are measured by four metrics:
[[accuracy]], [[precision]], [[recall]] and [[AUC]]. One classifier was trained with a
[[class weight]].
"""
    )
    grid = page.experiment("metric_grid", "Measure four classifiers")
    if grid:
        names = list(next(iter(grid.values())))
        heat(
            "Four classifiers, four metrics",
            list(grid),
            names,
            [[one[name] for name in names] for one in grid.values()],
            texts=[[f"{one[name]:.2f}" for name in names] for one in grid.values()],
            key="production.grid",
            alt="Always saying no has a high accuracy and a recall of 0.",
        )
        never, plain, counted = grid["always no"], grid["trained"], list(grid.values())[-1]
        page.proof(
            "Always saying no",
            f"accuracy {never['BinaryAccuracy']:.3f}, recall {never['Recall']:g}",
            never["BinaryAccuracy"] > 0.9 and never["Recall"] == 0,
            "accuracy above 0.9, recall 0",
        )
        page.proof(
            "Trained",
            f"without a class weight accuracy {plain['BinaryAccuracy']:.3f} and recall "
            f"{plain['Recall']:.3f}; with one accuracy {counted['BinaryAccuracy']:.3f} and recall "
            f"{counted['Recall']:.3f}",
            plain["BinaryAccuracy"] > counted["BinaryAccuracy"]
            and plain["Recall"] < counted["Recall"],
            "the first leads by accuracy, the second by recall",
        )
        st.caption("Precision of a classifier that never says yes is 0 by Keras's rule: 0 / 0.")
        page.text(
            """
One number would have named a winner. By accuracy, always saying no beats the model that finds
most positives. Precision, recall and AUC each answer another question, so name the question before
you compile.
"""
        )
    page.see("weighted")
    page.try_next("In Compare, Fair race does such a sweep for each row by itself.")
    page.open_in(
        "Compare learning rates",
        {
            "base": MOONS,
            "rows": [{"learning_rate": rate} for rate in (0.001, 0.01, 0.1, 1.0)],
            "seeds": 3,
        },
    )
page.end("Keras 3, `keras.optimizers.Adam` and `keras.metrics`", "measured by this page's runs")
