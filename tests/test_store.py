"""The store keeps what was finished, whatever happens to the disk, the file or the process."""

import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import event, text

from training.memory import Memory
from training.orders import Orders
from training.progress import Progress, packed
from training.queue import GIVEN_UP, MOST_ATTEMPTS, Queue, lock
from training.schema import VERSION, Database, StoreError
from training.spec import Comparison
from training.store import Store
from training.submission import MOST_WAITING

WIDTH = 11  # columns of the history of SPEC: loss, one metric, both validated, plan.EXTRA
SPEC = {
    "dataset": "moons",
    "model": {"name": "mlp", "params": {"hidden": [4]}},
    "compile": {
        "optimizer": {"name": "SGD", "params": {"learning_rate": 0.1}},
        "loss": "BinaryCrossentropy",
        "metrics": ["BinaryAccuracy"],
    },
    "epochs": 3,
    "batch_size": 32,
    "seed": 0,
}


def comparison(*seeds, **changed):
    return Comparison.from_json([SPEC | {"seed": seed} | changed for seed in seeds or (0,)])


def finished(epochs=3, **changed):
    rows = np.arange(epochs * WIDTH, dtype=np.float32).reshape(epochs, WIDTH)
    frames = {0: packed(np.full((5, 1), 0.5, np.float16))}
    given = {"rows": rows, "frames": frames, "outcome": "finished"} | changed
    return Progress(**given)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "lab.sqlite"


@pytest.fixture
def url(path):
    return f"sqlite:///{path}"


@pytest.fixture
def store(url):
    opened = Store(Database(url))
    yield opened
    opened.database.close()


def train(store, owner="ann", **changed):
    """Do what an engine would, without training."""
    queue = Queue(store.database)
    job = queue.claim(owner)
    queue.end({digest: finished(**changed) for digest in job.digests})
    return job


def test_the_same_once_more_while_it_goes_is_no_second_wish(store: Store) -> None:
    """Two clicks on Train must not leave a comparison behind that keeps all going after Stop."""
    plan = {"rows": [1]}
    id = store.submit(comparison(0, 1), "ann", plan=plan)
    store.want(id, "pause")
    assert store.submit(comparison(0, 1), "ann", plan=plan) == id
    assert Memory(store).state(id).status == "queued", "it stayed paused"
    assert store.submit(comparison(1, 0), "ann", plan=plan) != id
    assert store.submit(comparison(0, 1), "ann") != id
    assert store.submit(comparison(0, 1), "bob", plan=plan) != id
    store.want(id, "cancel")
    assert store.submit(comparison(0, 1), "ann", plan=plan) != id


def test_what_was_finished_is_read_back_exactly(store):
    id = store.submit(comparison(), "ann")
    told = {"finals": {"test": {"loss": 0.5}}, "dead": {"hidden layer 1": 0.25}}
    digest = train(store, **told, proof={"data": "abc"}).digests[0]
    run = Memory(store).state(id).runs[0]
    assert run.status == "finished"
    assert run.history.tolist() == finished().rows.tolist()
    assert run.finals == {"test": {"loss": 0.5}}
    assert run.dead == {"hidden layer 1": 0.25}
    assert run.proof == {"data": "abc"}
    assert store.frame_epochs(digest) == [0]
    assert store.frames(digest)[0].tolist() == [[0.5]] * 5
    assert store.frames(digest, [1]) == {}


def test_a_finished_run_is_shared_and_outlives_one_of_its_comparisons(store):
    first = store.submit(comparison(0), "ann")
    train(store)
    second = store.submit(comparison(0, 1), "bob")
    memory = Memory(store)
    assert [run.status for run in memory.state(second).runs] == ["finished", "queued"]
    store.delete(first)
    assert memory.state(first) is None
    assert store.version(first) is None
    assert len(memory.state(second).runs[0].history) == 3
    digest = memory.state(second).runs[0].digest
    store.delete(second)
    assert store.frame_epochs(digest) == []
    assert store.runs([digest]) == {}


def test_cancelling_leaves_runs_that_another_comparison_wants(store):
    memory = Memory(store)
    ann = store.submit(comparison(0, 1), "ann")
    bob = store.submit(comparison(1), "bob")
    store.want(ann, "cancel")
    assert [run.status for run in memory.state(ann).runs] == ["cancelled", "queued"]
    store.want(bob, "pause")
    assert memory.state(bob).status == "paused"
    again = store.submit(comparison(0), "ann")
    assert memory.state(again).status == "queued"
    assert memory.state(bob).status == "paused"
    store.want(bob, "run")
    assert memory.state(bob).status == "queued"


@pytest.mark.parametrize(
    ("outcome", "again"),
    [("finished", "finished"), ("failed", "failed"), ("interrupted", "queued")],
)
def test_submitted_again_only_what_was_not_decided_is_trained_again(store, outcome, again):
    store.submit(comparison(), "ann")
    train(store, outcome=outcome, error="Why.", error_type="ValueError")
    run = Memory(store).state(store.submit(comparison(), "ann")).runs[0]
    assert run.status == again
    assert run.error == (None if again == "queued" else "Why.")


