"""The store's tables, how they are opened and brought up to date, and its errors as sentences."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as Sqlite

import numpy as np
from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Engine,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    bindparam,
    create_engine,
    event,
    exc,
    inspect,
    make_url,
    select,
    text,
)

from training.differences import said

VERSION = 8

metadata = MetaData()

meta = Table(
    "meta",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

comparison = Table(
    "comparison",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("owner", String(80), nullable=False),
    Column("title", Text, nullable=False),
    Column("created", Float, nullable=False),  # seconds since 1970, as all times here
    Column("wanted", String(10), nullable=False),  # as in wish: run, pause, cancel or "to 17"
    Column("version", Integer, nullable=False),  # grows with every change a page would show
    Column("dataset", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("differs", Text, nullable=False),
    Column("losses", Text, nullable=False, server_default="[]"),  # JSON: the distinct ones
    Column("plan", Text),  # JSON: what it was set up from, such as a design
)

DEAD = "dead"

member = Table(
    "member",
    metadata,
    Column("comparison", ForeignKey("comparison.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("digest", String(64), nullable=False),
)

run = Table(
    "run",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("spec", Text, nullable=False),
    Column("status", String(12), nullable=False),
    Column("held", Boolean, nullable=False),  # a job of the engine trains it, or pauses in it
    Column("version", Integer, nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("epochs_done", Integer, nullable=False),
    Column("created", Float, nullable=False),
    Column("started", Float),
    Column("finished", Float),
    Column("versions", Text, nullable=False),
    Column("error", Text),
    Column("error_type", Text),
    Column("history", LargeBinary),  # float32, rows x columns of the spec and plan.EXTRA
    Column("rows", Integer, nullable=False),
    Column("diverged", Integer),  # epoch
    Column("finals", Text),  # JSON: by part, and under DEAD the shares of dead units
    Column("proof", Text),  # JSON
)

frame = Table(
    "frame",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("shape", String(40), nullable=False),  # "points,outputs"
    Column("blob", LargeBinary, nullable=False),  # zlib, float16
)

errand = Table(
    "errand",
    metadata,
    Column("digest", String(64), primary_key=True),  # of the run it is made of, or a demo's own
    Column("kind", String(12), primary_key=True),
    Column("owner", String(80), nullable=False),
    Column("status", String(12), nullable=False),  # queued, running, finished or failed
    Column("attempt", Integer, nullable=False),
    Column("created", Float, nullable=False),
    Column("error", Text),
    Column("blob", LargeBinary),
    Column("spec", Text),  # JSON of what is of no run; a run has its own
    Column("said", Text),  # how far it is, if it is of no run
)

INDEXES = (
    Index("member_digest", member.c.digest),
    Index("run_status", run.c.status),
    Index("comparison_created", comparison.c.created),
)


def _add_indexes(connection: Connection) -> None:
    for index in INDEXES:
        index.create(connection, checkfirst=True)


def _add_losses(connection: Connection) -> None:
    connection.execute(text("alter table comparison add column losses text not null default '[]'"))
    query = (
        select(run.c.spec)
        .join(member, member.c.digest == run.c.digest)
        .where(member.c.comparison == bindparam("id"))
        .order_by(member.c.position)
    )
    for id in list(connection.scalars(select(comparison.c.id))):
        specs = map(json.loads, connection.scalars(query, {"id": id}))
        losses = json.dumps(list(dict.fromkeys(said(spec["compile"]["loss"]) for spec in specs)))
        connection.execute(comparison.update().where(comparison.c.id == id).values(losses=losses))


def _add_plan(connection: Connection) -> None:
    connection.execute(text("alter table comparison add column plan text"))


def _add_seconds(connection: Connection) -> None:
    """A last column in every history, without numbers: seconds were not measured before."""
    query = select(run.c.history).where(run.c.digest == bindparam("of"))
    having = select(run.c.digest, run.c.rows).where(run.c.rows > 0, run.c.history.is_not(None))
    for digest, rows in connection.execute(having).all():
        table = np.frombuffer(connection.scalar(query, {"of": digest}), np.float32)
        wider = np.column_stack([table.reshape(rows, -1), np.full(rows, np.nan, np.float32)])
        changed = run.update().where(run.c.digest == digest)
        connection.execute(changed.values(history=wider.tobytes()))


def _add_errands(connection: Connection) -> None:
    errand.create(connection, checkfirst=True)


def _add_penalties(connection: Connection) -> None:
    """Two columns before the last in every history, without numbers: they were not kept before."""
    query = select(run.c.history).where(run.c.digest == bindparam("of"))
    having = select(run.c.digest, run.c.rows).where(run.c.rows > 0, run.c.history.is_not(None))
    for digest, rows in connection.execute(having).all():
        table = np.frombuffer(connection.scalar(query, {"of": digest}), np.float32)
        table = table.reshape(rows, -1)
        wider = np.insert(table, [-1, -1], np.float32(np.nan), axis=1)
        changed = run.update().where(run.c.digest == digest)
        connection.execute(changed.values(history=wider.tobytes()))


def _add_demonstrations(connection: Connection) -> None:
    """Two columns; a store that had no errands until now has got them already."""
    there = {column["name"] for column in inspect(connection).get_columns("errand")}
    for name in ("spec", "said"):
        if name not in there:
            connection.execute(text(f"alter table errand add column {name} text"))


# MIGRATIONS[n] brings a store from version n to n + 1.
MIGRATIONS = {
    **{1: _add_indexes, 2: _add_losses, 3: _add_plan, 4: _add_seconds},
    **{5: _add_errands, 6: _add_penalties, 7: _add_demonstrations},
}


class StoreError(ValueError):
    """The store cannot do what was asked; the message says why and how to mend it."""


class Database:
    """One open store. Every use is a short transaction: `with database.read() as connection`."""

    def __init__(self, url: str) -> None:
        """Open, create or migrate the store at an SQLAlchemy URL; StoreError says why it cannot."""
        self.url = make_url(url)
        self.place = self.url.database or str(self.url)
        self.engine = _connectable(self.url)
        with self._sentences(), self.engine.connect() as connection:
            found = _version(connection, self.place)
        if found != VERSION:
            with self.write() as connection:
                _migrate(connection, self.place)

    @property
    def sqlite(self) -> bool:
        """Whether the store is one file."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view; StoreError when the store cannot be read."""
        with self._sentences(), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """All or nothing, one writer at a time; StoreError when nothing was written."""
        options = {"writes": True}
        with (
            self._sentences(),
            self.engine.connect().execution_options(**options) as connection,
            connection.begin(),
        ):
            yield connection

    def close(self) -> None:
        """Give back every connection."""
        self.engine.dispose()

    @contextmanager
    def _sentences(self) -> Iterator[None]:
        try:
            yield
        except exc.DBAPIError as error:
            raise StoreError(_sentence(str(error.orig), self.place)) from error


