"""Errands in the store: made once, tried again after deaths, gone with their run."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from training.orders import DIED, KINDS, MOST_ORDERED, Errand, Orders
from training.progress import Progress
from training.queue import MOST_ATTEMPTS, Queue
from training.schema import Database
from training.spec import Comparison, Experiment
from training.store import Store
from training.subjects import SUBJECTS

SPEC = {
    "dataset": "moons",
    "model": "linear",
    "compile": {"optimizer": "SGD", "loss": "BinaryCrossentropy", "metrics": []},
    "epochs": 3,
    "batch_size": 32,
    "seed": 0,
}


def experiment(seed: int = 0) -> Experiment:
    return Experiment.from_json(SPEC | {"seed": seed})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(Database(f"sqlite:///{tmp_path}/lab.sqlite"))
    yield opened
    opened.database.close()


def trained(store: Store, *seeds: int, **outcome: object) -> str:
    """A comparison of these seeds, trained by nobody; returns its id."""
    id = store.submit(Comparison(tuple(experiment(seed) for seed in seeds or (0,))), "ann")
    queue = Queue(store.database)
    while job := queue.claim("ann"):
        done = {"outcome": "finished"} | outcome
        queue.end({digest: Progress(**done) for digest in job.digests})
    return id


def test_what_was_made_is_kept_and_never_made_again(store):
    trained(store)
    orders = Orders(store.database)
    one = experiment()
    assert orders.read(one.digest, "model") is None
    orders.order(one, "model", "ann")
    orders.order(one, "model", "bob")
    assert orders.read(one.digest, "model") == Errand("queued", None, None)
    order = orders.claim()
    assert (order.digest, order.kind, order.owner) == (one.digest, "model", "ann")
    assert order.subject == one
    assert orders.claim() is None
    assert orders.read(one.digest, "model").status == "running"
    orders.end(one.digest, "model", b"bytes")
    orders.order(one, "model", "bob")
    assert orders.read(one.digest, "model") == Errand("finished", None, b"bytes")
    assert orders.claim() is None


def test_the_longest_waiting_comes_first_whatever_its_kind(store):
    trained(store, 0, 1)
    orders = Orders(store.database)
    wanted = [(experiment(1), "inside"), (experiment(0), "model"), (experiment(1), "tensorboard")]
    for one, kind in wanted:
        orders.order(one, kind, "ann")
    assert orders.waiting() is not None
    claimed = [orders.claim() for _ in wanted]
    assert [(c.subject, c.kind) for c in claimed] == wanted
    assert orders.waiting() is None


def test_a_worker_that_dies_three_times_ends_it_with_a_sentence_and_it_can_be_tried_again(store):
    trained(store)
    orders, one = Orders(store.database), experiment()
    orders.order(one, "model", "ann")
    for _ in range(MOST_ATTEMPTS):
        assert orders.claim().digest == one.digest
        orders.put_back(one.digest, "model")
    assert orders.read(one.digest, "model") == Errand("failed", DIED, None)
    orders.order(one, "model", "ann")
    assert orders.read(one.digest, "model") == Errand("queued", None, None)


def test_a_new_engine_queues_what_the_old_one_left(store):
    trained(store)
    orders, one = Orders(store.database), experiment()
    for kind in KINDS[:2]:
        orders.order(one, kind, "ann")
    orders.end(orders.claim().digest, KINDS[0], b"done")
    orders.claim()
    orders.put_back()
    assert [orders.read(one.digest, kind).status for kind in KINDS[:2]] == ["finished", "queued"]


def test_it_goes_with_its_run_and_a_late_outcome_is_dropped(store):
    id = trained(store)
    orders, one = Orders(store.database), experiment()
    orders.order(one, "model", "ann")
    orders.claim()
    assert orders.wanted([one.digest]) == {one.digest}
    store.delete(id)
    assert orders.wanted([one.digest]) == set()
    orders.end(one.digest, "model", b"bytes")
    assert orders.read(one.digest, "model") is None


@pytest.mark.parametrize(
    ("outcome", "kind", "sentence"),
    [
        ({"outcome": "failed"}, "inside", "not been trained to its end"),
        ({"diverged": 2}, "model", "diverged: its weights are no numbers"),
        ({}, "poem", "must be one of inside, model, tensorboard"),
    ],
)
def test_what_cannot_be_made_is_refused_in_a_sentence(store, outcome, kind, sentence):
    trained(store, **outcome)
    with pytest.raises(ValueError, match=sentence):
        Orders(store.database).order(experiment(), kind, "ann")


def test_a_run_that_is_not_there_is_said_to_be_gone(store):
    with pytest.raises(ValueError, match="not in the store any more"):
        Orders(store.database).order(experiment(), "inside", "ann")


def test_an_owner_who_asks_for_too_much_is_told_so_and_others_are_served(store):
    trained(store, *range(MOST_ORDERED + 1))
    orders = Orders(store.database)
    for seed in range(MOST_ORDERED):
        orders.order(experiment(seed), "inside", "ann")
    with pytest.raises(ValueError, match="still to be made"):
        orders.order(experiment(MOST_ORDERED), "inside", "ann")
    orders.order(experiment(MOST_ORDERED), "inside", "bob")


def test_a_run_that_this_version_cannot_read_fails_alone(store):
    trained(store, 0, 1)
    orders = Orders(store.database)
    for seed in (0, 1):
        orders.order(experiment(seed), "inside", "ann")
    with store.database.write() as connection:
        old = {"spec": "{}", "digest": experiment(0).digest}
        connection.execute(text("update run set spec = :spec where digest = :digest"), old)
    assert orders.claim() is None
    assert "another version" in orders.read(experiment(0).digest, "inside").error
    assert orders.claim().subject == experiment(1)


def test_what_is_of_no_run_comes_back_by_its_kind_and_can_be_withdrawn(store):
    orders = Orders(store.database)
    race = {"formula": "x * x + y", "start": [0, 1], "steps": 3, "optimizers": ["SGD"]}
    looks = {"part": "train", "plane": "paths", "side": 5, "lane": 0, "seed": 0}
    asked = [
        SUBJECTS["demo"].from_json({"name": "metrics_watch", "params": {}}),
        SUBJECTS["race"].from_json(race),
        SUBJECTS["landscape"].from_json({"experiments": [SPEC], **looks}),
    ]
    ids = [orders.demonstrate(subject, "ann") for subject in asked]
    claimed = [orders.claim() for _ in asked]
    assert [(c.digest, c.subject) for c in claimed] == list(zip(ids, asked, strict=True))
    orders.tell({ids[1]: "half way"})
    orders.withdraw(ids[2])
    assert orders.read(ids[1]) == Errand("running", None, None, "half way")
    assert orders.read(ids[2]) is None
    assert orders.wanted(ids) == set(ids[:2])
