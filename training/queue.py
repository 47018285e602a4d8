"""The engine's side of the store: what to train next, and what came of it."""

import json
import secrets
import sqlite3
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection, select, text

from training.followup import follow
from training.plan import plan
from training.progress import Progress
from training.schema import DEAD, Database, StoreError, comparison, frame, member, meta, run
from training.spec import Experiment
from training.store import experiment_of, forget
from training.wish import Wish
from training.wishes import ACTIVE, changes, notice, settle, touch, wishes

# A run whose training process died this often is given up.
MOST_ATTEMPTS = 3
GIVEN_UP = (
    "Training stopped {} times without finishing: the program was closed or killed each time. "
    "Press Train to try once more; a smaller model or fewer runs at a time need less memory."
)
# The PostgreSQL advisory lock that an engine holds; any number that nobody else uses.
LOCK = 7_303_014_115


@dataclass(frozen=True)
class Job:
    """Runs that train as one stack."""

    id: str
    owner: str
    comparison: str
    digests: tuple[str, ...]
    experiments: tuple[Experiment, ...]


def lock(database: Database) -> object | None:
    """The right to be the one engine of a store, held until the process ends; None if taken."""
    if not database.sqlite:
        connection = database.engine.connect()
        taken = connection.scalar(text("select pg_try_advisory_lock(:n)"), {"n": LOCK})
        return connection if taken else None
    beside = sqlite3.connect(f"{database.place}.engine", timeout=0, isolation_level=None)
    try:
        beside.execute("begin exclusive")
    except sqlite3.OperationalError as error:
        beside.close()
        if "locked" in str(error):
            return None
        raise StoreError(f"The engine cannot lock {database.place}: {error}.") from error
    return beside


class Queue:
    """What the engine does with a store. Every method is one short transaction."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def repair(self) -> None:
        """Put back what an engine that is gone left behind: queued again, or given up."""
        with self.database.write() as connection:
            query = select(run.c.digest, run.c.attempt).where(run.c.held.is_(True))
            attempts = dict(connection.execute(query).all())
            wished = wishes(connection, attempts)
            for digest, attempt in attempts.items():
                values = {"held": False, "status": "queued", "version": run.c.version + 1}
                if attempt >= MOST_ATTEMPTS and wished[digest] == "run":
                    values["status"] = "interrupted"
                    values["error"] = GIVEN_UP.format(attempt)
                    values["finished"] = time.time()
                connection.execute(run.update().where(run.c.digest == digest).values(values))
            settle(connection, attempts)
            follow(connection, attempts)
            forget(connection, attempts)
            touch(connection, attempts)
            notice(connection)

    def changes(self) -> str:
        """A value that differs after every change of the queue."""
        with self.database.read() as connection:
            return changes(connection)

    def wishes(self, digests: Collection[str]) -> dict[str, Wish]:
        """What pages want of these runs."""
        with self.database.read() as connection:
            return wishes(connection, digests)

    def owners(self) -> list[str]:
        """Owners with waiting runs, the longest waiting first."""
        with self.database.read() as connection:
            query = _waiting(comparison.c.owner).order_by(comparison.c.created)
            return list(dict.fromkeys(connection.scalars(query)))

    def claim(self, owner: str) -> Job | None:
        """The owner's oldest waiting stack, now running; None when nothing waits."""
        with self.database.write() as connection:
            query = _waiting(comparison.c.id).where(comparison.c.owner == owner)
            id = connection.scalar(query.order_by(comparison.c.created).limit(1))
            if id is None:
                return None
            rows = connection.execute(
                select(run.c.digest, run.c.spec)
                .join(member, member.c.digest == run.c.digest)
                .where(member.c.comparison == id, run.c.status == "queued")
                .order_by(member.c.position)
            ).all()
            experiments = _readable(connection, {row.digest: row for row in rows}.values())
            if not experiments:
                notice(connection)
                return None
            digests = list(experiments)
            first = [digests[i] for i in plan(list(experiments.values()))[0]]
            _start(connection, first)
            notice(connection)
        made = tuple(experiments[digest] for digest in first)
        return Job(secrets.token_hex(8), owner, id, tuple(first), made)

    def show(self, digests: Sequence[str], status: str) -> None:
        """Say that runs of a job are running or paused."""
        with self.database.write() as connection:
            changed = run.update().where(run.c.digest.in_(digests), run.c.held.is_(True))
            connection.execute(changed.values(status=status, version=run.c.version + 1))
            touch(connection, digests)

    def progress(self, runs: Mapping[str, Progress]) -> None:
        """Store what runs have so far."""
        with self.database.write() as connection:
            for digest, progress in runs.items():
                _write(connection, digest, progress, {})
            touch(connection, runs)
        for progress in runs.values():
            progress.frames.clear()

    def end(self, runs: Mapping[str, Progress]) -> None:
        """Store the outcome of runs and let go of them.

        Cancelled ones that somebody still wants go back to the queue, or stay paused.
        """
        with self.database.write() as connection:
            wished = wishes(connection, runs)
            for digest, progress in runs.items():
                status = progress.outcome
                if status == "finished" and progress.diverged is not None:
                    status = "diverged"
                if status == "cancelled" and wished[digest] != "cancel":
                    status = "queued"
                values = {"status": status, "held": False, "finished": time.time()}
                if status == "queued":
                    values |= {"finished": None, "attempt": 0}
                _write(connection, digest, progress, values)
            settle(connection, runs)
            follow(connection, runs)
            forget(connection, runs)
            touch(connection, runs)
            notice(connection)
        for progress in runs.values():
            progress.frames.clear()

    def tell(self, state: Mapping[str, object]) -> None:
        """Say what the engine is doing: status, workers, warm, message, pid, heartbeat."""
        value = json.dumps(dict(state))
        with self.database.write() as connection:
            changed = meta.update().where(meta.c.key == "engine").values(value=value)
            if not connection.execute(changed).rowcount:
                connection.execute(meta.insert().values(key="engine", value=value))


