"""What compile does to a model, seen before it, after it, and after the first step of fit."""

from components.learn import Lesson
from components.learn.figures import bars
from components.learn.setups import MOONS
from components.learn.tables import table

page = Lesson("compile")
page.text(
    """
A model has [[layers|layer]] and [[weights|weight]], but no plan for learning. The method
[[compile]] is called on it, with an [[optimizer]], a [[loss]] and [[metrics|metric]]; then [[fit]]
trains it.
"""
)
page.predict(
    "A fresh model is compiled with Adam, a loss and [[accuracy]]. "
    "What does it have right after that call, which it had not before?",
    (
        "Weights that suit the loss",
        "A graph of the training step, ready to run",
        "The optimizer, the loss and the metrics, and nothing more",
    ),
    "The optimizer, the loss and the metrics, and nothing more",
    "Compile stores these choices. What is made of them is made when `fit` takes its first "
    "[[step]].",
)
found = page.experiment("compile_setup", "Look before, between and after")
if found:
    looks = found["looks"]
    table(
        ("", "before", "after compile", "after the first fit"),
        {
            "weights moved by": [f"{moved:.3g}" for moved in found["moved"]],
            "predictions moved by": [f"{moved:.3g}" for moved in found["predicts otherwise"]],
            "model.compiled": [str(look["compiled"]) for look in looks],
            "optimizer": [look["optimizer"] for look in looks],
            "optimizer.built": [str(look["built"]) for look in looks],
            "variables of the optimizer": [str(look["variables"]) for look in looks],
            "graph of the training step": ["yes" if look["graph"] else "none" for look in looks],
        },
    )
    bars(
        "Seconds that each call took on the server, one batch a fit",
        found["seconds"],
        up="seconds",
        log=True,
        key="compile.seconds",
        alt="Compile is quick, the first fit is slow, the second fit is quicker than the first.",
    )
    page.proof(
        "Compile moved",
        f"weights by {found['moved'][1]:g}, predictions by {found['predicts otherwise'][1]:g}",
        found["moved"][1] == found["predicts otherwise"][1] == 0.0,
        "exactly 0, both",
    )
    page.proof(
        "Variables of the optimizer after compile, and after the first fit",
        f"{looks[1]['variables']} and {looks[2]['variables']}",
        not looks[1]["built"] and looks[1]["variables"] < looks[2]["variables"],
        "fewer after compile, and `optimizer.built` is False until the first fit",
    )
    page.proof(
        "Is there a graph of the training step after compile, and after the first fit",
        ", ".join("yes" if look["graph"] else "no" for look in looks[1:]),
        (looks[1]["graph"], looks[2]["graph"]) == (False, True),
        "no, then yes",
    )
    page.verdict()
    page.text(
        """
After compile, Adam counts steps and knows its [[learning rate]]: two variables. Its [[slots|slot]],
two for each of six arrays of weights, come with the first step. So does the [[graph]], which is
why the first `fit` takes so much longer than compile.

All arguments have defaults, and here `compile()` was called with none. Name the arguments you
give: the third by position is `loss_weights` in Keras 3, no longer the metrics.
"""
    )
    bare = found["defaults"]
    page.proof(
        "`compile()` alone takes",
        f"{bare['optimizer']} and the loss {bare['loss']}",
        bare["optimizer"] == "RMSprop" and bare["loss"] is None,
        "RMSprop, and no loss",
    )
    page.proof(
        "`fit` then says",
        bare["fit says"],
        "No loss to compute" in bare["fit says"],
        "that there is no loss",
    )
    page.proof(
        "The third argument of compile",
        bare["third argument"],
        bare["third argument"] == "loss_weights",
        "loss_weights",
    )
    page.try_next(
        "Run it again and look at the times. Which of the three changes least?",
        "Open the Playground: its code panel shows the compile call of every set-up.",
    )
    page.open_in(
        "Open in the Playground",
        MOONS,
    )
page.end("Keras 3, `Trainer.compile` and `Trainer.fit`", "measured by this page's run")
