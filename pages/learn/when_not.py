"""Expert: when a model needs no compile."""

import streamlit as st

from components.learn import Lesson
from components.learn.setups import MOONS

page = Lesson("when_not")
page.text(
    """
A model that was trained elsewhere is often loaded to be used, not to be trained. Then
`load_model(path, compile=False)` leaves out [[loss]], [[metrics|metric]] and [[optimizer]] with
all that it remembers. It also loads models whose loss is a function that you do not have.

Below a model is trained, saved and loaded so.
"""
)
page.predict(
    "Which of these fails on the loaded model?",
    (
        "model.predict(x)",
        "The output of a hidden layer, as features",
        "model.evaluate(x, y)",
        "None of these, only fit does",
    ),
    "model.evaluate(x, y)",
    "It reports loss and metrics, and without compile there are none. Predictions need weights.",
)
found = page.experiment("when_not", "Save it, load it, use it")
if found:
    said = found["said"]
    st.dataframe({"call": list(said), "what Keras says": list(said.values())}, hide_index=True)
    refused = [name for name, words in said.items() if words != "works"]
    page.proof(
        "Calls that fail",
        ", ".join(f"`{name}`" for name in refused),
        refused == ["model.evaluate(x, y)", "model.fit(x, y)"] and not found["compiled"],
        "evaluate and fit, no other",
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
You need no [[compile]]

- to predict, in a service or on a phone,
- to take features out of a layer, or to use a model as a layer of another one,
- in a training loop of your own, as on the page of that myth,
- to measure with a metric object: `update_state(labels, model(x))`, then `result()`.

You need it for [[fit]], `train_on_batch` and [[evaluate]]. The last one is often forgotten.
"""
    )
    page.see("without_compile", "skip_compile")
    page.try_next("In the code, compile the loaded model with a loss alone, and evaluate it.")
    page.open_in("Train one in the Playground, and take its file home", MOONS)
page.end("Keras 3, `keras.saving.load_model`", "measured by the run above")
