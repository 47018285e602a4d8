"""Takes runs from the store, has them trained, and writes what comes of them."""

import os
import sys
import time
from collections import Counter
from concurrent.futures import CancelledError
from queue import Empty, SimpleQueue
from typing import Any

from distributed.scheduler import KilledWorker

from training.cluster import Cluster
from training.crew import Crew
from training.errands import Errands
from training.fairness import Fairness
from training.progress import Progress
from training.queue import Queue
from training.running import Running
from training.schema import Database, StoreError
from training.wish import strongest

WATCH = 0.5  # seconds between looks at the store when nobody wakes the engine
AGAIN = 1.0  # seconds until a store that could not be written is tried again
HEARTBEAT = 2.0  # seconds between signs of life in the store
BETWEEN_WRITES = 0.2  # seconds
SHARE_OF_WRITES = 8  # a job's progress is written at most for one part in this of the time
MOST_DEATHS = 3  # of workers in one job
DIED = (
    "The training process died three times, most likely because there was not enough memory; "
    "take a smaller model, fewer samples or fewer runs at a time."
)


class Dispatcher:
    """One per store. Everything happens in the thread that calls `step`; others put messages."""

    def __init__(self, database: Database, workers: int, inbox: SimpleQueue) -> None:
        self.queue = Queue(database)
        self.inbox = inbox
        self.running: dict[str, Running] = {}
        self.ended: dict[str, Progress] = {}  # outcomes that are not in the store yet
        self.fairness = Fairness()
        self.problem: str | None = None
        self.seen: str | None = None
        self.said: dict[str, object] = {}
        self.said_at = 0.0  # of a clock that only goes forward
        self.trouble = ""  # that the store made last
        self.crew: Crew | None = None
        self.errands: Errands | None = None
        self.queue.repair()
        self.expected = workers
        self._say("starting", "Starting the training processes.")
        self.cluster = Cluster(workers, inbox.put)
        self.crew = Crew(self.cluster)
        self.errands = Errands(database, self.cluster, self.crew, self.fairness.charge)

    def step(self) -> None:
        """Wait a moment for messages, then do what there is to do."""
        self._receive(WATCH)
        self.crew.look()
        try:
            self._store_outcomes()
            self._store_progress()
            self._obey()
            self.errands.look()
            # before the next job: while others wait a worker is free for this moment only
            self.crew.renew_heavy(self._busy())
            self._start_jobs()
            self._report()
            self.trouble = ""
        except StoreError as error:
            # nothing is lost: outcomes stay here until the store takes them
            if str(error) != self.trouble:
                print(f"engine: {error}", file=sys.stderr, flush=True)
            self.trouble = str(error)
            self._receive(AGAIN)

    def _receive(self, timeout: float) -> None:
        try:
            self._handle(self.inbox.get(timeout=timeout))
            while True:
                self._handle(self.inbox.get_nowait())
        except Empty:
            return

    def _handle(self, message: dict[str, Any]) -> None:
        if message["kind"] == "warm":
            self.crew.warm.add(message["worker"])
            self.problem = message["error"]
            return
        job = self.running.get(message.get("job", ""))
        if job is None:
            self.errands.hear(message)
            return
        match message["kind"]:
            case "done" if message["attempt"] == job.attempt:
                self._conclude(job, message["future"])
            case "start" if message["worker"] == job.worker:
                job.begin(message)
                self.seen = None  # wishes that came before it could listen
            case "rows" if message["token"] == job.token:
                job.receive(message)
            case "paused" if message["token"] == job.token:
                job.paused, job.at = True, message["epoch"]
            case "resumed" if message["token"] == job.token:
                job.paused = False

    def _conclude(self, job: Running, future: Any) -> None:
        try:
            result = future.result(timeout=30)
            self.ended |= job.conclude(result["runs"])
            memory = result["memory"]
        except KilledWorker:
            self._bereave(job)
            return
        except (CancelledError, OSError, TimeoutError) as error:
            # Dask forgets all jobs when it loses its scheduler; a new engine puts them back
            print(f"engine: lost the cluster: {error}", file=sys.stderr, flush=True)
            os._exit(1)
        except Exception as error:
            memory = 0  # unknown
            self._give_up(job, f"Training ended unexpectedly: {type(error).__name__}: {error}")
        self.crew.memory[job.worker] = memory
        self._let_go(job)

    def _bereave(self, job: Running) -> None:
        """A worker died: another one takes over, unless that keeps happening."""
        self.cluster.forget(job.job.id)
        job.worker, job.token = "", None
        job.attempt += 1
        if job.attempt == MOST_DEATHS:
            self._give_up(job, DIED)
        if not job.runs:
            self._let_go(job)

    def _give_up(self, job: Running, sentence: str) -> None:
        ended = job.drop(list(job.runs), "interrupted")
        for progress in ended.values():
            progress.error = sentence
        self.ended |= ended

    def _let_go(self, job: Running) -> None:
        self.fairness.charge(job.job.owner, time.monotonic() - job.started)
        self.cluster.forget(job.job.id)
        del self.running[job.job.id]

    def _store_outcomes(self) -> None:
        if self.ended:
            self.queue.end(self.ended)
            self.ended = {}

    def _store_progress(self) -> None:
        for job in self.running.values():
            begun = time.monotonic()
            pausing = job.paused != job.shown
            if job.changed and (pausing or job.paused or begun >= job.write_at):
                self.queue.progress({digest: job.runs[digest] for digest in job.changed})
                job.changed.clear()
                took = time.monotonic() - begun
                job.write_at = begun + max(BETWEEN_WRITES, SHARE_OF_WRITES * took)
            if pausing:
                self.queue.show(list(job.runs), "paused" if job.paused else "running")
                job.shown = job.paused

    def _obey(self) -> None:
        """Pass on what pages want of running jobs; start stuck workers anew."""
        now = time.monotonic()
        changes = self.queue.changes()
        if changes != self.seen:
            for job in list(self.running.values()):
                self._steer(job)
            self._store_outcomes()
            self.seen = changes
        for job in list(self.running.values()):
            if job.worker and job.worker not in self.crew.present:
                self._bereave(job)
            elif job.stuck(now):
                self.crew.renew(job.worker)
                self._let_go(job)

    def _steer(self, job: Running) -> None:
        wished = self.queue.wishes(list(job.runs))
        unwanted = [digest for digest, wish in wished.items() if wish == "cancel"]
        self.ended |= job.drop(unwanted, "cancelled")
        wish = strongest(wished[digest] for digest in job.runs)
        if not job.worker and wish == "cancel":
            self._let_go(job)
        elif job.worker and job.told not in (wish, "cancel"):
            self._tell(job, wish)

    def _tell(self, job: Running, wish: str) -> None:
        job.told, job.told_at = wish, time.monotonic()
        self.cluster.tell(job.job.id, wish, job.worker)

    def _start_jobs(self) -> None:
        free = self.crew.free(self._busy())
        for job in self.running.values():
            if free and not job.worker:
                self._place(job, free)
        self.errands.start(free)
        while waiting := self.queue.owners():
            if not free:
                self._make_room()
                return
            active = Counter(job.job.owner for job in self.running.values())
            claimed = self.queue.claim(self.fairness.choose(waiting, active))
            if claimed is None:
                continue
            job = Running(claimed, "", {digest: Progress() for digest in claimed.digests})
            self.running[claimed.id] = job
            self._place(job, free)
        if self.errands.start(free, patient=False):
            self._make_room()

    def _place(self, job: Running, free: set[str]) -> None:
        """Start a job on the best of the free workers, and take that one out."""
        wish = strongest(self.queue.wishes(list(job.runs)).values())
        job.worker = self.crew.best(free, job)
        free.discard(job.worker)
        specs = [experiment.to_json() for experiment in job.job.experiments]
        self.cluster.submit(job.job.id, job.attempt, specs, job.worker, wish)

    def _make_room(self) -> None:
        """Take the worker from a paused job, which starts over when it is resumed."""
        for job in self.running.values():
            if job.told == "cancel":
                return
        for job in self.running.values():
            if job.resting:
                self.ended |= job.drop(list(job.runs), "cancelled")
                self._tell(job, "cancel")
                return

    def _report(self) -> None:
        free = self.crew.free(self._busy())
        if not self.crew.ready():
            self._say("starting", "Loading TensorFlow; you can already choose.")
        elif self.problem:
            self._say("down", f"TensorFlow cannot be used here. {self.problem}")
        elif free:
            self._say("ready", "Ready to train.")
        else:
            self._say("busy", "All training processes are busy; new runs wait their turn.")

    def _say(self, status: str, message: str) -> None:
        warm = len(self.crew.ready()) if self.crew else 0
        state = {"status": status, "workers": self.expected, "warm": warm}
        state |= {"message": message, "pid": os.getpid()}
        now = time.monotonic()
        if state != self.said or now - self.said_at > HEARTBEAT:
            self.queue.tell(state | {"heartbeat": time.time()})
            self.said, self.said_at = state, now

    def _busy(self) -> set[str]:
        training = {job.worker for job in self.running.values()}
        return training | self.errands.workers() if self.errands else training
