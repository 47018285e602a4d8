"""What comes after the grid of a fair race: the tuned rows, as soon as their rates are known."""

import json
from collections.abc import Collection
from contextlib import suppress
from typing import Any

import numpy as np
from sqlalchemy import Connection, Row, select

from training import submission
from training.design import Design
from training.plan import EXTRA
from training.race import choose, tuned, tuning
from training.schema import comparison, member, run
from training.spec import Experiment
from training.states import ENDED
from training.wishes import batches, notice


def follow(connection: Connection, digests: Collection[str]) -> None:
    """Queue the tuned rows of races whose grid has ended, with one of these runs among it."""
    for id, design in _races(connection, digests).items():
        grid = {e.digest: e for e in tuning(design)}
        found = _runs(connection, grid)
        if len(found) == len(grid) and all(row.status in ENDED for row in found.values()):
            ended = {grid[digest]: _last(grid[digest], row) for digest, row in found.items()}
            _add(connection, id, choose(design, ended))


def _races(connection: Connection, digests: Collection[str]) -> dict[str, Design]:
    """Races with some of these runs that have not chosen yet: comparison -> design."""
    plans: dict[str, str] = {}
    for batch in batches(digests):
        query = (
            select(comparison.c.id, comparison.c.plan)
            .join(member, member.c.comparison == comparison.c.id)
            .where(member.c.digest.in_(batch), comparison.c.wanted != "cancel")
            .where(comparison.c.plan.contains('"race"'))
        )
        plans |= dict(connection.execute(query).all())
    designs = {id: _design(json.loads(plan)) for id, plan in plans.items()}
    return {id: d for id, d in designs.items() if d and d.race and not d.race.chosen}


def _design(plan: Any) -> Design | None:
    """The design that was stored; None where another version stored it."""
    with suppress(ValueError):
        return Design.from_json(plan)
    return None


def _runs(connection: Connection, digests: Collection[str]) -> dict[str, Row]:
    columns = (run.c.digest, run.c.status, run.c.rows, run.c.history)
    return {
        row.digest: row
        for batch in batches(digests)
        for row in connection.execute(select(*columns).where(run.c.digest.in_(batch)))
    }


def _last(experiment: Experiment, row: Row) -> dict[str, float]:
    """The history's columns after the last epoch; empty for a run that did not finish."""
    if row.status != "finished":
        return {}
    history = np.frombuffer(row.history, np.float32).reshape(row.rows, -1)
    return dict(zip((*experiment.columns, *EXTRA), map(float, history[-1]), strict=True))


def _add(connection: Connection, id: str, design: Design) -> None:
    """Make the tuned rows members of the comparison, and keep what was chosen."""
    there = select(member.c.digest).where(member.c.comparison == id)
    held = list(connection.scalars(there))
    runs = {e.digest: e for e in tuned(design)}
    new = [digest for digest in runs if digest not in held]
    rows = [
        {"comparison": id, "position": i, "digest": digest}
        for i, digest in enumerate(new, start=len(held))
    ]
    if rows:
        connection.execute(member.insert(), rows)
    changed = comparison.update().where(comparison.c.id == id)
    values = {"plan": json.dumps(design.to_json()), "version": comparison.c.version + 1}
    connection.execute(changed.values(values))
    submission.enqueue(connection, runs, submission.statuses(connection, runs))
    notice(connection)
