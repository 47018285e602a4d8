"""A run's model as a `.keras` file, which plain Keras loads."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from training.compiled import model_of
from training.spec import Experiment
from training.stack import Stack


def model_file(experiment: Experiment, listen: Callable[[], None]) -> bytes:
    """Train, and save architecture, weights, the `compile` call and the optimizer's state.

    `listen` is called now and then, and may raise to end the work.
    """
    stack = Stack([experiment])
    for _ in stack.chunks():
        listen()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        model_of(stack).save(path)
        return path.read_bytes()
