"""States of comparisons in memory, so that many sessions can look often."""

import json
import threading
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from sqlalchemy import Row

from training.plan import EXTRA
from training.schema import DEAD, StoreError
from training.states import ComparisonState, RunState, overall
from training.store import Held, Store, experiment_of

MOST_BYTES = 128 * 2**20  # as much as two of the largest comparisons
OVERHEAD = 4096  # bytes that a run takes beside its history


@dataclass(frozen=True)
class Kept:
    """A comparison as it was when the queue was at `changes`, and the version of each run."""

    changes: str
    versions: Mapping[str, int]
    state: ComparisonState

    @property
    def bytes(self) -> int:
        """What it takes of the memory, roughly."""
        return sum(run.history.nbytes + OVERHEAD for run in self.state.runs)


class Memory:
    """Reads from the store only what changed since it was last asked for."""

    def __init__(self, store: Store, room: int = MOST_BYTES) -> None:
        """`room`: bytes to keep; over it goes what was not asked for the longest."""
        self.store = store
        self.room = room
        self.lock = threading.Lock()
        self.kept: OrderedDict[str, Kept] = OrderedDict()
        self.bytes = 0

    def state(self, id: str) -> ComparisonState | None:
        """The comparison as it is now, or None."""
        version = self.store.version(id)
        with self.lock:
            known = self.kept.get(id)
            if known is not None:
                self.kept.move_to_end(id)
        if known is not None and known.state.version == version:
            waits = any(run.status == "queued" for run in known.state.runs)
            if not waits or known.changes == self.store.changes():
                return known.state
        return self._read(id, known)

    def _read(self, id: str, known: Kept | None) -> ComparisonState | None:
        changes = self.store.changes()
        held = self.store.held(id)
        if held is None:
            self._keep(id, None)
            return None
        runs = self._runs(held, known)
        if runs is None:
            return self._read(id, known)
        place = None
        if any(run.status == "queued" for run in runs):
            place = self.store.places().get(id)
        placed = tuple(_placed(run, place) for run in runs)
        row = held.row
        status = overall([run.status for run in placed])
        made = ComparisonState(
            row.id,
            row.title,
            row.owner,
            row.created,
            row.version,
            status,
            placed,
            json.loads(row.plan) if row.plan else None,
        )
        self._keep(id, Kept(changes, dict(held.runs), made))
        return made

    def _runs(self, held: Held, known: Kept | None) -> list[RunState] | None:
        """States of the runs of a comparison, decoded where they changed; None if one is gone."""
        versions = dict(held.runs)
        before = {run.digest: run for run in known.state.runs} if known else {}
        found = {
            digest: run
            for digest, run in before.items()
            if versions.get(digest) == known.versions[digest]
        }
        rows = self.store.runs([digest for digest in versions if digest not in found])
        for digest, row in rows.items():
            # newer than `held` maybe; then the comparison's version is too, and it is read again
            found[digest] = _decoded(row, before.get(digest))
        # deleted since `held` was read
        if len(found) < len(versions):
            return None
        return [found[digest] for digest, _ in held.runs]

    def _keep(self, id: str, new: Kept | None) -> None:
        """Keep a comparison instead of what is kept of it, or nothing of it any more."""
        with self.lock:
            if old := self.kept.pop(id, None):
                self.bytes -= old.bytes
            if new is not None:
                self.kept[id] = new
                self.bytes += new.bytes
            while self.bytes > self.room and len(self.kept) > 1:
                _, dropped = self.kept.popitem(last=False)
                self.bytes -= dropped.bytes


def _decoded(row: Row, before: RunState | None) -> RunState:
    experiment = before.experiment if before else experiment_of(row)
    columns = (*experiment.columns, *EXTRA)
    history = np.frombuffer(row.history or b"", np.float32)
    if history.size != row.rows * len(columns):
        raise StoreError("This run was stored by another version of Compile Lab; run it again.")
    finals = json.loads(row.finals) if row.finals else None
    dead = finals.pop(DEAD, None) if finals else None
    return RunState(
        experiment=experiment,
        digest=row.digest,
        status=row.status,
        epochs_done=row.epochs_done,
        history=history.reshape(row.rows, len(columns)),
        columns=columns,
        diverged=row.diverged,
        error=row.error,
        error_type=row.error_type,
        finals=finals,
        proof=json.loads(row.proof) if row.proof else None,
        started=row.started,
        finished=row.finished,
        queue_position=None,
        dead=dead,
        versions=row.versions,
    )


def _placed(run: RunState, place: int | None) -> RunState:
    return replace(run, queue_position=place) if run.status == "queued" else run
