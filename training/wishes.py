"""What the comparisons that hold a run want of it, and its status when no job has it."""

import time
from collections import Counter
from collections.abc import Collection, Iterator
from itertools import islice

from sqlalchemy import Connection, not_, select, true

from training.schema import comparison, member, meta, run
from training.wish import Wish, limit, strongest

# Of comparisons that want some of their runs trained now.
ACTIVE = comparison.c.wanted.not_in(["pause", "cancel"])

# Databases bound the number of parameters in one statement.
MOST_AT_ONCE = 500


def batches(digests: Collection[str]) -> Iterator[list[str]]:
    """`digests` in lists short enough for one statement."""
    iterator = iter(sorted(set(digests)))
    while batch := list(islice(iterator, MOST_AT_ONCE)):
        yield batch


def wishes(connection: Connection, digests: Collection[str]) -> dict[str, Wish]:
    """What to do with each run: a comparison that wants it outweighs those that do not."""
    found: dict[str, set[str]] = {digest: set() for digest in digests}
    for batch in batches(digests):
        query = (
            select(member.c.digest, comparison.c.wanted)
            .join(comparison, comparison.c.id == member.c.comparison)
            .where(member.c.digest.in_(batch))
        )
        for digest, wanted in connection.execute(query):
            found[digest].add(wanted)
    return {digest: strongest(wanted) for digest, wanted in found.items()}


def settle(connection: Connection, digests: Collection[str]) -> None:
    """Give runs that wait, and that no job has, the status that is wished for them."""
    wished = wishes(connection, digests)
    for wish in set(wished.values()):
        further = run.c.epochs_done < limit(wish)
        decided = [("queued", further), ("paused", not_(further))]
        for status, which in [("cancelled", true())] if wish == "cancel" else decided:
            values = {"status": status, "version": run.c.version + 1}
            if wish == "cancel":
                values["finished"] = time.time()
            for batch in batches([d for d in digests if wished[d] == wish]):
                connection.execute(
                    run.update()
                    .where(run.c.digest.in_(batch), run.c.held.is_(False), which)
                    .where(run.c.status.in_(["queued", "paused"]), run.c.status != status)
                    .values(values)
                )


def touch(connection: Connection, digests: Collection[str]) -> None:
    """Tell pages that these runs changed."""
    for batch in batches(digests):
        holders = select(member.c.comparison).where(member.c.digest.in_(batch))
        connection.execute(
            comparison.update()
            .where(comparison.c.id.in_(holders))
            .values(version=comparison.c.version + 1)
        )


def notice(connection: Connection) -> None:
    """Tell everybody who waits in the queue, and the engine, that the queue changed."""
    changed = meta.update().where(meta.c.key == "changes")
    if not connection.execute(changed.values(value=str(time.time_ns()))).rowcount:
        connection.execute(meta.insert().values(key="changes", value=str(time.time_ns())))


def changes(connection: Connection) -> str:
    """A value that differs after every change of the queue."""
    return connection.scalar(select(meta.c.value).where(meta.c.key == "changes")) or ""


def places(connection: Connection) -> dict[str, int]:
    """Comparisons with waiting runs -> place in the queue from 1, owners taking turns."""
    query = (
        select(comparison.c.id, comparison.c.owner)
        .join(member, member.c.comparison == comparison.c.id)
        .join(run, run.c.digest == member.c.digest)
        .where(ACTIVE)
        .group_by(comparison.c.id, comparison.c.owner, comparison.c.created)
        .order_by(comparison.c.created, comparison.c.id)
    )
    trained = connection.execute(query.where(run.c.status == "running"))
    turns = Counter(owner for _, owner in trained)
    waiting = []
    for id, owner in connection.execute(query.where(run.c.status == "queued")):
        turns[owner] += 1
        waiting.append((turns[owner], id))
    return {id: i for i, (_, id) in enumerate(sorted(waiting, key=lambda w: w[0]), start=1)}
