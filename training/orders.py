"""Errands in the store: what is to be made of a run on demand, and what came of it.

An errand is one thing of one run: recordings of its inside, a model file, logs. Training is
deterministic, so a worker trains the run once more to make it. What training.subjects has is of no
run: it is done anew whenever somebody asks, and forgotten after a day.
"""

import json
import secrets
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from sqlalchemy import ColumnElement, Connection, and_, func, select

from training.queue import MOST_ATTEMPTS
from training.schema import Database, errand, run
from training.spec import Experiment
from training.states import RESULTS
from training.store import experiment_of
from training.subjects import SUBJECTS, Subject
from training.wishes import notice

Kind = Literal["inside", "model", "tensorboard"]
KINDS: tuple[Kind, ...] = get_args(Kind)
DAY = 86_400.0  # seconds
MOST_ORDERED = 24  # errands of one owner that may wait
DIED = (
    "The process that made this died three times, most likely because there was not enough memory."
)


@dataclass(frozen=True)
class Errand:
    """Something ordered. `blob` is what was made, once it is finished."""

    status: Literal["queued", "running", "finished", "failed"]
    error: str | None
    blob: bytes | None
    said: str | None = None  # how far it is, if it is of no run

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen, until it is ordered again."""
        return self.status in {"finished", "failed"}


@dataclass(frozen=True)
class Order:
    """An errand that the engine has claimed."""

    digest: str
    kind: str
    owner: str
    subject: Experiment | Subject


class Orders:
    """What both sides do with errands in a store. Every method is one short transaction."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def read(self, digest: str, kind: str | None = None) -> Errand | None:
        """The errand as it is now, without a kind one of no run; None if there is none."""
        columns = (errand.c.status, errand.c.error, errand.c.blob, errand.c.said)
        query = select(*columns).where(_one(digest, kind) if kind else _own(digest))
        with self.database.read() as connection:
            row = connection.execute(query).one_or_none()
        return Errand(*row) if row else None

    def order(self, experiment: Experiment, kind: Kind, owner: str) -> None:
        """Queue an errand unless it waits or is finished; one that failed is tried again.

        ValueError when the run is not there or has no result, or too much of the owner waits.
        """
        digest = experiment.digest
        with self.database.write() as connection:
            status = connection.scalar(select(run.c.status).where(run.c.digest == digest))
            _check(status, kind)
            found = connection.scalar(select(errand.c.status).where(_one(digest, kind)))
            if found not in {None, "failed"}:
                return
            _check_room(connection, owner)
            connection.execute(errand.delete().where(_one(digest, kind)))
            _queue(connection, digest, kind, owner)

    def demonstrate(self, subject: Subject, owner: str) -> str:
        """Queue it and return its id; ValueError when too much of the owner waits."""
        id = secrets.token_hex(16)
        old = and_(errand.c.kind.in_(SUBJECTS), errand.c.created < time.time() - DAY)
        with self.database.write() as connection:
            _check_room(connection, owner)
            connection.execute(errand.delete().where(old))
            _queue(connection, id, subject.kind, owner, spec=json.dumps(subject.to_json()))
        return id

    def withdraw(self, id: str) -> None:
        """Forget a demonstration, whether it waits, is under way or has ended."""
        with self.database.write() as connection:
            connection.execute(errand.delete().where(_own(id)))
            notice(connection)

    def tell(self, said: dict[str, str]) -> None:
        """Write down how far demonstrations are, by id."""
        with self.database.write() as connection:
            for id, sentence in said.items():
                connection.execute(errand.update().where(_own(id)).values(said=sentence))

    def waiting(self) -> float | None:
        """When the longest waiting errand was ordered, in seconds since 1970; None if none waits.

        Errands of a run are there only as long as the run.
        """
        query = select(func.min(errand.c.created)).where(errand.c.status == "queued")
        with self.database.read() as connection:
            return connection.scalar(query)

    def claim(self) -> Order | None:
        """The longest waiting errand, now running; None when none waits or it cannot be read."""
        spec = func.coalesce(errand.c.spec, run.c.spec).label("spec")
        query = (
            select(errand.c.digest, errand.c.kind, errand.c.owner, spec)
            .outerjoin(run, run.c.digest == errand.c.digest)
            .where(errand.c.status == "queued")
            .order_by(errand.c.created)
            .limit(1)
        )
        with self.database.write() as connection:
            row = connection.execute(query).one_or_none()
            if row is None:
                return None
            here = errand.update().where(_one(row.digest, row.kind))
            try:
                kind = SUBJECTS.get(row.kind)
                made = kind.from_json(json.loads(row.spec)) if kind else experiment_of(row)
            except ValueError as error:
                connection.execute(here.values(status="failed", error=str(error)))
                return None
            connection.execute(here.values(status="running", attempt=errand.c.attempt + 1))
        return Order(row.digest, row.kind, row.owner, made)

    def end(self, digest: str, kind: str, blob: bytes | None, error: str | None = None) -> None:
        """Store what was made, or why it could not be; nothing if the run is gone."""
        status = "failed" if blob is None else "finished"
        with self.database.write() as connection:
            changed = errand.update().where(_one(digest, kind))
            connection.execute(changed.values(status=status, blob=blob, error=error))

    def put_back(self, digest: str | None = None, kind: str | None = None) -> None:
        """Queue a running errand again whose worker is gone, or give it up; by default all."""
        these = and_(errand.c.status == "running", _one(digest, kind) if digest else True)
        spent = errand.c.attempt >= MOST_ATTEMPTS
        with self.database.write() as connection:
            given_up = errand.update().where(these, spent)
            connection.execute(given_up.values(status="failed", error=DIED))
            connection.execute(errand.update().where(these).values(status="queued"))
            notice(connection)

    def wanted(self, digests: Sequence[str]) -> set[str]:
        """Those of the runs that still have a running errand."""
        query = select(errand.c.digest).where(errand.c.digest.in_(digests))
        with self.database.read() as connection:
            return set(connection.scalars(query.where(errand.c.status == "running")))


def _queue(connection: Connection, digest: str, kind: str, owner: str, **more: str) -> None:
    fresh = {"status": "queued", "attempt": 0, "created": time.time(), "owner": owner}
    connection.execute(errand.insert().values(digest=digest, kind=kind, **fresh, **more))
    notice(connection)


def _one(digest: str, kind: str) -> ColumnElement[bool]:
    return and_(errand.c.digest == digest, errand.c.kind == kind)


def _own(id: str) -> ColumnElement[bool]:
    return and_(errand.c.digest == id, errand.c.kind.in_(SUBJECTS))


def _check(status: str | None, kind: str) -> None:
    if kind not in KINDS:
        raise ValueError(f"{kind!r} cannot be made of a run; it must be one of {', '.join(KINDS)}.")
    if status is None:
        raise ValueError("This run is not in the store any more; press Train to make it again.")
    if status not in RESULTS:
        raise ValueError("This run has not been trained to its end; wait for it, or train it.")
    if status == "diverged" and kind == "model":
        raise ValueError(
            "This run diverged: its weights are no numbers, so there is no model to keep; "
            "a smaller learning rate is the usual cure."
        )


def _check_room(connection: Connection, owner: str) -> None:
    query = select(func.count()).where(errand.c.owner == owner, errand.c.status == "queued")
    if connection.scalar(query) >= MOST_ORDERED:
        raise ValueError(f"{MOST_ORDERED} things you asked for are still to be made; wait a while.")
