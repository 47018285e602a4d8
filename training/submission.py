"""The steps of storing a comparison, all in one transaction."""

import json
import time
from collections.abc import Collection, Mapping

from sqlalchemy import Connection, func, select

from datasets import own
from training.differences import differences, joined, losses
from training.schema import comparison, member, run
from training.spec import Comparison, Experiment
from training.states import REPEATED
from training.versions import versions
from training.wishes import batches, settle, touch

# Runs of one owner that may wait or train at a time: two of the largest comparisons.
MOST_WAITING = 600


def statuses(connection: Connection, digests: Collection[str]) -> dict[str, str]:
    """Status of each run that is there already, by digest."""
    return {
        digest: status
        for batch in batches(digests)
        for digest, status in connection.execute(
            select(run.c.digest, run.c.status).where(run.c.digest.in_(batch))
        )
    }


def twin(
    connection: Connection,
    wanted: Comparison,
    owner: str,
    title: str,
    plan: str | None,
    known: Mapping[str, str],
) -> str | None:
    """The id of the same comparison of the same owner that has not ended, such as by two clicks."""
    digests = [experiment.digest for experiment in wanted.experiments]
    if not {known.get(digest) for digest in digests} & {"queued", "running", "paused"}:
        return None
    alike = (
        select(comparison.c.id)
        .where(comparison.c.owner == owner, comparison.c.wanted != "cancel")
        .where(comparison.c.title == title, comparison.c.plan == plan)
        .order_by(comparison.c.created.desc())
    )
    for id in connection.scalars(alike).all():
        own = select(member.c.digest).where(member.c.comparison == id).order_by(member.c.position)
        if list(connection.scalars(own)) == digests:
            return id
    return None


def check_room(
    connection: Connection, owner: str, runs: Collection[str], known: dict[str, str]
) -> None:
    """ValueError when these runs would be too many for their owner."""
    waiting = connection.scalar(
        select(func.count(run.c.digest.distinct()))
        .join(member, member.c.digest == run.c.digest)
        .join(comparison, comparison.c.id == member.c.comparison)
        .where(comparison.c.owner == owner, comparison.c.wanted != "cancel")
        .where(run.c.status.in_(["queued", "running", "paused"]))
    )
    new = sum(known.get(digest, "cancelled") in REPEATED for digest in runs)
    if new and waiting + new > MOST_WAITING:
        raise ValueError(
            f"You have {waiting} runs waiting or training, and {new} more would be over the limit "
            f"of {MOST_WAITING}; wait until some are finished, or open one from History and press "
            "Stop."
        )


def check_data(runs: Mapping[str, Experiment], known: Mapping[str, str]) -> None:
    """DataMissing when own data of what is still to be trained was deleted."""
    new = [e.dataset for d, e in runs.items() if known.get(d, "cancelled") in REPEATED]
    for digest in {dataset.params["digest"] for dataset in new if dataset.name in own.OWN}:
        own.present(digest)


def insert(
    connection: Connection,
    id: str,
    wanted: Comparison,
    owner: str,
    title: str,
    plan: str | None,
) -> None:
    """Store the comparison itself and its members."""
    experiments = wanted.experiments
    connection.execute(
        comparison.insert().values(
            id=id,
            owner=owner,
            title=title,
            created=time.time(),
            wanted="run",
            version=1,
            dataset=joined((e.dataset.name for e in experiments), 99),
            model=joined((e.model.name for e in experiments), 99),
            differs=differences(wanted),
            losses=json.dumps(losses(wanted)),
            plan=plan,
        )
    )
    rows = [
        {"comparison": id, "position": i, "digest": e.digest} for i, e in enumerate(experiments)
    ]
    connection.execute(member.insert(), rows)


def enqueue(connection: Connection, runs: dict[str, Experiment], known: dict[str, str]) -> None:
    """Queue the runs that are new, or were not decided."""
    now = time.time()
    fresh = {
        "status": "queued",
        "held": False,
        "version": 1,
        "attempt": 0,
        "epochs_done": 0,
        "rows": 0,
        "created": now,
        "versions": versions(),
    }
    rows = [fresh | {"digest": d, "spec": e.canonical} for d, e in runs.items() if d not in known]
    if rows:
        connection.execute(run.insert(), rows)
    again = [d for d, status in known.items() if status in REPEATED]
    for batch in batches(again):
        renewed = {"status": "queued", "attempt": 0, "finished": None, "created": now}
        cleared = {"error": None, "error_type": None, "version": run.c.version + 1}
        connection.execute(run.update().where(run.c.digest.in_(batch)).values(renewed | cleared))
    # runs that other comparisons have paused go on, now that this one wants them
    settle(connection, list(runs))
    touch(connection, list(runs))
