"""States of comparisons in memory, so that many sessions can look often."""

import json
import threading
from collections import OrderedDict
from dataclasses import replace

import numpy as np
from sqlalchemy import Row

from training.plan import EXTRA
from training.schema import StoreError
from training.states import ComparisonState, RunState, overall
from training.store import Held, Store, experiment_of

MOST_BYTES = 64 * 2**20  # of histories
MOST_COMPARISONS = 200
OVERHEAD = 4096  # bytes that a run takes beside its history


class Memory:
    """Reads from the store only what changed since it was last asked for."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.lock = threading.Lock()
        self.runs: OrderedDict[str, tuple[int, RunState]] = OrderedDict()
        self.states: OrderedDict[str, tuple[str, ComparisonState]] = OrderedDict()
        self.bytes = 0

    def state(self, id: str) -> ComparisonState | None:
        """The comparison as it is now, or None."""
        version = self.store.version(id)
        with self.lock:
            changes, known = self.states.get(id, ("", None))
        if known is not None and known.version == version:
            waits = any(run.status == "queued" for run in known.runs)
            if not waits or changes == self.store.changes():
                return known
        return self._read(id)

    def _read(self, id: str) -> ComparisonState | None:
        changes = self.store.changes()
        held = self.store.held(id)
        if held is None:
            with self.lock:
                self.states.pop(id, None)
            return None
        runs = self._runs(held)
        if runs is None:
            return self._read(id)
        place = None
        if any(run.status == "queued" for run in runs):
            place = self.store.places().get(id)
        placed = tuple(_placed(run, place) for run in runs)
        row = held.row
        status = overall([run.status for run in placed])
        made = ComparisonState(
            row.id, row.title, row.owner, row.created, row.version, status, placed
        )
        with self.lock:
            self.states[id] = (changes, made)
            self.states.move_to_end(id)
            while len(self.states) > MOST_COMPARISONS:
                self.states.popitem(last=False)
        return made

    def _runs(self, held: Held) -> list[RunState] | None:
        """States of the runs of a comparison, decoded where they changed; None if one is gone."""
        versions = dict(held.runs)
        with self.lock:
            known = {
                digest: self.runs[digest][1]
                for digest, version in versions.items()
                if digest in self.runs and self.runs[digest][0] == version
            }
        rows = self.store.runs([digest for digest in versions if digest not in known])
        for digest, row in rows.items():
            known[digest] = self._keep(row)
        # deleted since `held` was read
        if len(known) < len(versions):
            return None
        return [known[digest] for digest, _ in held.runs]

    def _keep(self, row: Row) -> RunState:
        old = self.runs.get(row.digest)
        state = _decoded(row, old[1] if old else None)
        with self.lock:
            if old := self.runs.pop(row.digest, None):
                self.bytes -= old[1].history.nbytes + OVERHEAD
            self.runs[row.digest] = (row.version, state)
            self.bytes += state.history.nbytes + OVERHEAD
            while self.bytes > MOST_BYTES and len(self.runs) > 1:
                _, (_, dropped) = self.runs.popitem(last=False)
                self.bytes -= dropped.history.nbytes + OVERHEAD
        return state


def _decoded(row: Row, before: RunState | None) -> RunState:
    experiment = before.experiment if before else experiment_of(row)
    columns = (*experiment.columns, *EXTRA)
    history = np.frombuffer(row.history or b"", np.float32)
    if history.size != row.rows * len(columns):
        raise StoreError("This run was stored by another version of Compile Lab; run it again.")
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
        finals=json.loads(row.finals) if row.finals else None,
        proof=json.loads(row.proof) if row.proof else None,
        started=row.started,
        finished=row.finished,
        queue_position=None,
    )


def _placed(run: RunState, place: int | None) -> RunState:
    return replace(run, queue_position=place) if run.status == "queued" else run
