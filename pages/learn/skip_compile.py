"""Mistake: fit without compile, and where a model loses its compile unseen."""

from components.learn import Lesson
from components.learn.figures import heat
from components.learn.setups import MOONS
from components.learn.tables import table

page = Lesson("skip_compile")
page.text(
    """
Who forgets [[compile]] is told so by the first `fit`. It is harder to see where a model was
compiled, and something was made of it that is not. Below a compiled model is trained a little, then
copied, described, saved and loaded.
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
    "[[Layers|layer]] do not know how they are trained. The other three take along the note that "
    "compile made in the model.",
)
found = page.experiment("not_compiled", "Make them, and call fit")
if found:
    came = [[one["compiled"], one["steps"] > 0, one["fit"] == "trains"] for one in found.values()]
    heat(
        "What came along",
        list(found),
        ("compiled", "steps kept", "fit trains"),
        came,
        texts=[["yes" if one else "no" for one in row] for row in came],
        key="skip_compile.came",
        alt="Copies are compiled except of layers alone; only load_model keeps the steps.",
    )
    table(
        ("made by", "what fit says"),
        {name: [one["fit"]] for name, one in found.items()},
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
    page.proof(
        "Steps that the optimizer remembers",
        ", ".join(f"`{name}` {one['steps']}" for name, one in found.items() if one["compiled"]),
        [name for name, one in found.items() if one["steps"]] == ["load_model(path)"],
        "more than 0 only where the whole model was loaded",
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
page.end("Keras 3, `keras.models.clone_model` and `keras.saving`", "measured by this page's run")
