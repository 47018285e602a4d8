"""What a worker does for an errand: trains the run once more, alone, and makes something of it."""

from queue import SimpleQueue

from datasets.fashion import DataMissing
from training.job import TOO_LITTLE_MEMORY, Cancelled, fetched, prepare
from training.reasons import reason
from training.spec import Experiment

UNWANTED = "Nobody wants this any more."


def made(kind: str, experiment: Experiment, inbox: SimpleQueue) -> tuple[bytes | None, str | None]:
    """The bytes, or None and a sentence that says why there are none.

    kind: as in training.orders. inbox: anything in it ends the work.
    """

    def listen() -> None:
        if not inbox.empty():
            raise Cancelled

    try:
        listen()
        fetched(experiment)
        return _make(kind, experiment, listen), None
    except Cancelled:
        return None, UNWANTED
    except DataMissing as error:
        return None, str(error)
    except Exception as error:
        out_of_memory = type(error).__name__ in {"MemoryError", "ResourceExhaustedError"}
        return None, TOO_LITTLE_MEMORY if out_of_memory else reason(error)


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
