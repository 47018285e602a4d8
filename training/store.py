"""Comparisons and their runs in the store: submitting, steering, reading, deleting."""

import json
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import decompress

import numpy as np
from sqlalchemy import Connection, Row, func, or_, select
from sqlalchemy.exc import IntegrityError

from datasets.fashion import DataMissing
from training import submission
from training.followup import follow
from training.schema import Database, StoreError, comparison, errand, frame, member, meta, run
from training.spec import Comparison, Experiment
from training.states import ENDED, Summary
from training.titles import title_of
from training.wish import Wish, limit, to
from training.wishes import batches, changes, notice, places, settle, touch


@dataclass(frozen=True)
class Held:
    """A comparison as stored: its row, and digest and version of each run by position."""

    row: Row
    runs: tuple[tuple[str, int], ...]


class Store:
    """What the web process does with a store. Every method is one short transaction."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def submit(
        self,
        wanted: Comparison,
        owner: str,
        title: str = "",
        plan: Mapping[str, Any] | None = None,
    ) -> str:
        """Store a comparison and queue the runs that are not already there; returns its id.

        plan: JSON of what it was set up from. Where its owner asked for the same and it has not
        ended, it is that one, which goes on if it was paused: two would each keep the other going.

        ValueError when the owner has too much waiting, StoreError when it cannot be saved.
        """
        runs = {e.digest: e for e in wanted.experiments}
        id = secrets.token_urlsafe(8)
        named = wanted, owner, title.strip() or title_of(wanted), json.dumps(plan) if plan else None
        try:
            with self.database.write() as connection:
                known = submission.statuses(connection, runs)
                if twin := submission.twin(connection, *named, known):
                    self._wish(connection, twin, "run")
                    return twin
                submission.check_room(connection, owner, runs, known)
                submission.check_data(runs, known)
                submission.insert(connection, id, *named)
                submission.enqueue(connection, runs, known)
                follow(connection, runs)
                notice(connection)
        except IntegrityError:
            # another server queued one of the runs in the same moment; now it is known
            return self.submit(wanted, owner, title, plan)
        return id

    def want(self, id: str, wish: Wish) -> None:
        """Let a comparison run, pause or be cancelled; one that is gone or cancelled stays so."""
        with self.database.write() as connection:
            self._wish(connection, id, wish)

    def _wish(self, connection: Connection, id: str, wish: Wish) -> None:
        changed = connection.execute(
            comparison.update()
            .where(comparison.c.id == id, comparison.c.wanted.not_in([wish, "cancel"]))
            .values(wanted=wish, version=comparison.c.version + 1)
        )
        if changed.rowcount:
            _follow(connection, id)

    def step(self, id: str) -> None:
        """Let a paused comparison train one more epoch; every call counts, others change nothing.

        Runs that are behind, because they waited, come to the same epoch.
        """
        with self.database.write() as connection:
            query = select(comparison.c.wanted).where(comparison.c.id == id)
            wanted = connection.scalar(query)
            if wanted in (None, "run", "cancel"):
                return
            done = connection.scalar(
                select(func.max(run.c.epochs_done))
                .join(member, member.c.digest == run.c.digest)
                .where(member.c.comparison == id, run.c.status.not_in(ENDED))
            )
            wish = to(max(done or 0, limit(wanted)) + 1)
            changed = comparison.update().where(comparison.c.id == id)
            connection.execute(changed.values(wanted=wish, version=comparison.c.version + 1))
            _follow(connection, id)

    def delete(self, id: str) -> None:
        """Forget a comparison, and the runs that no other comparison holds."""
        with self.database.write() as connection:
            digests = _digests(connection, id)
            connection.execute(member.delete().where(member.c.comparison == id))
            connection.execute(comparison.delete().where(comparison.c.id == id))
            settle(connection, digests)
            forget(connection, digests)
            notice(connection)

    def version(self, id: str) -> int | None:
        """A number that grows with every change of the comparison; None if there is none."""
        with self.database.read() as connection:
            query = select(comparison.c.version).where(comparison.c.id == id)
            return connection.scalar(query)

    def held(self, id: str) -> Held | None:
        """The comparison's row and the version of each run, or None if it is gone."""
        with self.database.read() as connection:
            row = connection.execute(select(comparison).where(comparison.c.id == id)).one_or_none()
            if row is None:
                return None
            query = (
                select(run.c.digest, run.c.version)
                .join(member, member.c.digest == run.c.digest)
                .where(member.c.comparison == id)
                .order_by(member.c.position)
            )
            return Held(row, tuple((d, v) for d, v in connection.execute(query)))

    def runs(self, digests: Collection[str]) -> dict[str, Row]:
        """Full rows of runs by digest."""
        with self.database.read() as connection:
            return {
                row.digest: row
                for batch in batches(digests)
                for row in connection.execute(select(run).where(run.c.digest.in_(batch)))
            }

    def places(self) -> dict[str, int]:
        """Comparisons that wait -> place in the queue, from 1."""
        with self.database.read() as connection:
            return places(connection)

    def changes(self) -> str:
        """A value that differs after every change of the queue."""
        with self.database.read() as connection:
            return changes(connection)

    def frame_epochs(self, digest: str) -> list[int]:
        """Epochs of a run whose predictions were kept, ascending."""
        with self.database.read() as connection:
            query = select(frame.c.epoch).where(frame.c.digest == digest).order_by(frame.c.epoch)
            return list(connection.scalars(query))

    def frames(self, digest: str, epochs: Sequence[int] | None = None) -> dict[int, np.ndarray]:
        """Epoch -> predictions on the view's inputs, float16 (points, outputs); all by default."""
        query = select(frame).where(frame.c.digest == digest).order_by(frame.c.epoch)
        if epochs is not None:
            query = query.where(frame.c.epoch.in_(list(epochs)))
        with self.database.read() as connection:
            return {row.epoch: _decoded(row) for row in connection.execute(query)}

    def summaries(self, search: str, limit: int) -> list[Summary]:
        """Newest first; every word of `search` occurs in title, data set, model or differences.

        `class_weight` also finds class weights: what differs is told in words.
        """
        query = select(comparison).order_by(comparison.c.created.desc()).limit(limit)
        texts = (comparison.c.title, comparison.c.dataset, comparison.c.model, comparison.c.differs)
        for word in search.split():
            ways = {word, word.replace("_", " ")}
            query = query.where(
                or_(*(t.icontains(way, autoescape=True) for t in texts for way in ways))
            )
        with self.database.read() as connection:
            rows = connection.execute(query).all()
            statuses = _counts(connection, [row.id for row in rows])
        return [_summary(row, statuses.get(row.id, {})) for row in rows]

    def engine(self) -> dict[str, Any]:
        """What the engine last said: status, workers, warm, message, pid, heartbeat; or {}.

        heartbeat: when it said so, in seconds since 1970.
        """
        with self.database.read() as connection:
            value = connection.scalar(select(meta.c.value).where(meta.c.key == "engine"))
        return json.loads(value) if value else {}


