"""Expert: what optimizers remember, how large it is, and whether a file keeps it."""

from components.learn import Lesson
from components.learn.figures import bars
from components.learn.setups import SMALL

page = Lesson("memory")
page.text(
    """
Most [[optimizers|optimizer]] remember something for each [[weight]], in [[slots|slot]]. That takes
memory, and it is part of the training: without it the next [[step]] is another one.

A model is trained with Adam for three [[epochs|epoch]] and saved as a `.keras` file. Then three
models train on with the same [[batches|batch]]: the model itself, the one loaded from the file, and
a new one that got the weights alone.
"""
)
page.predict(
    "Which of the two copies ends at the same weights as the model itself?",
    (
        "Both: the weights are all there is",
        "The loaded one only",
        "Neither: a file keeps weights, not Adam's memory",
    ),
    "The loaded one only",
    "The file has the optimizer's slots and its count of steps too. The new model's Adam begins "
    "with empty slots.",
)
found = page.experiment("optimizer_memory", "Save, load and train on")
if found:
    bars(
        "Largest difference of a weight from the model that trained on",
        {"loaded from the file": found["loaded"], "weights alone": found["fresh"]},
        up="difference of a weight",
        key="memory.apart",
        alt="The loaded model ends where the model itself does, the one with weights alone not.",
    )
    page.proof(
        "These differences",
        f"{found['loaded']:.3g} for the loaded one, {found['fresh']:.3g} for weights alone",
        found["loaded"] < 1e-6 and found["fresh"] > 0.001,
        "below 1e-6, and above 0.001",
    )
    page.proof(
        "Steps counted by Adam before saving and after loading",
        f"{found['steps'][0]} and {found['steps'][1]}",
        found["steps"][0] == found["steps"][1] > 0 == found["slots"],
        "the same, and every slot too",
    )
    page.proof(
        "Learning rate before saving and after loading",
        f"{found['rates'][0]:.4g} and {found['rates'][1]:.4g}",
        found["rates"][0] == found["rates"][1] and abs(found["rates"][1] - 0.01) < 1e-6,
        "both 0.01, which is not Adam's default",
    )
    page.verdict()
    page.text(
        """
#### How much there is to remember
The run also built 15 optimizers for the same model, and counted the bytes of all that they keep.
"""
    )
    share = {name: size / found["model"] for name, size in found["sizes"].items()}
    bars(
        "Bytes that optimizers remember, over those of the model",
        share,
        up="times the model's size",
        key="memory.sizes",
        alt="SGD has almost nothing, momentum and RMSprop once the model's size, Adam twice.",
    )
    one = [share[name] for name in ("SGD with momentum", "RMSprop", "Adagrad", "Lion")]
    adam = ("Adam", "AdamW", "Nadam", "Adamax")
    two = [share[name] for name in (*adam, "Adadelta", "Ftrl", "Lamb", "ScheduleFreeAdamW")]
    page.proof(
        "Size of the memory over the model's",
        f"SGD {share['SGD']:.3f}, those with one number for each weight {min(one):.3f} to "
        f"{max(one):.3f}, those with two {min(two):.3f} to {max(two):.3f}",
        share["SGD"] < 0.1 < 0.9 < min(one) <= max(one) < 1.2 < 1.9 < min(two) <= max(two) < 2.2,
        "about 0, 1 and 2",
    )
    page.text(
        """
- **Plain SGD** keeps a count of steps and a rate, and nothing else.
- **[[Momentum]], RMSprop, Adagrad, Lion** keep one number for each weight.
- **The Adam family, Adadelta, Ftrl and Lamb** keep two. Training a model with Adam takes three
  times the room of its weights, before any [[batch]] is read.
- **Muon and Adafactor** are made to keep less of large matrices. This model has small ones, so it
  hardly shows here.

#### What is in the file
To go on with a training later, save the whole model, not the weights alone. If you need only
predictions, the memory is dead weight. The argument `include_optimizer=False` does not leave it out
of a `.keras` file. Loading with `compile=False` and saving again does:
"""
    )
    page.text(
        "| saved | bytes |\n|--|--|\n"
        + "".join(f"| {how} | {size:,} |\n" for how, size in found["files"].items())
    )
    whole, asked, bare = found["files"].values()
    page.proof(
        "Bytes by `include_optimizer=False`, and by loading and saving, over those of `model.save`",
        f"{asked / whole:.2f} and {bare / whole:.2f}",
        asked > 0.98 * whole and bare < 0.8 * whole,
        "still 0.98 and more, and below 0.8",
    )
    page.see("recompile")
    page.try_next(
        "Look at the slots of a run in the Playground: Inside a run shows them as heat maps.",
        "Make the layers of the code ten times as wide: where does Adafactor's bar go?",
    )
    page.open_in(
        "Open in the Playground",
        SMALL | {"model": {"name": "mlp", "params": {"hidden": [32, 32]}}, "epochs": 6},
    )
page.end("Keras 3, `keras.optimizers` and `keras.saving`", "measured by this page's run")
