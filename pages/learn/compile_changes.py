"""Myth: compile changes the model. Before and after it, and layers frozen early and late."""

from components.learn import Lesson
from components.learn.figures import bars
from components.learn.setups import SMALL

page = Lesson("compile_changes")
page.text(
    """
**The myth:** [[compile]] rebuilds the model.

We write down a model's description (`to_json`), its [[weights|weight]] and its predictions, compile
it, and look again. Then comes the one thing that people change around compile: they [[freeze]] a
[[layer]]. The layer below is frozen at three moments: after compile and before the first `fit`;
after the first `fit`; and after the first `fit` with another `compile` behind it.
"""
)
page.predict(
    "A model was compiled and trained for an [[epoch]]. Now its hidden layer gets "
    "`trainable=False`, and `fit` is called once more, without compiling again. What does that "
    "layer do?",
    ("It stays: frozen is frozen", "It goes on learning, silently", "fit raises an error"),
    "It goes on learning, silently",
    "The first `fit` traced a [[step]] with this layer in it, and the second `fit` uses that step.",
)
found = page.experiment("freezing", "Compile, freeze and train")
if found:
    changed = found["changed"]
    page.text(
        f"""
| before and after compile | |
|--|--|
| entries of `to_json` that stayed | {", ".join(f"`{name}`" for name in changed["kept"])} |
| entries that are new or differ | {", ".join(f"`{name}`" for name in changed["entries"])} |
| largest change of a weight | {changed["weights"]:g} |
| largest change of a prediction | {changed["predictions"]:g} |
"""
    )
    moments = {"before first fit": "early", "after it": "late", "after it, compiled again": "again"}
    bars(
        "How far the hidden layer moved in the next epoch",
        {moment: found[name][0] for moment, name in moments.items()},
        across="when it was frozen",
        up="largest change of a weight",
        key="compile_changes.moved",
        alt="Only the layer that was frozen after the first fit, without compiling again, moved.",
    )
    page.proof(
        "What compile changed of weights and predictions",
        f"{changed['weights']:g} and {changed['predictions']:g}",
        changed["weights"] == changed["predictions"] == 0.0
        and changed["entries"] == ["compile_config"],
        "exactly 0, and of the description only `compile_config`, the choices themselves",
    )
    moved = [found[name][0] for name in ("early", "late", "again")]
    page.proof(
        "Moves of the frozen layer: before the first fit, after it, compiled again",
        ", ".join(f"{move:.3g}" for move in moved),
        moved[0] == moved[2] == 0.0 and moved[1] > 0.001,
        "0, more than 0.001, 0",
    )
    page.verdict()
    page.text(
        """
Compile notes your choices beside the model. Architecture, weights and predictions stay; what
`to_json` shows more is that note.

With freezing, the usual rule says that `trainable` counts as it was when `compile` was called.
On TensorFlow it counts as it is when the training step is [[traced|trace]], which the first `fit`
does. So freezing between `compile` and the first `fit` still works, and freezing later does not,
without a warning. `compile` throws the old trace away: that is why compiling again helps. The new
compile names a new [[optimizer]] too, so what the old one remembered is gone.

The safe habit is the old one: **after changing `trainable`, compile.**
"""
    )
    page.try_next(
        "In the code, thaw the layer after a `fit` that had it frozen: does it learn again?",
        "Compile with `run_eagerly=True`: then nothing is traced, and freezing works at once.",
    )
    page.open_in("Open the model in the Playground", SMALL)
page.end(
    "Keras 3, `TensorFlowTrainer.make_train_function`",
    "on the disputed rule: keras pull requests 22413 and 22787",
    "measured by this page's run",
)
