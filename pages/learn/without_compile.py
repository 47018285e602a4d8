"""Myth: nothing trains without compile. What raises, and a loop of one's own that does not."""

from components.learn import Lesson
from components.learn.figures import bars
from components.learn.setups import SMALL

page = Lesson("without_compile")
page.text(
    """
**The myth:** a model must be compiled before it can be trained.

[[compile]] writes down an [[optimizer]], a [[loss]] and [[metrics|metric]] for the methods that use
them. But a model's [[weights|weight]] and its predictions are there before. Below, a model that was
never compiled is asked to do several things. Then two copies of it take the same [[steps|step]]:
one by `compile` and `fit`, one by a loop of ours that calls neither.
"""
)
page.predict(
    "What can be done with a model that was never compiled?",
    (
        "Nothing: every method raises an error",
        "Predict, but it cannot be trained in any way",
        "Predict, and train by a loop of one's own",
        "Everything: fit then takes defaults",
    ),
    "Predict, and train by a loop of one's own",
    "Training is [[gradients|gradient]] and an optimizer. `compile` only says which ones `fit` "
    "shall use.",
)
found = page.experiment("without_compile", "Try it, and train both ways")
if found:
    said = found["said"]
    page.text(
        "| called | what Keras says |\n|--|--|\n"
        + "".join(f"| `{name}` | {words} |\n" for name, words in said.items())
    )
    bars(
        "Largest move of a weight by training, and what is between the two ways",
        {"moved by training": found["moved"], "fit against the loop": found["difference"]},
        up="change of a weight",
        key="without_compile.moves",
        alt="Weights moved by training; between fit and the loop there is no bar.",
    )
    refused = [name for name in ("fit", "evaluate", "train_on_batch") if said[name] != "works"]
    page.proof(
        "Methods that raise without compile",
        ", ".join(refused),
        len(refused) == 3 and said["predict"] == "works",
        "fit, evaluate and train_on_batch raise, predict works",
    )
    page.proof(
        "Largest difference between weights of `fit` and of the loop",
        f"{found['difference']:g}",
        found["difference"] == 0.0,
        "exactly 0",
    )
    page.proof(
        "Largest move of a weight by the training",
        f"{found['moved']:.3f}",
        found["moved"] > 0.01,
        "above 0.01, so there was something to differ in",
    )
    page.verdict()
    page.text(
        """
So the true sentence is smaller: **`fit`, `evaluate` and `train_on_batch` need `compile`.** That
`evaluate` needs it too is often left out: without a loss and metrics there is nothing to compute.

The loop in the code below does by hand what `fit` does in each [[step]]:

1. predict the [[batch]], inside a `GradientTape` that watches,
2. compute the loss, and ask the tape for the [[gradients|gradient]],
3. let the optimizer apply them.

`compile()` without a loss raises nothing. `fit` then says what is missing:
"""
    )
    lost = said["fit after compile()"].rstrip(".")
    page.proof("`fit` after `compile()`", lost, "No loss" in lost, "it names the loss")
    page.try_next(
        "Take the code home and remove the line `@tf.function(...)`: the loop gets slower, "
        "and weights differ in their last digits at most.",
        "Change the order of the batches in the loop: the weights are no longer those of `fit`.",
    )
    page.open_in("Open the set-up in the Playground", SMALL)
page.end(
    "Keras 3, `Trainer._assert_compile_called` and `Trainer.train_step`",
    "measured by this page's run",
)
