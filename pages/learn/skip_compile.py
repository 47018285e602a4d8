"""Mistake: fit without compile, and where a model loses its compile unseen."""

import streamlit as st

from components.learn import Lesson
from components.learn.setups import MOONS

page = Lesson("skip_compile")
page.text(
    """
Who forgets [[compile]] is told so by the first `fit`. It is harder to see where a model was
compiled, and something was made of it that is not. Below a compiled model is copied, described,
saved and loaded.
"""
)
page.predict(
    "Which of these is **not** compiled?",
    (
        "clone_model(model)",
        "model_from_json(model.to_json())",
        "Sequential(model.layers)",
        "load_model(path)",
    ),
    "Sequential(model.layers)",
    "Layers do not know how they are trained. The other three take along the note that compile "
    "made in the model.",
)
found = page.experiment("not_compiled", "Make them, and call fit")
if found:
    st.dataframe(
        {
            "made by": list(found),
            "compiled": [one["compiled"] for one in found.values()],
            "fit": [one["fit"] for one in found.values()],
        },
        hide_index=True,
    )
    bare = [name for name, one in found.items() if not one["compiled"]]
    page.proof(
        "Not compiled",
        ", ".join(f"`{name}`" for name in bare),
        bare == ["Sequential(...)", "Sequential(model.layers)", "load_model(path, compile=False)"],
        "a new model, one of another's layers, and one loaded so",
    )
    page.proof(
        "Models that fit refuses",
        f"{sum(one['fit'] != 'trains' for one in found.values())} of {len(found)}",
        all((one["fit"] == "trains") == one["compiled"] for one in found.values()),
        "those that are not compiled, and no other",
    )
    page.verdict()
    page.text(
        """
`model.compiled` tells which it is. The cure is one line: compile, with the [[loss]] that the
model needs. A copy that is compiled has an [[optimizer]] of its own, which begins anew; only
`load_model` brings back what the optimizer remembered.

The error itself, with others like it, can be provoked in the clinic. That training as such needs
no compile is on the page of that myth.
"""
    )
    page.see("clinic", "without_compile")
    page.try_next(
        "In the code, add `keras.Sequential.from_config(original.get_config())`: is it compiled?",
    )
    page.open_in("Open a compiled model in the Playground", MOONS)
page.end("Keras 3, `keras.models.clone_model` and `keras.saving`", "measured by the run above")
