"""A trained model is compiled again: what is kept, and what is lost."""

from components.learn import Lesson
from components.learn.figures import bars
from components.learn.setups import MOONS
from components.learn.tables import table

page = Lesson("recompile")
page.text(
    """
Keras keeps apart what a model computes and how it is trained. You build a model once, and may
[[compile]] it as often as you like: to lower the [[learning rate]], or to thaw [[layers|layer]]
that were [[frozen|freeze]].

Here a model is trained by the [[optimizer]] Adam for three [[epochs|epoch]] and compiled again with
`model.compile(optimizer="adam")`, without a [[loss]] and without [[metrics|metric]] such as
[[accuracy]]. Then it is trained on.
"""
)
page.predict(
    "What does the second compile take away?",
    (
        "The weights: the model starts anew",
        "The loss and the metrics, so that the next fit fails",
        "What Adam remembered: its count of steps and its running means",
        "Nothing, since Adam was there before",
    ),
    "What Adam remembered: its count of steps and its running means",
    "The string makes a new Adam. [[Weights|weight]] belong to the model, so they stay.",
)
found = page.experiment("recompile", "Train, compile again, train on")
if found:
    states = found["states"]
    bars(
        "Steps that Adam has counted",
        {when: state["steps counted"] for when, state in states.items()},
        up="steps",
        key="recompile.steps",
        alt="The count grows for three epochs, is 0 after compile, and grows again.",
    )
    table(
        ("after", "slots", "norm of slots", "graph"),
        {
            when: [
                str(state["slots"]),
                f"{state['norm of slots']:.3f}",
                "yes" if state["graph"] else "none",
            ]
            for when, state in states.items()
        },
    )
    before, after = states["epoch 3"], states["compile again"]
    page.proof(
        "Largest change of a weight by the second compile",
        f"{found['moved']:g}",
        found["moved"] == 0.0,
        "exactly 0",
    )
    page.proof(
        "Steps counted before it and after it",
        f"{before['steps counted']} and {after['steps counted']}",
        before["steps counted"] > 0 == after["steps counted"] == after["slots"],
        "some, then 0 and no slots",
    )
    page.proof(
        "What fit reports after it",
        ", ".join(found["logged"][1]),
        found["logged"][0] == found["logged"][1],
        "the same as before it",
    )
    page.verdict()
    page.text(
        f"""
Two things to know before you compile again:

- **State is lost.** [[Slots|slot]] and [[graph]] are made anew, so the next `fit` is slow at first
  and Adam begins to count again. The loss need not show it: here it was
  {found["losses"][2]:.4f} before and {found["losses"][3]:.4f} after. To change the rate alone,
  write `model.optimizer.learning_rate = 0.0001`, and nothing is lost.
- **What you leave out stays.** Loss and metrics of the first compile are still in use. To be rid of
  metrics, write `metrics=[]`.

That building and compiling are two calls is what makes this possible: one model can be trained,
frozen, tuned and measured by different rules, and its weights never notice.
"""
    )
    page.try_next(
        "In the Playground change the learning rate in the middle of a run: it keeps Adam's state.",
        "When the data change: is it better to keep Adam's running means, or to lose them?",
    )
    page.open_in(
        "Open in the Playground",
        MOONS | {"rates": [[16, 0.0001]]},
    )
page.end("Keras 3, `Trainer.compile`", "measured by this page's run")