def _waiting(column: object) -> object:
    """A query of `column` over comparisons that want runs which are queued."""
    return (
        select(column)
        .join(member, member.c.comparison == comparison.c.id)
        .join(run, run.c.digest == member.c.digest)
        .where(run.c.status == "queued", ACTIVE)
    )


def _readable(connection: Connection, rows: Collection) -> dict[str, Experiment]:
    """Experiments by digest; runs whose spec cannot be read any more are given up."""
    found = {}
    for row in rows:
        try:
            found[row.digest] = experiment_of(row)
        except StoreError as error:
            values = {"status": "interrupted", "error": str(error), "finished": time.time()}
            _update(connection, row.digest, values)
    return found


def _start(connection: Connection, digests: Sequence[str]) -> None:
    values = {"status": "running", "held": True, "started": time.time(), "finished": None}
    values |= {"version": run.c.version + 1, "attempt": run.c.attempt + 1}
    connection.execute(run.update().where(run.c.digest.in_(digests)).values(values))
    touch(connection, digests)


def _write(connection: Connection, digest: str, progress: Progress, values: dict) -> None:
    # an earlier attempt may have come further; the numbers are the same, so they stay
    values = dict(values)
    done = connection.scalar(select(run.c.epochs_done).where(run.c.digest == digest)) or 0
    if progress.rows is not None and progress.epochs >= done:
        history = np.ascontiguousarray(progress.rows, np.float32).tobytes()
        values |= {"epochs_done": progress.epochs, "rows": len(progress.rows), "history": history}
    if progress.diverged is not None:
        values["diverged"] = progress.diverged
    if progress.proof is not None:
        values["proof"] = json.dumps(dict(progress.proof))
    if progress.finals is not None:
        dead = {DEAD: progress.dead} if progress.dead else {}
        values["finals"] = json.dumps({**progress.finals, **dead})
    if progress.error is not None:
        values |= {"error": progress.error, "error_type": progress.error_type}
    _update(connection, digest, values)
    for epoch, (shape, blob) in progress.frames.items():
        connection.execute(frame.delete().where(frame.c.digest == digest, frame.c.epoch == epoch))
        size = ",".join(str(n) for n in shape)
        row = {"digest": digest, "epoch": epoch, "shape": size, "blob": blob}
        connection.execute(frame.insert().values(row))


def _update(connection: Connection, digest: str, values: dict) -> None:
    values = values | {"version": run.c.version + 1}
    connection.execute(run.update().where(run.c.digest == digest).values(values))
