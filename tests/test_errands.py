"""Errands in the engine: whose turn it is, lost workers, and runs that were deleted meanwhile."""

from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path

import pytest
from distributed.scheduler import KilledWorker
from test_orders import experiment, trained

from training import errands
from training.errands import Errands
from training.orders import Errand
from training.schema import Database
from training.store import Store


class Crew:
    """Two workers that are there."""

    def __init__(self) -> None:
        self.present = {"a", "b"}
        self.memory: dict[str, int] = {}

    def best(self, free: set[str], going: object) -> str:
        return min(free)


class Cluster:
    """Notes what it is asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, str]] = []  # errand, kind, worker
        self.told: list[tuple[str, str, str]] = []
        self.forgotten: list[str] = []

    def errand(self, job: str, spec: object, kind: str, worker: str) -> None:
        self.asked.append((job, kind, worker))

    def tell(self, job: str, command: str, worker: str) -> None:
        self.told.append((job, command, worker))

    def forget(self, job: str) -> None:
        self.forgotten.append(job)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(Database(f"sqlite:///{tmp_path}/lab.sqlite"))
    yield opened
    opened.database.close()


@pytest.fixture
def engine(store: Store) -> Errands:
    made = Errands(store.database, Cluster(), Crew(), lambda owner, seconds: None)
    trained(store, 0, 1, 2)
    for seed in range(3):
        made.orders.order(experiment(seed), "inside", "ann")
    return made


def done(engine: Errands, result: object) -> None:
    """The errand begun last comes to its end."""
    future: Future = Future()
    if isinstance(result, Exception):
        future.set_exception(result)
    else:
        future.set_result(result)
    engine.hear({"kind": "done", "job": engine.cluster.asked[-1][0], "future": future})
    engine.look()


def test_runs_go_first_until_an_errand_has_waited_long_enough(engine, monkeypatch):
    free = {"a"}
    engine.start(free)
    assert (engine.cluster.asked, free) == ([], {"a"})
    monkeypatch.setattr(errands, "PATIENCE", 0.0)
    engine.start(free)
    assert [worker for _, _, worker in engine.cluster.asked] == ["a"]
    assert free == set()


def test_free_workers_take_what_waits_and_the_rest_waits_in_vain(engine):
    free = {"a", "b"}
    assert engine.start(free, patient=False), "the third finds no worker"
    assert engine.workers() == {"a", "b"}
    assert not free


def test_what_was_made_is_stored_and_the_worker_is_free_again(engine):
    engine.start({"a"}, patient=False)
    done(engine, {"blob": b"bytes", "error": None, "memory": 7})
    assert engine.orders.read(experiment(0).digest, "inside") == Errand("finished", None, b"bytes")
    assert engine.crew.memory == {"a": 7}
    assert engine.workers() == set()


def test_an_exception_is_a_sentence(engine):
    engine.start({"a"}, patient=False)
    done(engine, ZeroDivisionError("by nought"))
    found = engine.orders.read(experiment(0).digest, "inside")
    assert found.error == "It could not be made: ZeroDivisionError: by nought"


def test_a_killed_worker_s_errand_waits_again(engine):
    engine.start({"a"}, patient=False)
    done(engine, KilledWorker("job", None, 0))
    assert engine.orders.read(experiment(0).digest, "inside").status == "queued"


def test_an_errand_of_a_worker_that_is_gone_waits_again(engine):
    engine.start({"a"}, patient=False)
    engine.crew.present = {"b"}
    engine.look()
    assert engine.orders.read(experiment(0).digest, "inside").status == "queued"
    assert engine.cluster.forgotten == [engine.cluster.asked[0][0]]
    assert engine.workers() == set()


def test_what_nobody_wants_any_more_is_told_to_end_once(engine, store):
    engine.start({"a"}, patient=False)
    id = store.summaries("", 1)[0].id
    engine.look()
    assert engine.cluster.told == []
    store.delete(id)
    engine.look()
    engine.look()
    assert engine.cluster.told == [(engine.cluster.asked[0][0], "cancel", "a")]
