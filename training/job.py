"""One job: a stack trained to its end, with its progress sent on and commands obeyed."""

import os
import random
import sys
import time
from collections.abc import Callable, Sequence
from queue import SimpleQueue

from datasets.fashion import DataMissing
from training.catalog import entry
from training.progress import Progress, packed
from training.reasons import reason
from training.spec import Experiment
from training.wish import Wish, limit

BETWEEN_EVENTS = 0.2  # seconds

# Read by TensorFlow when it is imported. One core per worker is less work in all.
ENVIRONMENT = {
    "KERAS_BACKEND": "tensorflow",
    "CUDA_VISIBLE_DEVICES": "-1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_ENABLE_ONEDNN_OPTS": "0",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
}
TOO_LITTLE_MEMORY = (
    "There was not enough memory to train this; take a smaller model, fewer samples or fewer runs."
)


class Cancelled(Exception):
    """The engine wants no more of this job."""


class Training:
    """One job under way."""

    def __init__(
        self,
        experiments: Sequence[Experiment],
        send: Callable[..., None],
        inbox: SimpleQueue,
        wish: Wish = "run",
    ) -> None:
        """`inbox` brings wishes, `wish` is what was wanted when the job was given out."""
        self.experiments = experiments
        self.send = send
        self.inbox = inbox
        self.until = limit(wish)  # the last epoch that may be trained
        self.runs = [Progress() for _ in experiments]
        self.sent = [0 for _ in experiments]
        self.sent_at = 0.0

    def run(self) -> list[Progress]:
        """Train everything; each run has an outcome afterwards."""
        choices: dict[object, list[int]] = {}
        for position, experiment in enumerate(self.experiments):
            choices.setdefault(experiment.variant, []).append(position)
        try:
            self._train(list(choices.values()))
        except Cancelled:
            for run in self.runs:
                run.outcome = run.outcome or "cancelled"
        return self.runs

    def _train(self, groups: Sequence[Sequence[int]]) -> None:
        """Train groups of like choices as one stack, or halve them until only culprits fail."""
        positions = sorted(position for group in groups for position in group)
        try:
            self._stack(positions)
        except Cancelled:
            raise
        except DataMissing as error:
            self._end(positions, "interrupted", error, str(error))
        except MemoryError as error:
            self._end(positions, "interrupted", error, TOO_LITTLE_MEMORY)
        except Exception as error:
            if len(groups) > 1:
                middle = len(groups) // 2
                self._train(groups[:middle])
                self._train(groups[middle:])
            elif type(error).__name__ == "ResourceExhaustedError":
                self._end(positions, "interrupted", error, TOO_LITTLE_MEMORY)
            else:
                self._end(positions, "failed", error, reason(error))

    def _stack(self, positions: Sequence[int]) -> None:
        epochs = self.experiments[positions[0]].epochs
        self._listen(0, epochs)
        experiments = [self.experiments[position] for position in positions]
        fetched(experiments[0])
        stack = prepare()(experiments)
        runs = [self.runs[position] for position in positions]
        start, stack.until = 0, min(self.until, epochs)
        for chunk in stack.chunks():
            for lane, run in enumerate(runs):
                run.proof = stack.proofs[lane]
                run.extend(start, chunk.rows[lane])
                run.frames |= {e: packed(frame) for e, frame in chunk.frames[lane].items()}
                run.diverged = chunk.diverged[lane]
                run.finals = chunk.finals[lane]
            start = chunk.epochs
            if time.monotonic() - self.sent_at >= BETWEEN_EVENTS:
                self._report()
            self._listen(start, start if chunk.over else epochs)
            stack.until = min(self.until, epochs)
        from training.units import dead_units  # brings TensorFlow, which `prepare` has to set up

        for run, dead in zip(runs, dead_units(stack), strict=True):
            run.outcome = "finished"
            run.dead = dead if run.finals else None

    def _report(self) -> None:
        """Send what is new."""
        news = []
        for position, run in enumerate(self.runs):
            if run.epochs > self.sent[position]:
                news.append([position, run.since(self.sent[position])])
                self.sent[position] = run.epochs
        self.send("rows", runs=news)
        self.sent_at = time.monotonic()

    def _listen(self, done: int, last: int) -> None:
        """Obey the engine after epoch `done` of `last`; wait here while no more are wanted."""
        paused = False
        while not self.inbox.empty() or self.until <= done < last:
            if self.inbox.empty() and not paused:
                self._report()
                self.send("paused", epoch=done)
                paused = True
            command = self.inbox.get()
            if command == "cancel":
                self._report()
                raise Cancelled
            self.until = limit(command)
        if paused:
            self.send("resumed")

    def _end(self, positions: Sequence[int], outcome: str, error: Exception, sentence: str) -> None:
        for position in positions:
            run = self.runs[position]
            run.outcome, run.error, run.error_type = outcome, sentence, type(error).__name__


def fetched(experiment: Experiment) -> None:
    """Have its data on this computer; DataMissing says why that cannot be."""
    if "download" in entry("dataset", experiment.dataset.name).traits:
        from training.fashion import fetch

        fetch()


def prepare() -> type:
    """Import what trains, under the settings it needs; returns Stack."""
    os.environ.update(ENVIRONMENT)
    # Keras loads pandas, 65 MB, for data frames that never reach a worker; hidden, it does without
    hidden = sys.modules.setdefault("pandas", None) is None  # type: ignore[arg-type]
    from keras.src.random import seed_generator
    from keras.src.utils import rng_utils

    from training.stack import Stack

    if hidden:
        del sys.modules["pandas"]
    # Dask's threads draw from Python's global generator too, between Keras's seeding it and drawing
    # the weights; one that only Keras knows gives the same numbers undisturbed
    if rng_utils.random is random:
        rng_utils.random = seed_generator.python_random = random.Random()
    return Stack
