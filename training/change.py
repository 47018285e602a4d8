"""Changing a comparison while it trains or afterwards: another learning rate, a row less.

A run is named by its experiment, so a changed one is another run. Training is deterministic: the
new run is trained from the start, and until it has come further it shows the epochs before the
change, which are those of the run that it takes the place of.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from sqlalchemy import Connection, Row, literal, select
from sqlalchemy.exc import IntegrityError

from training import submission
from training.catalog import check
from training.design import Design
from training.differences import differences, losses
from training.rates import FIRST, checked
from training.schema import Database, comparison, frame, member, run
from training.spec import Comparison, Experiment
from training.states import ENDED
from training.store import experiment_of, forget
from training.titles import title_of
from training.variants import variant
from training.wishes import notice, settle, touch

GONE = "This comparison is not in the store any more: it was deleted."
OTHER = "This row is not in the comparison any more: it was changed or dropped meanwhile."


def change_rate(
    database: Database,
    id: str,
    digests: Collection[str],
    rate: float,
    epoch: int | None = None,
) -> None:
    """Give these runs another learning rate from the start of an epoch on, and train them so.

    Without an epoch it is the first that none of them has done. Changes that they had from that
    epoch on are forgotten. ValueError says what cannot be changed, and why.
    """
    try:
        with database.write() as connection:
            _change_rate(connection, id, digests, rate, epoch)
    except IntegrityError:
        # another server queued one of the new runs in the same moment; now it is known
        change_rate(database, id, digests, rate, epoch)


def drop(database: Database, id: str, digests: Collection[str]) -> None:
    """Take runs out of a comparison; those that nobody else holds are stopped and forgotten.

    ValueError when no run would be left, or when they are not there.
    """
    with database.write() as connection:
        held, runs = _comparison(connection, id), _members(connection, id)
        own = {row.digest for row in _chosen(runs, digests)}
        before = {row.digest: experiment_of(row) for row in runs}
        rest = [before[row.digest] for row in runs if row.digest not in own]
        if not rest:
            raise ValueError("This is the last row, and one has to stay; press Stop to end it.")
        mine = (member.c.comparison == id, member.c.digest.in_(own))
        connection.execute(member.delete().where(*mine))
        plan = _without(held.plan, rest)
        connection.execute(comparison.update().where(comparison.c.id == id).values(plan=plan))
        _conclude(connection, held, list(before.values()), rest, list(own))


def _without(plan: str | None, rest: Sequence[Experiment]) -> str | None:
    """What a comparison was set up from, less the rows that it has no more; None if that is none.

    Its rows are then found from its runs, as those of a comparison without a plan.
    """
    with suppress(ValueError, TypeError):
        design = Design.from_json(json.loads(plan))
        there = {e.unchanged.variant for e in rest}
        rows = [r for r in design.rows if variant(design.base, r).variant in there]
        made = Design.of(design.base, rows, design.seeds, design.vary_split, design.datasets)
        return json.dumps(replace(made, target=design.target).to_json())
    return None


def _change_rate(
    connection: Connection, id: str, digests: Collection[str], rate: float, epoch: int | None
) -> None:
    held, runs = _comparison(connection, id), _members(connection, id)
    if held.wanted == "cancel" and any(row.held for row in runs):
        raise ValueError("This comparison is just being stopped; try again in a moment.")
    own = _chosen(runs, digests)
    before = {row.digest: experiment_of(row) for row in runs}
    at = _epoch(own, before, epoch)
    heirs = {row.digest: _changed(before[row.digest], at, rate) for row in own}
    if any(heir.digest in before for heir in heirs.values()):
        raise ValueError(
            f"Nothing would change: {rate:g} is the learning rate of epoch {at} already, in this "
            "row or in another one that is like it."
        )
    for old, heir in heirs.items():
        mine = (member.c.comparison == id, member.c.digest == old)
        connection.execute(member.update().where(*mine).values(digest=heir.digest))
    if held.wanted == "cancel":
        connection.execute(comparison.update().where(comparison.c.id == id).values(wanted="run"))
    _enqueue(connection, held.owner, own, heirs, at)
    after = [heirs.get(row.digest, before[row.digest]) for row in runs]
    _conclude(connection, held, list(before.values()), after, list(heirs))


def _enqueue(
    connection: Connection, owner: str, own: Sequence[Row], heirs: Mapping[str, Experiment], at: int
) -> None:
    """Queue the changed runs, with what is known of their epochs before `at`."""
    wanted = {heir.digest: heir for heir in heirs.values()}
    known = submission.statuses(connection, wanted)
    submission.check_room(connection, owner, wanted, known)
    submission.enqueue(connection, wanted, known)
    for row in own:
        digest = heirs[row.digest].digest
        if digest not in known:
            _inherit(connection, row, digest, at - 1)
    # once more: who goes by steps does not want again what is shown already
    settle(connection, list(wanted))


def _comparison(connection: Connection, id: str) -> Row:
    held = connection.execute(select(comparison).where(comparison.c.id == id)).one_or_none()
    if held is None:
        raise ValueError(GONE)
    return held


def _members(connection: Connection, id: str) -> Sequence[Row]:
    query = select(run).join(member, member.c.digest == run.c.digest)
    query = query.where(member.c.comparison == id).order_by(member.c.position)
    return connection.execute(query).all()


def _chosen(runs: Sequence[Row], digests: Collection[str]) -> list[Row]:
    own = [row for row in runs if row.digest in digests]
    if not own or {row.digest for row in own} != set(digests):
        raise ValueError(OTHER)
    return own


def _epoch(own: Sequence[Row], experiments: Mapping[str, Experiment], asked: int | None) -> int:
    """The epoch in which the rate changes."""
    last = min(experiments[row.digest].epochs for row in own)
    if last < FIRST:
        raise ValueError("A run of 1 epoch has no later one to change its learning rate in.")
    if asked is not None:
        return check.whole(asked, FIRST, last, "The epoch")
    done = max(row.epochs_done for row in own)
    if all(row.status in ENDED for row in own) or done >= last:
        raise ValueError(
            f"This row has ended; say from which epoch, {FIRST} to {last}, its learning rate "
            "should have been another."
        )
    return max(FIRST, done + 1)


def _changed(experiment: Experiment, epoch: int, rate: float) -> Experiment:
    checked(rate, experiment.compile.optimizer, "The learning rate")
    earlier = [list(pair) for pair in experiment.rates if pair[0] < epoch]
    return Experiment.from_json(experiment.to_json() | {"rates": [*earlier, [epoch, rate]]})


def _inherit(connection: Connection, old: Row, digest: str, epochs: int) -> None:
    """Show what an old run has of the epochs before the change for the new one too."""
    rows = min(old.rows, epochs)
    if not rows:
        return
    history = old.history[: len(old.history) // old.rows * rows]
    values = {"epochs_done": rows, "rows": rows, "history": history, "proof": old.proof}
    connection.execute(run.update().where(run.c.digest == digest).values(values))
    frames = select(literal(digest), frame.c.epoch, frame.c.shape, frame.c.blob)
    frames = frames.where(frame.c.digest == old.digest, frame.c.epoch <= rows)
    connection.execute(frame.insert().from_select(["digest", "epoch", "shape", "blob"], frames))


def _conclude(
    connection: Connection,
    held: Row,
    before: Sequence[Experiment],
    after: Sequence[Experiment],
    old: Sequence[str],
) -> None:
    """Say what the comparison is now, and let go of the runs that it has no more."""
    now = Comparison(tuple(after))
    values = {"differs": differences(now), "losses": json.dumps(losses(now))}
    if held.title == title_of(Comparison(tuple(before))):
        values["title"] = title_of(now)
    values["version"] = comparison.c.version + 1
    connection.execute(comparison.update().where(comparison.c.id == held.id).values(values))
    settle(connection, old)
    forget(connection, old)
    touch(connection, old)
    notice(connection)
