"""How many runs ended: their last loss and whether they stopped early, without their histories."""

import json
from collections.abc import Collection
from typing import NamedTuple

import numpy as np
from sqlalchemy import Integer, Row, case, func, select

from training.plan import EXTRA
from training.schema import Database, member, run
from training.wishes import batches

NUMBER = np.dtype(np.float32).itemsize


class Ending(NamedTuple):
    """loss: that of the validation rows, NaN where the run diverged. early: epoch, or None."""

    loss: float
    early: int | None


def endings(database: Database, ids: Collection[str]) -> dict[str, list[Ending]]:
    """How every run ended that has an epoch, by comparison; one without any is left out.

    The loss is that of the finished model, whose weights may be of an earlier epoch, and before
    the end that of the last epoch.
    """
    # bytes of a row: loss and metrics, the same of the validation part, then EXTRA
    whole = func.length(run.c.history, type_=Integer)
    row = whole // func.nullif(run.c.rows, 0, type_=Integer)
    start = whole - row + (row - NUMBER * len(EXTRA)) // 2
    watched = (run.c.status == "finished") & run.c.spec.contains('"EarlyStopping"')
    query = (
        select(
            member.c.comparison,
            func.substr(run.c.history, start + 1, NUMBER).label("last"),
            run.c.finals,
            run.c.diverged,
            run.c.epochs_done,
            case((watched, run.c.spec)).label("watched"),
        )
        .join(run, run.c.digest == member.c.digest)
        .where(run.c.rows > 0)
        .order_by(member.c.comparison, member.c.position)
    )
    found: dict[str, list[Ending]] = {}
    with database.read() as connection:
        for batch in batches(ids):
            for row in connection.execute(query.where(member.c.comparison.in_(batch))):
                found.setdefault(row.comparison, []).append(Ending(_loss(row), _early(row)))
    return found


def _loss(row: Row) -> float:
    finals = json.loads(row.finals) if row.finals and row.diverged is None else {}
    last = float(np.frombuffer(row.last, np.float32)[0])
    return finals.get("validation", {}).get("loss", last)


def _early(row: Row) -> int | None:
    """The epoch after which early stopping ended a run; as in `monitored.stopped_early`."""
    if not row.watched or row.diverged or row.epochs_done >= json.loads(row.watched)["epochs"]:
        return None
    return row.epochs_done
