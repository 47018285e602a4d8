"""Real Keras optimizers that step over a surface, side by side in one traced graph."""

from collections.abc import Callable

import keras
import numpy as np
import tensorflow as tf

from training import build
from training.choice import Choice
from training.formula.reading import read
from training.formula.running import run
from training.formula.tree import Formula
from training.slots import slot_lists
from training.surface.moments import FIRST, SECOND
from training.surface.paths import Path
from training.surface.spec import SurfaceRace

PIECE = 100  # steps in one call, after which a worker can be heard


def raced(race: SurfaceRace, say: Callable[[str], None]) -> list[Path]:
    """The path of each optimizer. `say` hears how far they are, and may raise to end the work."""
    say("Tracing the steps of all optimizers")
    formula = read(race.formula, "surface")
    lanes = [Lane(formula, choice, race.start) for choice in race.optimizers]

    @tf.function(input_signature=[tf.TensorSpec((), "int32")], autograph=False)
    def advance(count: tf.Tensor) -> list[list[tf.Tensor]]:
        """Many steps of all lanes: what each lane's `step` says, with the steps in front."""

        def step(i: tf.Tensor, kept: list[list[tf.TensorArray]]) -> tuple:
            seen = [lane.step() for lane in lanes]
            return i + 1, [
                [array.write(i, value) for array, value in zip(own, values, strict=True)]
                for own, values in zip(kept, seen, strict=True)
            ]

        empty = [[tf.TensorArray("float32", count) for _ in range(5)] for _ in lanes]
        _, kept = tf.while_loop(lambda i, _: i < count, step, (tf.constant(0), empty))
        return [[array.stack() for array in own] for own in kept]

    pieces: list[list[list[np.ndarray]]] = []
    for first in range(0, race.steps, PIECE):
        if first:
            say(f"Step {first} of {race.steps}")
        brought = advance(tf.constant(min(PIECE, race.steps - first)))
        pieces.append([[value.numpy() for value in own] for own in brought])
    return [
        lane.path([np.concatenate(parts) for parts in zip(*(p[i] for p in pieces), strict=True)])
        for i, lane in enumerate(lanes)
    ]


class Lane:
    """One optimizer with its place."""

    def __init__(self, formula: Formula, choice: Choice, start: tuple[float, float]) -> None:
        self.formula = formula
        self.place = keras.Variable(np.array(start, "float32"), name="place")
        self.optimizer = build.optimizer(choice)
        self.optimizer.build([self.place])
        kept = slot_lists(self.optimizer)
        self.first, self.sign = FIRST.get(choice.name, ("", 1.0))
        self.second, self.squared = SECOND.get(choice.name, ("", True))
        self.pull, self.size = ((kept.get(name) or [None])[0] for name in (self.first, self.second))

    def look(self) -> tuple[tf.Tensor, tf.Tensor, tf.Tensor]:
        """Place, height and gradient now."""
        place = tf.convert_to_tensor(self.place)
        with tf.GradientTape() as tape:
            tape.watch(place)
            height = run(self.formula, {"x": place[0], "y": place[1]})["="]
        gradient = tape.gradient(height, place, unconnected_gradients="zero")
        return place, height, gradient

    def memory(self) -> tuple[tf.Tensor, tf.Tensor]:
        """What the optimizer remembers now; zeros for what it does not keep."""
        nothing = tf.zeros((2,))
        pull = nothing if self.pull is None else self.sign * tf.convert_to_tensor(self.pull)
        size = nothing if self.size is None else tf.convert_to_tensor(self.size)
        return pull, tf.sqrt(size) if self.squared else size

    def step(self) -> tuple[tf.Tensor, ...]:
        """Look, then take one step."""
        seen = (*self.look(), *self.memory())
        self.optimizer.apply([seen[2]], [self.place])
        return seen

    def path(self, seen: list[np.ndarray]) -> Path:
        """The way so far; `seen` has what each step said, to which the last place is added."""
        last = [value.numpy()[None] for value in (*self.look(), *self.memory())]
        arrays = [np.concatenate(pair) for pair in zip(seen, last, strict=True)]
        finite = np.isfinite(arrays[0]).all(1) & np.isfinite(arrays[1])
        left = None if finite.all() else int(finite.argmin())
        places, heights, gradients, pull, size = (array[:left] for array in arrays)
        self.optimizer.finalize_variable_values([self.place])
        end = self.place.numpy() if left is None else places[-1]
        none = np.empty((0, 2), "float32")
        return Path(
            places,
            heights,
            gradients,
            none if self.pull is None else pull,
            none if self.size is None else size,
            end,
            left,
        )