def test_a_diverged_run_says_when(store):
    id = store.submit(comparison(), "ann")
    train(store, diverged=2)
    run = Memory(store).state(id).runs[0]
    assert (run.status, run.diverged) == ("diverged", 2)


def test_memory_is_bounded_and_forgets_what_was_not_asked_for_the_longest(store):
    ids = [store.submit(comparison(seed), "ann") for seed in range(3)]
    for _ in ids:
        train(store)
    memory = Memory(store)
    memory.state(ids[0])
    memory = Memory(store, room=2 * memory.bytes)
    first, second = (memory.state(id) for id in ids[:2])
    assert memory.state(ids[0]) is first
    memory.state(ids[2])
    assert memory.state(ids[0]) is first
    assert memory.state(ids[1]) is not second
    assert memory.bytes <= memory.room


def test_memory_reads_again_only_the_runs_that_changed(store):
    id = store.submit(comparison(0, 1), "ann")
    queue, memory = Queue(store.database), Memory(store)
    first, second = queue.claim("ann").digests
    queue.end({first: finished()})
    before = memory.state(id)
    queue.progress({second: finished(2)})
    after = memory.state(id)
    assert [len(run.history) for run in after.runs] == [3, 2]
    assert after.runs[0] is before.runs[0]
    store.delete(id)
    assert memory.state(id) is None
    assert memory.bytes == 0


def test_the_queue_of_an_owner_is_bounded(store):
    for start in range(0, MOST_WAITING, 300):
        store.submit(comparison(*range(start, start + 300)), "ann")
    with pytest.raises(ValueError, match=f"over the limit of {MOST_WAITING}; wait"):
        store.submit(comparison(MOST_WAITING), "ann")
    assert store.submit(comparison(0, 1, 2), "ann")
    assert store.submit(comparison(MOST_WAITING), "bob")


def test_queue_positions_let_owners_take_turns(store):
    ids = [store.submit(comparison(i), "ann") for i in range(3)]
    ids.append(store.submit(comparison(3), "bob"))
    memory = Memory(store)
    assert [memory.state(id).runs[0].queue_position for id in ids] == [1, 3, 4, 2]
    assert Queue(store.database).claim("ann") is not None
    assert [memory.state(id).runs[0].queue_position for id in ids] == [None, 2, 3, 1]


def test_history_finds_comparisons_by_what_differs_in_them(store):
    adam = {"optimizer": "Adam", "loss": "BinaryCrossentropy", "metrics": []}
    both = [SPEC, SPEC | {"compile": adam}]
    store.submit(comparison(0, 1), "ann", "Two seeds")
    id = store.submit(Comparison.from_json(both), "bob")
    found = store.summaries("adam moons", 10)
    assert [summary.id for summary in found] == [id]
    assert found[0].differs.startswith("optimizer: SGD(learning_rate=0.1), Adam")
    assert [s.title for s in store.summaries("", 10)][1] == "Two seeds"
    assert found[0].differs != store.summaries("", 10)[1].differs == "2 seeds"
    assert store.summaries("100%", 10) == []


def test_the_next_engine_mends_what_a_dead_one_left_until_it_gives_up(store, url):
    id = store.submit(comparison(), "ann")
    queue, memory = Queue(store.database), Memory(store)
    for _ in range(MOST_ATTEMPTS - 1):
        assert queue.claim("ann") is not None
        queue.repair()
        assert memory.state(id).status == "queued"
    assert queue.claim("ann") is not None
    queue.repair()
    run = memory.state(id).runs[0]
    assert (run.status, run.error) == ("interrupted", GIVEN_UP.format(MOST_ATTEMPTS))


def test_a_second_engine_waits_for_the_first(url, store):
    first = lock(store.database)
    assert first is not None
    assert lock(Database(url)) is None
    first.close()
    assert lock(Database(url)) is not None


ENDLESS = """
import itertools, sys
sys.path.insert(0, {tests!r})
from test_store import *
store = Store(Database({url!r}))
for seed in itertools.count():
    store.submit(comparison(seed), "ann")
    queue = Queue(store.database)
    job = queue.claim("ann")
    for epochs in (1, 2):
        queue.progress({{job.digests[0]: finished(epochs)}})
    queue.end({{job.digests[0]: finished()}})
    print(job.digests[0], flush=True)
"""


def test_nothing_finished_is_lost_when_the_writer_is_killed(url, store):
    program = ENDLESS.format(tests=str(Path(__file__).parent), url=url)
    root = Path(__file__).parent.parent
    writer = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, cwd=root
    )
    reported = [writer.stdout.readline().strip() for _ in range(20)]
    writer.send_signal(signal.SIGKILL)
    reported += writer.stdout.read().split()
    writer.wait()
    rows = store.runs(reported)
    assert len(set(reported)) == len(reported) >= 20
    assert {rows[digest].status for digest in reported} == {"finished"}
    assert {rows[digest].history for digest in reported} == {finished().rows.tobytes()}
    Queue(store.database).repair()
    with store.database.read() as connection:
        assert connection.scalar(text("pragma integrity_check")) == "ok"
    assert store.submit(comparison(10_000), "ann")


