"""The crew of workers: none is lost for good."""

import dask.utils
import pytest

from training import crew
from training.cluster import SETTINGS


class Deserted:
    """In place of the cluster: nobody is there until workers are asked for."""

    def __init__(self) -> None:
        self.there: set[str] = set()

    def workers(self) -> set[str]:
        return self.there

    def replenish(self) -> None:
        self.there = {"new"}


def test_a_crew_without_workers_gets_new_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "LOOK", -1.0)
    monkeypatch.setattr(crew, "MISSED", -1.0)
    made = crew.Crew(Deserted())
    made.look()
    made.look()
    assert made.present == {"new"}


def test_a_crew_waits_for_workers_that_are_started_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "LOOK", -1.0)
    made = crew.Crew(Deserted())
    made.look()
    made.look()
    assert made.present == set()


def test_dask_drops_no_worker_that_is_started_anew_twice() -> None:
    """It would, if a look after the first time fell into the second one."""
    kept = dask.utils.parse_timedelta(SETTINGS["distributed.deploy.lost-worker-timeout"])
    assert kept > 365 * 24 * 3600
