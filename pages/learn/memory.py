"""Expert: what optimizers remember, how large it is, and whether a file keeps it."""

from components.learn import Lesson
from components.learn.figures import bars
from components.learn.setups import MOONS

page = Lesson("memory")
page.text(
    """
Most [[optimizers|optimizer]] remember something for each [[weight]], in [[slots|slot]]. That takes
memory, and it is part of the training: without it the next step is another one.

A model is trained with Adam for three epochs and saved as a `.keras` file. Then three models train
on with the same batches: the model itself, the one loaded from the file, and a new one that got
the weights alone.
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
        "Bytes that optimizers remember, over those of the model",
        {name: size / found["model"] for name, size in found["sizes"].items()},
        up="times the model's size",
        key="memory.sizes",
        alt="SGD has almost nothing, momentum and RMSprop once the model's size, Adam twice.",
    )
    page.proof(
        "Largest difference of a weight from the model that trained on: loaded, weights alone",
        f"{found['loaded']:.3g} and {found['fresh']:.3g}",
        found["loaded"] < 1e-6 and found["fresh"] > 0.001,
        "below 1e-6, and above 0.001",
    )
    whole, _, bare = found["files"].values()
    page.proof(
        "Steps counted by Adam before saving and after loading",
        f"{found['steps'][0]} and {found['steps'][1]}",
        found["steps"][0] == found["steps"][1] > 0 == found["slots"],
        "the same, and every slot too",
    )
    page.proof(
        "Bytes of the file as saved, and of one without the memory",
        " and ".join(f"{size:,}" for size in (whole, bare)),
        bare < whole,
        "the second is smaller",
    )
    share = {name: size / found["model"] for name, size in found["sizes"].items()}
    page.proof(
        "Size of the memory: SGD, with momentum, Adam",
        ", ".join(f"{share[name]:.2f}" for name in ("SGD", "SGD with momentum", "Adam")),
        share["SGD"] < 0.1 < 0.9 < share["SGD with momentum"] < 1.2 < 1.9 < share["Adam"] < 2.2,
        "about 0, 1 and 2 times the model",
    )
    page.verdict()
    page.text(
        f"""
- **Plain SGD** keeps a count of steps and a rate, and nothing else.
- **[[Momentum]], RMSprop, Adagrad, Lion** keep one number for each weight.
- **The Adam family, Adadelta, Ftrl and Lamb** keep two. Training a model with Adam takes three
  times the room of its weights, before any [[batch]] is read.
- **Muon and Adafactor** are made to keep less of large matrices. This model has small ones, so it
  hardly shows here.

To go on with a training later, save the whole model, not the weights alone. If you need only
predictions, the memory is dead weight. `include_optimizer=False` does not leave it out of a
`.keras` file: compare the sizes of this run. Loading with `compile=False` and saving again does.

| saved | bytes |
|--|--|
{"".join(f"| {how} | {size:,} |{chr(10)}" for how, size in found["files"].items())}"""
    )
    page.see("recompile")
    page.try_next(
        "Look at the slots of a run in the Playground: Inside a run shows them as heat maps.",
        "Make the layers of the code ten times as wide: where does Adafactor's bar go?",
    )
    page.open_in("Open in the Playground", MOONS)
page.end("Keras 3, `keras.optimizers` and `keras.saving`", "measured by this page's run")