def test_a_read_only_store_shows_its_results_and_says_why_it_takes_no_more(store, path):
    id = store.submit(comparison(), "ann")
    train(store)
    locked = Store(Database(f"sqlite:///file:{path}?mode=ro&uri=true"))
    assert Memory(locked).state(id).status == "finished"
    with pytest.raises(StoreError, match="read-only, so nothing can be saved"):
        locked.submit(comparison(1), "ann")
    with pytest.raises(StoreError, match="read-only"):
        locked.delete(id)


def test_a_full_disk_is_said_and_loses_nothing(store):
    id = store.submit(comparison(), "ann")
    train(store)

    @event.listens_for(store.database.engine, "begin")
    def fill(connection):
        connection.exec_driver_sql("pragma max_page_count = 1")

    with pytest.raises(StoreError, match="no room left"):
        store.submit(comparison(*range(1, 300)), "ann")
    event.remove(store.database.engine, "begin", fill)
    with store.database.read() as connection:
        connection.exec_driver_sql("pragma max_page_count = 1000000")
    assert Memory(store).state(id).status == "finished"
    assert [summary.id for summary in store.summaries("", 10)] == [id]
    assert store.submit(comparison(*range(1, 300)), "ann")


def test_the_losses_of_a_comparison_are_known_each_once(store):
    hinge = {"optimizer": "Adam", "loss": "Hinge", "metrics": []}
    store.submit(Comparison.from_json([SPEC, SPEC | {"seed": 1}, SPEC | {"compile": hinge}]), "ann")
    assert store.summaries("", 10)[0].losses == ("BinaryCrossentropy", "Hinge")


def test_what_a_comparison_was_set_up_from_comes_back(store):
    plan = {"rows": [{"label": "Plain"}], "seeds": 2}
    planned, bare = store.submit(comparison(), "ann", plan=plan), store.submit(comparison(), "ann")
    memory = Memory(store)
    assert (memory.state(planned).plan, memory.state(bare).plan) == (plan, None)


def test_an_older_store_is_brought_up_to_date_with_its_results(url, store):
    id = store.submit(comparison(), "ann")
    train(store)
    other = store.submit(comparison(1), "ann")
    with store.database.write() as connection:
        for name in ("member_digest", "run_status", "comparison_created"):
            connection.execute(text(f"drop index {name}"))
        connection.execute(text("alter table comparison drop column losses"))
        connection.execute(text("alter table comparison drop column plan"))
        narrow = finished().rows[:, :-3].tobytes()
        connection.execute(text("update run set history = :h where rows > 0"), {"h": narrow})
        connection.execute(text("drop table errand"))
        connection.execute(text("update meta set value = '1' where key = 'schema'"))
    store.database.close()
    migrated = Store(Database(url))
    memory = Memory(migrated)
    trained, waiting = memory.state(id).runs[0], memory.state(other).runs[0]
    assert (trained.status, waiting.status) == ("finished", "queued")
    assert trained.history[:, :-3].tolist() == finished().rows[:, :-3].tolist()
    assert trained.columns[-3:] == ("penalty", "val_penalty", "seconds")
    assert np.isnan(trained.history[:, -3:]).all()
    assert len(waiting.history) == 0
    assert migrated.summaries("", 10)[0].losses == ("BinaryCrossentropy",)
    assert Orders(migrated.database).waiting() is None
    with migrated.database.read() as connection:
        version = connection.scalar(text("select value from meta where key = 'schema'"))
        indexes = connection.scalars(text("select name from sqlite_master where type = 'index'"))
        assert {"member_digest", "run_status", "comparison_created"} <= set(indexes)
    assert int(version) == VERSION


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (str(VERSION + 1), "written by a newer Compile Lab"),
        ("0", "does not know"),
        ("x", "not know"),
    ],
)
def test_a_store_of_an_unknown_version_is_left_alone(url, store, value, sentence):
    with store.database.write() as connection:
        connection.execute(text("update meta set value = :v where key = 'schema'"), {"v": value})
    with pytest.raises(StoreError, match=sentence):
        Database(url)


def test_a_file_that_is_no_store_is_said_to_be_none(path, url):
    path.write_text("a letter, not a database " * 100)
    with pytest.raises(StoreError, match="not a Compile Lab store"):
        Database(url)
    assert path.read_text().startswith("a letter")


def test_another_programs_database_is_left_alone(url):
    other = sqlite3.connect(url.removeprefix("sqlite:///"))
    other.execute("create table recipes (name text)")
    other.close()
    with pytest.raises(StoreError, match="not one of Compile Lab"):
        Database(url)


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(StoreError, match=r"cannot be opened; check that .*nowhere"):
        Database(f"sqlite:///{tmp_path}/nowhere/lab.sqlite")
