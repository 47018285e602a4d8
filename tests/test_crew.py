"""The crew of workers: none is lost for good."""

import dask.utils
import pytest

from training import crew
from training.cluster import SETTINGS, _local


class Decimated:
    """In place of the cluster: of two workers one is there until the other is asked for."""

    size = 2

    def __init__(self) -> None:
        self.there = {"old"}

    def workers(self) -> set[str]:
        return self.there

    def replenish(self) -> None:
        self.there = {"old", "new"}


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> crew.Crew:
    monkeypatch.setattr(crew, "LOOK", -1.0)
    return crew.Crew(Decimated())


def test_a_missing_worker_is_asked_for(made: crew.Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "MISSED", -1.0)
    made.look()
    made.look()
    assert made.present == {"old", "new"}


def test_a_worker_that_is_started_anew_is_waited_for(made: crew.Crew) -> None:
    made.look()
    made.look()
    assert made.present == {"old"}


def test_dask_does_not_drop_workers_that_are_started_anew_twice() -> None:
    """It would, if its look after the first time fell into the second one."""
    kept = dask.utils.parse_timedelta(SETTINGS["distributed.deploy.lost-worker-timeout"])
    assert kept > 60


@pytest.mark.live
def test_scaling_brings_back_a_worker_that_was_dropped() -> None:
    """What `replenish` relies on."""
    with _local() as cluster:
        cluster.scale(1)
        cluster.sync(cluster._correct_state)
        cluster.sync(cluster.workers.pop(0).close)
        assert not cluster.workers
        cluster.scale(1)
        cluster.sync(cluster._correct_state)
        assert set(cluster.workers) == {0}
