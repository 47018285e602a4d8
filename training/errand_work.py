"""What a worker does for an errand: trains the run once more, alone, and makes something of it.

What is of no run, such as a demonstration, is done by a program of its own.
"""

import gc
import json
from collections.abc import Callable, Mapping
from importlib import import_module
from queue import SimpleQueue
from typing import Any

from datasets.fashion import DataMissing
from training.demo import Demo
from training.job import TOO_LITTLE_MEMORY, Cancelled, fetched, prepare
from training.landscape import survey
from training.landscape.spec import Landscape
from training.reasons import reason
from training.spec import Experiment
from training.subjects import SUBJECTS, Subject
from training.surface import paths
from training.surface.spec import SurfaceRace

UNWANTED = "Nobody wants this any more."


def made(
    kind: str,
    spec: Mapping[str, Any],
    inbox: SimpleQueue,
    say: Callable[[str], None] = lambda _: None,
) -> tuple[bytes | None, str | None]:
    """The bytes, or None and a sentence that says why there are none.

    kind: as in training.orders or training.subjects, whose JSON `spec` is. inbox: anything in it
    ends the work. say: hears how far work is that is of no run.
    """

    def listen() -> None:
        if not inbox.empty():
            raise Cancelled

    try:
        listen()
        if kind in SUBJECTS:
            return _done(SUBJECTS[kind].from_json(spec), listen, say), None
        experiment = Experiment.from_json(spec)
        fetched(experiment)
        return _make(kind, experiment, listen), None
    except Cancelled:
        return None, UNWANTED
    except DataMissing as error:
        return None, str(error)
    except Exception as error:
        out_of_memory = type(error).__name__ in {"MemoryError", "ResourceExhaustedError"}
        return None, TOO_LITTLE_MEMORY if out_of_memory else reason(error)


def _done(subject: Subject, listen: Callable[[], None], say: Callable[[str], None]) -> bytes:
    """What came of a subject that is of no run."""
    prepare()

    def progress(text: str) -> None:
        listen()
        say(text)

    import keras

    try:
        match subject:
            case Demo():
                program = import_module(f"training.demos.{subject.name}")
                return json.dumps(program.run(progress, **subject.params)).encode()
            case SurfaceRace():
                from training.surface.stepping import raced

                return paths.packed(raced(subject, progress))
            case Landscape():
                fetched(subject.experiments[0])
                from training.landscape.surveying import surveyed

                return survey.packed(surveyed(subject, progress))
    finally:
        keras.utils.clear_session()
        gc.collect()


def _make(kind: str, experiment: Experiment, listen: object) -> bytes:
    # Keras must not be imported before it is prepared
    prepare()
    match kind:
        case "inside":
            from training.recording import recording

            return recording(experiment, listen)
        case "model":
            from training.model_file import model_file

            return model_file(experiment, listen)
        case "tensorboard":
            from training.tensorboard import tensorboard

            return tensorboard(experiment, listen)
    raise ValueError(f"{kind!r} cannot be made of a run.")
