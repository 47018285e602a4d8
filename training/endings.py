"""The loss at the last epoch of many runs, read without their histories."""

from collections.abc import Collection

import numpy as np
from sqlalchemy import Integer, func, select

from training.plan import EXTRA
from training.schema import Database, member, run
from training.wishes import batches

NUMBER = np.dtype(np.float32).itemsize


def endings(database: Database, ids: Collection[str]) -> dict[str, list[float]]:
    """Validation loss at the last epoch of every run that has one, by comparison.

    NaN where a run diverged. A comparison whose runs have no epoch yet is left out.
    """
    # bytes of a row: loss and metrics, the same of the validation part, then EXTRA
    whole = func.length(run.c.history, type_=Integer)
    row = whole // func.nullif(run.c.rows, 0, type_=Integer)
    start = whole - row + (row - NUMBER * len(EXTRA)) // 2
    query = (
        select(member.c.comparison, func.substr(run.c.history, start + 1, NUMBER))
        .join(run, run.c.digest == member.c.digest)
        .where(run.c.rows > 0)
        .order_by(member.c.comparison, member.c.position)
    )
    found: dict[str, list[float]] = {}
    with database.read() as connection:
        for batch in batches(ids):
            for id, four in connection.execute(query.where(member.c.comparison.in_(batch))):
                found.setdefault(id, []).append(float(np.frombuffer(four, np.float32)[0]))
    return found