def _connectable(url: object) -> Engine:
    engine = create_engine(url)
    if engine.dialect.name != "sqlite":
        return engine

    @event.listens_for(engine, "connect")
    def _configure(connection: Sqlite, _record: object) -> None:
        # the driver's own BEGIN comes too late to be immediate; ours is sent in _begin
        connection.isolation_level = None
        connection.execute("pragma busy_timeout = 10000")
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = normal")
        connection.execute("pragma foreign_keys = on")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("begin immediate" if writes else "begin")

    return engine


def _version(connection: Connection, place: str) -> int:
    """Schema version of a store; 0 when there is nothing yet."""
    tables = set(inspect(connection).get_table_names())
    if not tables:
        return 0
    if "meta" not in tables:
        raise StoreError(
            f"{place} is a database, but not one of Compile Lab; choose another file or database."
        )
    value = connection.scalar(select(meta.c.value).where(meta.c.key == "schema"))
    found = int(value) if value and value.isdigit() else -1
    if found > VERSION:
        raise StoreError(
            f"{place} was written by a newer Compile Lab (store version {found}, this one knows "
            f"{VERSION}); update Compile Lab, or set COMPILE_LAB_HOME to another folder."
        )
    if found not in MIGRATIONS and found != VERSION:
        raise StoreError(
            f"{place} has a store version that Compile Lab does not know ({value}); "
            "set COMPILE_LAB_HOME to another folder to start a new store."
        )
    return found


def _migrate(connection: Connection, place: str) -> None:
    # read again under the write lock: another process may have been first
    found = _version(connection, place)
    if found == 0:
        metadata.create_all(connection)
        connection.execute(meta.insert().values(key="schema", value=str(VERSION)))
        return
    for step in range(found, VERSION):
        MIGRATIONS[step](connection)
    changed = meta.update().where(meta.c.key == "schema").values(value=str(VERSION))
    connection.execute(changed)


def _sentence(reason: str, place: str) -> str:
    """What a database driver said, in words that help."""
    lower = reason.lower()
    if "readonly" in lower or "read-only" in lower:
        return (
            f"The store {place} is read-only, so nothing can be saved or trained; make the file "
            "and its folder writable, or set COMPILE_LAB_HOME to a folder that is."
        )
    if "full" in lower or "no space" in lower:
        return (
            f"There is no room left for the store {place}; free some disk space, or delete old "
            "comparisons in History. What was finished before is kept."
        )
    if "not a database" in lower or "malformed" in lower:
        return (
            f"The store {place} is damaged or not a Compile Lab store; move the file away, "
            "and a new one is made."
        )
    if "unable to open" in lower:
        return (
            f"The store {place} cannot be opened; check that {Path(place).parent} "
            "exists and is writable, or set COMPILE_LAB_HOME to a folder that is."
        )
    if "locked" in lower:
        return f"The store {place} is busy with another program; try again in a moment."
    return f"The store {place} cannot be used: {reason}."