def forget(connection: Connection, digests: Collection[str]) -> None:
    """Drop those of the runs that no comparison holds and no job has."""
    for batch in batches(digests):
        gone = (
            select(run.c.digest)
            .where(run.c.digest.in_(batch), run.c.held.is_(False))
            .where(run.c.digest.not_in(select(member.c.digest)))
        )
        connection.execute(frame.delete().where(frame.c.digest.in_(gone)))
        connection.execute(errand.delete().where(errand.c.digest.in_(gone)))
        connection.execute(run.delete().where(run.c.digest.in_(gone)))


def experiment_of(row: Row) -> Experiment:
    """The experiment of a stored run; StoreError when this version cannot read it."""
    try:
        return Experiment.from_json(json.loads(row.spec))
    except DataMissing as error:
        raise StoreError(f"This run cannot be opened here: {error}") from error
    except ValueError as error:
        raise StoreError(
            f"This run was stored by another version of Compile Lab and cannot be opened: {error}"
        ) from error


def _follow(connection: Connection, id: str) -> None:
    """Have runs do what their comparison wants now."""
    digests = _digests(connection, id)
    settle(connection, digests)
    touch(connection, digests)
    notice(connection)


def _digests(connection: Connection, id: str) -> list[str]:
    query = select(member.c.digest).where(member.c.comparison == id)
    return list(connection.scalars(query))


def _counts(connection: Connection, ids: list[str]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for batch in batches(ids):
        query = (
            select(member.c.comparison, run.c.status, func.count())
            .join(run, run.c.digest == member.c.digest)
            .where(member.c.comparison.in_(batch))
            .group_by(member.c.comparison, run.c.status)
        )
        for id, status, count in connection.execute(query):
            found.setdefault(id, {})[status] = count
    return found


def _summary(row: Row, statuses: dict[str, int]) -> Summary:
    return Summary(
        row.id,
        row.title,
        row.created,
        row.dataset,
        row.model,
        row.differs,
        tuple(json.loads(row.losses)),
        sum(statuses.values()),
        statuses,
    )


def _decoded(row: Row) -> np.ndarray:
    shape = tuple(int(n) for n in row.shape.split(","))
    return np.frombuffer(decompress(row.blob), np.float16).reshape(shape)
