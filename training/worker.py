"""What Dask runs on a worker: trains one stack, sends its progress, listens to the engine."""

import threading
import uuid
from collections.abc import Mapping, Sequence
from queue import SimpleQueue
from typing import Any

import psutil
from distributed import Worker, WorkerPlugin, get_worker

from training.errand_work import made
from training.job import Training, prepare
from training.reasons import reason
from training.spec import Experiment
from training.wish import Wish

TOPIC = "compile-lab"

WARM_UP = {
    "dataset": "moons",
    "model": "mlp",
    "compile": {
        "optimizer": "Adam",
        "loss": "BinaryCrossentropy",
        "metrics": ["BinaryAccuracy"],
    },
    "epochs": 2,
    "batch_size": 32,
    "seed": 0,
}
# Keras keeps its seed for the whole process, so only one thread may train: a job or the warm-up.
ONE_AT_A_TIME = threading.Lock()
INBOXES: dict[str, SimpleQueue] = {}


class Warm(WorkerPlugin):
    """Loads TensorFlow when a worker starts, and says so when it is done."""

    name = "compile-lab-warm"

    def setup(self, worker: Worker) -> None:
        """Called by Dask in the worker's event loop, which must stay free: work in a thread."""
        threading.Thread(target=_warm_up, args=(worker,), daemon=True).start()


def train(job: str, specs: Sequence[Mapping[str, Any]], wish: Wish) -> dict[str, Any]:
    """Train a stack of experiments, at first as far as it is wished.

    Returns "runs", one Progress per spec with its outcome and whole history, and "memory", bytes
    the worker takes now. A wrong choice is an outcome; exceptions are bugs.
    """
    worker = get_worker()
    inbox = INBOXES.setdefault(job, SimpleQueue())
    token = uuid.uuid4().hex

    def send(kind: str, **more: Any) -> None:
        message = {"kind": kind, "job": job, "token": token, "worker": worker.address}
        worker.log_event(TOPIC, message | more)

    send("start")
    try:
        with ONE_AT_A_TIME:
            runs = Training([Experiment.from_json(s) for s in specs], send, inbox, wish).run()
    finally:
        INBOXES.pop(job, None)
    return {"runs": runs, "memory": psutil.Process().memory_info().rss}


def errand(job: str, spec: Mapping[str, Any], kind: str) -> dict[str, Any]:
    """Make something of an experiment, trained once more for it, or do an errand of no run.

    Returns "blob", bytes or None; "error", a sentence that says why there are none; and "memory".
    """
    inbox = INBOXES.setdefault(job, SimpleQueue())
    worker = get_worker()

    def say(text: str) -> None:
        worker.log_event(TOPIC, {"kind": "said", "job": job, "text": text})

    try:
        with ONE_AT_A_TIME:
            blob, error = made(kind, spec, inbox, say)
    finally:
        INBOXES.pop(job, None)
    return {"blob": blob, "error": error, "memory": psutil.Process().memory_info().rss}


async def tell(job: str, command: Wish) -> None:
    """Give a job on this worker a command, a wish; for the worker's event loop."""
    INBOXES.setdefault(job, SimpleQueue()).put(command)


def _warm_up(worker: Worker) -> None:
    """Import TensorFlow and train a tiny stack, so that the first click need not."""
    message = {"kind": "warm", "worker": worker.address, "error": None}
    try:
        with ONE_AT_A_TIME:
            for _ in prepare()([Experiment.from_json(WARM_UP)]).chunks():
                pass
    except Exception as error:
        message["error"] = f"{type(error).__name__}: {reason(error)}"
    worker.log_event(TOPIC, message)
