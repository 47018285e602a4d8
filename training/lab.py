"""The Lab: what pages see of everything that trains."""

import os
import threading
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from training import change
from training.endings import Ending, endings
from training.memory import Memory
from training.orders import Errand, Kind, Orders
from training.schema import Database
from training.spec import Comparison, Experiment
from training.states import ComparisonState, EngineState, Summary
from training.store import Store
from training.subjects import Subject
from training.supervisor import Supervisor

MOST_WORKERS = 8


class Lab:
    """One per server; all methods may be called from any thread. It trains nothing itself."""

    def __init__(self, url: str | None = None, workers: int | None = None) -> None:
        """Open the store.

        url: an SQLAlchemy URL; by default COMPILE_LAB_DATABASE_URL, or else SQLite in the folder
        COMPILE_LAB_HOME, by default ~/.compile-lab. workers: training processes; by default
        COMPILE_LAB_WORKERS, or else one per core, 2 to 8. Raises StoreError if it cannot be opened.
        """
        self.url = url or os.environ.get("COMPILE_LAB_DATABASE_URL") or _own_file()
        self.store = Store(Database(self.url))
        self.memory = Memory(self.store)
        self.orders = Orders(self.store.database)
        self.supervisor = Supervisor(self.url, workers or _workers())
        self._starting = threading.Lock()

    def start(self) -> None:
        """Have an engine process, and keep having one."""
        with self._starting:
            self.supervisor.start()

    def close(self) -> None:
        """End the engine and its workers; what was training goes back to the queue."""
        self.supervisor.stop()
        self.store.database.close()

    def submit(
        self,
        comparison: Comparison,
        owner: str,
        title: str = "",
        plan: Mapping[str, Any] | None = None,
    ) -> str:
        """Train a comparison, or show it at once where it is known already; returns its id.

        plan: JSON of what it was set up from, which comes back with its state.
        ValueError when the owner has too much waiting or own data was deleted, StoreError when it
        cannot be saved.
        """
        id = self.store.submit(comparison, owner, title, plan)
        self.supervisor.wake()
        return id

    def cancel(self, id: str) -> None:
        """Stop a comparison's runs that no other comparison wants; what they have is kept."""
        self.store.want(id, "cancel")
        self.supervisor.wake()

    def pause(self, id: str) -> None:
        """Hold a comparison's runs that no other comparison wants."""
        self.store.want(id, "pause")
        self.supervisor.wake()

    def resume(self, id: str) -> None:
        """Let a paused comparison go on."""
        self.store.want(id, "run")
        self.supervisor.wake()

    def step(self, id: str) -> None:
        """Let a paused comparison train one more epoch, and pause again."""
        self.store.step(id)
        self.supervisor.wake()

    def change_rate(
        self, id: str, digests: Collection[str], rate: float, epoch: int | None = None
    ) -> None:
        """Give runs of a comparison, usually one row's, another learning rate from an epoch on.

        Without an epoch it is the next one. They become other runs, named by the changed spec.
        ValueError says what cannot be changed, and why.
        """
        change.change_rate(self.store.database, id, digests, rate, epoch)
        self.supervisor.wake()

    def drop(self, id: str, digests: Collection[str]) -> None:
        """Take runs out of a comparison, usually one row's; ValueError if none would be left."""
        change.drop(self.store.database, id, digests)
        self.supervisor.wake()

    def delete(self, id: str) -> None:
        """Forget a comparison, and its runs that no other comparison holds."""
        self.store.delete(id)
        self.supervisor.wake()

    def state(self, id: str) -> ComparisonState | None:
        """The comparison as it is now, or None if there is none.

        Cheap while nothing changes. StoreError when it was stored by a version that cannot be read.
        """
        return self.memory.state(id)

    def frame_epochs(self, digest: str) -> list[int]:
        """Epochs of a run whose predictions were kept, ascending."""
        return self.store.frame_epochs(digest)

    def frames(self, digest: str, epochs: Sequence[int] | None = None) -> dict[int, np.ndarray]:
        """Epoch -> predictions on the view's inputs, float16 (points, outputs); all by default."""
        return self.store.frames(digest, epochs)

    def order(self, experiment: Experiment, kind: Kind, owner: str) -> None:
        """Have something made of a run that has ended; what is finished is never made again.

        ValueError says why it cannot be made, StoreError why it cannot be saved.
        """
        self.orders.order(experiment, kind, owner)
        self.supervisor.wake()

    def errand(self, digest: str, kind: Kind) -> Errand | None:
        """What was ordered of a run, as it is now; None if it never was, or the run is gone."""
        return self.orders.read(digest, kind)

    def demonstrate(self, subject: Subject, owner: str) -> str:
        """Have a demonstration, or another of training.subjects, run anew; returns its id.

        ValueError when the owner has too much waiting, StoreError when it cannot be saved.
        """
        id = self.orders.demonstrate(subject, owner)
        self.supervisor.wake()
        return id

    def demonstration(self, id: str) -> Errand | None:
        """A demonstration as it is now; None if it was withdrawn, or is older than a day."""
        return self.orders.read(id)

    def withdraw(self, id: str) -> None:
        """End a demonstration that nobody wants any more, and forget it."""
        self.orders.withdraw(id)
        self.supervisor.wake()

    def comparisons(self, search: str = "", limit: int = 200) -> list[Summary]:
        """Newest first; every word of `search` occurs in title, data set, model or differences."""
        return self.store.summaries(search, limit)

    def endings(self, ids: Sequence[str]) -> dict[str, list[Ending]]:
        """Last loss, and whether it stopped early, of every run that has one, by comparison."""
        return endings(self.store.database, ids)

    def ready(self) -> EngineState:
        """Whether training can start now."""
        return self.supervisor.state(self.store.engine())


def _own_file() -> str:
    home = Path(os.environ.get("COMPILE_LAB_HOME") or Path.home() / ".compile-lab").expanduser()
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ValueError(
            f"The folder {home} for results cannot be made ({error.strerror}); "
            "set COMPILE_LAB_HOME to a folder that can be written."
        ) from error
    return f"sqlite:///{home / 'lab.sqlite'}"


def _workers() -> int:
    asked = os.environ.get("COMPILE_LAB_WORKERS", "")
    if not asked:
        return min(max(os.cpu_count() or 2, 2), MOST_WORKERS)
    if not asked.isdigit() or not int(asked):
        raise ValueError(f"COMPILE_LAB_WORKERS is {asked!r}; it must be a whole number from 1.")
    return int(asked)
