"""Expert: when a model needs no compile."""

from components.learn import Lesson
from components.learn.figures import heat
from components.learn.setups import MOONS
from components.learn.tables import table

page = Lesson("when_not")
page.text(
    """
A model that was trained elsewhere is often loaded to be used, not to be trained. Then
`load_model(path, compile=False)` leaves out what [[compile]] had stored: [[loss]],
[[metrics|metric]] and [[optimizer]] with all that it remembers. It also loads models whose loss is
a function that you do not have.

Below a model is trained, saved and loaded so, and once more with its compile.
"""
)
page.predict(
    "Which of these fails on the model that was loaded without compile?",
    (
        "model.predict(x)",
        "The output of a hidden layer, as features",
        "model.evaluate(x, y)",
        "None of these, only fit does",
    ),
    "model.evaluate(x, y)",
    "It reports loss and metrics, and without compile there are none. Predictions need "
    "[[weights|weight]] only.",
)
found = page.experiment("when_not", "Save it, load it, use it")
if found:
    said = found["said"]
    both = (said, found["said compiled"])
    worked = [[one[call] == "works" for one in both] for call in said]
    heat(
        "What works on the model",
        list(said),
        ("loaded with compile=False", "loaded with compile"),
        worked,
        texts=[["works" if works else "fails" for works in row] for row in worked],
        key="when_not.calls",
        alt="evaluate and fit fail without compile; with it everything works.",
    )
    table(("call", "what Keras says"), {name: [words] for name, words in said.items()})
    refused = [name for name, words in said.items() if words != "works"]
    page.proof(
        "Calls that fail without compile",
        ", ".join(f"`{name}`" for name in refused),
        refused == ["model.evaluate(x, y)", "model.fit(x, y)"]
        and not found["compiled"]
        and all(words == "works" for words in found["said compiled"].values()),
        "evaluate and fit, no other; and none where compile came along",
    )
    page.proof(
        "Largest difference of a prediction from the original's",
        f"{found['difference']:g}",
        found["difference"] < 1e-6,
        "below 1e-6, usually 0",
    )
    own, evaluated = found["accuracy"]
    page.proof(
        "Accuracy by a metric object on the loaded model, and by evaluate on the original",
        f"{own:.4f} and {evaluated:.4f}",
        abs(own - evaluated) < 1e-4,
        "the same",
    )
    page.verdict()
    page.text(
        """
You need no compile

- to predict, in a service or on a phone,
- to take features out of a [[layer]], or to use a model as a layer of another one,
- in a training loop of your own, as on the page of that myth,
- to measure with a metric object: `update_state(labels, model(x))`, then `result()`.

You need it for [[fit]], `train_on_batch` and [[evaluate]]. The last one is often forgotten.
"""
    )
    page.see("without_compile", "skip_compile")
    page.try_next("In the code, compile the loaded model with a loss alone, and evaluate it.")
    page.open_in("Train one in the Playground, and take its file home", MOONS)
page.end("Keras 3, `keras.saving.load_model`", "measured by this page's run")
