"""A race on a surface as a plain Keras script: the same paths without an import of ours."""

from collections.abc import Sequence
from textwrap import indent

from training.call_code import broken
from training.choice import Choice
from training.code import optimizer_code, optimizer_params
from training.formula.classes import class_code
from training.formula.reading import read
from training.formula.writing import lines, written
from training.surface.spec import SurfaceRace
from training.versions import versions

_SCRIPT = '''"""Optimizers on a surface, step by step; prints their paths as CSV.

Made with {versions}.
The paths are those of Compile Lab up to rounding.
"""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")

import keras
import tensorflow as tf

START = [{x!r}, {y!r}]
STEPS = {steps}


def surface(x, y):
    """The height at a place."""
{surface}


{classes}def race(name, optimizer):
    """Step from the start and print where that leads."""
    place = keras.Variable(START, dtype="float32")
    optimizer.build([place])

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            height = surface(place[0], place[1])
        optimizer.apply([tape.gradient(height, place.value)], [place])

    for number in range(STEPS + 1):
        if number:
            step()
        x, y = (float(value) for value in place.numpy())
        height = float(surface(*tf.constant([x, y])))
        print(name, number, f"{{x:.9g}},{{y:.9g}},{{height:.9g}}", sep=",", flush=True)


print("optimizer,step,x,y,height")
{races}
'''


def script(race: SurfaceRace, names: Sequence[str]) -> str:
    """The whole script as text; `names` has what each optimizer is called in its rows."""
    formula = read(race.formula, "surface")
    own = {
        ("optimizer", choice): f"CustomOptimizer{number or ''}"
        for number, choice in enumerate(
            dict.fromkeys(o for o in race.optimizers if o.name == "CustomOptimizer")
        )
    }
    classes = [class_code("optimizer", name, c.full("optimizer")) for (_, c), name in own.items()]
    body = [*lines(formula), f"return {written(formula.result)}" if formula.result else ""]
    return _SCRIPT.format(
        versions=versions(),
        x=race.start[0],
        y=race.start[1],
        steps=race.steps,
        surface=indent("\n".join(body), "    "),
        classes="".join(f"{code}\n\n" for code in classes),
        races="\n".join(
            _race(name, choice, own) for name, choice in zip(names, race.optimizers, strict=True)
        ),
    )


def _race(name: str, choice: Choice, own: dict[tuple[str, Choice], str]) -> str:
    code = broken(optimizer_code(choice, own), optimizer_params(choice), 4)
    said = '"' + name.replace(",", ";").replace('"', "'") + '"'
    one_line = f"race({said}, {code})"
    return one_line if "\n" not in code else f"race(\n    {said},\n    {code},\n)"
