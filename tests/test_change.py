"""Changing a comparison in mid-run, as the store keeps it: another rate, a row less, one epoch."""

import numpy as np
import pytest
from test_store import SPEC, comparison, finished

from training import change
from training.design import Design
from training.headless import train
from training.memory import Memory
from training.mid_run import scheduled, with_changes
from training.progress import Progress, packed
from training.queue import Queue
from training.schema import Database
from training.spec import Comparison, Experiment
from training.store import Store

EPOCHS = 30


@pytest.fixture
def store(tmp_path):
    opened = Store(Database(f"sqlite:///{tmp_path}/lab.sqlite"))
    yield opened
    opened.database.close()


@pytest.fixture
def memory(store):
    return Memory(store)


@pytest.fixture
def queue(store):
    return Queue(store.database)


def race(seeds=2):
    """SGD and Adam with some seeds each."""
    adam = {"optimizer": "Adam", "loss": "BinaryCrossentropy", "metrics": ["BinaryAccuracy"]}
    rows = [SPEC, SPEC | {"compile": adam}]
    specs = [row | {"epochs": EPOCHS, "seed": seed} for row in rows for seed in range(seeds)]
    return Comparison.from_json(specs)


def digests(memory, id):
    return [run.digest for run in memory.state(id).runs]


def begun(store, queue, *epochs):
    """A comparison whose runs a job trains, and how many epochs each of them has done."""
    id = store.submit(race(len(epochs) // 2), "ann")
    job = queue.claim("ann")
    queue.progress({d: some(n) for d, n in zip(job.digests, epochs, strict=True)})
    return id


def some(epochs):
    """Progress with a frame of each of the epochs."""
    made = finished(epochs, outcome=None, proof={"data": "abc"})
    made.frames = {e: packed(finished(1).rows) for e in range(epochs + 1)}
    return made


def test_a_row_is_changed_from_the_first_epoch_that_none_of_its_seeds_has_done(
    store, memory, queue
):
    id = begun(store, queue, 9, 9, 7, 8)
    before = memory.state(id).runs
    change.change_rate(store.database, id, [run.digest for run in before[2:]], 0.5)
    after = memory.state(id).runs
    assert [run.digest for run in after[:2]] == [run.digest for run in before[:2]]
    assert [run.experiment.rates for run in after] == [(), (), ((9, 0.5),), ((9, 0.5),)]
    assert [run.experiment.unchanged for run in after] == [run.experiment for run in before]
    assert [run.status for run in after] == ["running", "running", "queued", "queued"]


def test_what_was_shown_is_shown_on_while_the_changed_run_is_trained(store, memory, queue):
    id = begun(store, queue, 9, 7)
    old = memory.state(id).runs[1]
    change.change_rate(store.database, id, [old.digest], 0.5, 5)
    new = memory.state(id).runs[1]
    assert new.history.tolist() == old.history[:4].tolist()
    assert (new.epochs_done, new.proof) == (4, {"data": "abc"})
    assert store.frame_epochs(new.digest) == [0, 1, 2, 3, 4]
    job = queue.claim("ann")
    assert job.digests == (new.digest,)
    queue.progress({new.digest: some(2)})
    assert len(memory.state(id).runs[1].history) == 4
    queue.progress({new.digest: some(6)})
    assert len(memory.state(id).runs[1].history) == 6


def test_the_run_before_the_change_is_let_go_of(store, memory, queue):
    id = begun(store, queue, 9, 7)
    old = digests(memory, id)[1]
    change.change_rate(store.database, id, [old], 0.5)
    assert queue.wishes([old]) == {old: "cancel"}
    queue.end({old: Progress(outcome="cancelled")})
    assert store.runs([old]) == {}
    assert store.frame_epochs(old) == []


def test_another_comparison_keeps_the_run_as_it_was(store, memory, queue):
    id = begun(store, queue, 9, 7)
    other = store.submit(race(1), "bob")
    old = digests(memory, id)[1]
    change.change_rate(store.database, id, [old], 0.5)
    change.drop(store.database, id, digests(memory, id)[:1])
    assert [run.status for run in memory.state(other).runs] == ["running", "running"]
    assert queue.wishes([old]) == {old: "run"}


def test_a_change_that_was_made_before_is_shown_at_once(store, memory, queue):
    id = begun(store, queue, 9, 7)
    change.change_rate(store.database, id, digests(memory, id)[1:], 0.5, 5)
    job = queue.claim("ann")
    queue.end({job.digests[0]: finished(EPOCHS)})
    again = store.submit(race(1), "bob")
    change.change_rate(store.database, again, digests(memory, again)[1:], 0.5, 5)
    run = memory.state(again).runs[1]
    assert (run.status, len(run.history)) == ("finished", EPOCHS)


def test_a_second_change_keeps_the_first_and_forgets_later_ones(store, memory, queue):
    id = begun(store, queue, 9, 7)
    for epoch, rate in ((5, 0.5), (9, 0.25), (20, 0.1), (9, 0.3)):
        change.change_rate(store.database, id, digests(memory, id)[1:], rate, epoch)
    assert memory.state(id).runs[1].experiment.rates == ((5, 0.5), (9, 0.3))


def test_a_paused_comparison_stays_paused(store, memory, queue):
    id = begun(store, queue, 9, 7)
    store.want(id, "pause")
    queue.show(digests(memory, id), "paused")
    change.change_rate(store.database, id, digests(memory, id)[1:], 0.5)
    assert memory.state(id).status == "paused"
    assert queue.owners() == []
    store.want(id, "run")
    assert memory.state(id).runs[1].status == "queued"


def test_a_comparison_that_goes_by_steps_waits_for_the_next_one(store, memory, queue):
    id = begun(store, queue, 9, 7)
    store.want(id, "pause")
    store.step(id)
    own = digests(memory, id)
    queue.progress({digest: some(10) for digest in own})
    queue.show(own, "paused")
    change.change_rate(store.database, id, own[1:], 0.5)
    assert memory.state(id).status == "paused"
    store.step(id)
    assert [run.status for run in memory.state(id).runs] == ["paused", "queued"]
    assert set(queue.wishes(digests(memory, id)).values()) == {"to 11"}


def test_what_has_ended_is_changed_from_an_epoch_that_is_said(store, memory, queue):
    id = store.submit(race(1), "ann")
    job = queue.claim("ann")
    queue.end({digest: finished(EPOCHS) for digest in job.digests})
    last = digests(memory, id)[1:]
    with pytest.raises(ValueError, match="has ended; say from which epoch, 2 to 30, its"):
        change.change_rate(store.database, id, last, 0.5)
    change.change_rate(store.database, id, last, 0.5, 20)
    state = memory.state(id)
    assert [run.status for run in state.runs] == ["finished", "queued"]
    assert len(state.runs[1].history) == 19


def test_a_stopped_comparison_trains_the_changed_row_and_no_other(store, memory, queue):
    id = begun(store, queue, 9, 7)
    store.want(id, "cancel")
    with pytest.raises(ValueError, match="just being stopped"):
        change.change_rate(store.database, id, digests(memory, id)[1:], 0.5, 5)
    queue.end({digest: Progress(outcome="cancelled") for digest in digests(memory, id)})
    change.change_rate(store.database, id, digests(memory, id)[1:], 0.5, 5)
    assert [run.status for run in memory.state(id).runs] == ["cancelled", "queued"]
    assert queue.claim("ann").digests == (digests(memory, id)[1],)


@pytest.mark.parametrize(
    ("rate", "epoch", "words"),
    [
        (1e30, None, "The learning rate: 1e\\+30 is too large; give one from 1e-09 to 1000."),
        (0.5, 1, "The epoch: 1 is too small; give one from 2 to 30."),
        (0.5, 31, "The epoch: 31 is too large"),
        (0.001, None, "Nothing would change: 0.001 is the learning rate of epoch 8 already"),
    ],
)
def test_a_change_that_cannot_be_is_refused_and_nothing_happens(
    store, memory, queue, rate, epoch, words
):
    id = begun(store, queue, 9, 7)
    before = memory.state(id)
    with pytest.raises(ValueError, match=words):
        change.change_rate(store.database, id, digests(memory, id)[1:], rate, epoch)
    assert memory.state(id) is before


def test_a_row_that_somebody_else_changed_meanwhile_is_said_to_be_gone(store, memory, queue):
    id = begun(store, queue, 9, 7)
    seen = digests(memory, id)
    change.change_rate(store.database, id, seen[1:], 0.5)
    with pytest.raises(ValueError, match="changed or dropped meanwhile"):
        change.change_rate(store.database, id, seen[1:], 0.1)
    with pytest.raises(ValueError, match="changed or dropped meanwhile"):
        change.drop(store.database, id, seen[1:])
    store.delete(id)
    with pytest.raises(ValueError, match="it was deleted"):
        change.drop(store.database, id, seen[:1])


def test_history_says_what_was_changed_and_finds_it(store, memory, queue):
    id = begun(store, queue, 9, 7)
    change.change_rate(store.database, id, digests(memory, id)[1:], 0.5)
    (found,) = store.summaries("0.5 epoch 8", 10)
    assert found.differs == "optimizer: SGD(learning_rate=0.1), Adam; lr 0.5 from epoch 8"
    assert found.title == f"moons, {found.differs}"
    named = store.submit(race(1), "ann", "Mine")
    change.drop(store.database, named, digests(memory, named)[1:])
    assert store.summaries("Mine", 10)[0].differs == ""


def test_a_dropped_row_is_gone_and_the_last_one_stays(store, memory, queue):
    id = begun(store, queue, 9, 9, 7, 8)
    sgd, adam = digests(memory, id)[:2], digests(memory, id)[2:]
    change.drop(store.database, id, sgd)
    assert digests(memory, id) == adam
    queue.end({digest: Progress(outcome="cancelled") for digest in sgd})
    assert store.runs(sgd) == {}
    with pytest.raises(ValueError, match="one has to stay"):
        change.drop(store.database, id, adam)
    assert digests(memory, id) == adam


def test_a_dropped_row_is_gone_from_the_set_up_too(store, memory):
    """What a link of the comparison sets up is what it shows."""
    rows = [{"optimizer": name, "label": name} for name in ("SGD", "Adam", "Lion")]
    made = Design.from_json({"base": SPEC, "rows": rows, "seeds": 2})
    id = store.submit(made.comparison, "ann", plan=made.to_json())
    change.drop(store.database, id, digests(memory, id)[2:4])
    state = memory.state(id)
    left = Design.from_json(state.plan)
    assert [row.label for row in left.rows] == ["SGD", "Lion"]
    assert list(left.comparison.experiments) == [run.experiment for run in state.runs]
    change.drop(store.database, id, digests(memory, id)[:2])
    assert memory.state(id).plan is None, "a single row is no design"


def test_a_step_is_wanted_up_to_the_next_epoch_and_every_step_counts(store, memory, queue):
    id = begun(store, queue, 9, 7)
    own = digests(memory, id)
    store.step(id)
    assert set(queue.wishes(own).values()) == {"run"}, "only a paused comparison goes by steps"
    store.want(id, "pause")
    store.step(id)
    assert set(queue.wishes(own).values()) == {"to 10"}
    store.step(id)
    assert set(queue.wishes(own).values()) == {"to 11"}
    store.want(id, "run")
    assert set(queue.wishes(own).values()) == {"run"}
    store.want(id, "cancel")
    store.step(id)
    assert set(queue.wishes(own).values()) == {"cancel"}


def test_a_step_starts_what_waits_and_it_pauses_again_by_itself(store, memory, queue):
    id = store.submit(race(1), "ann")
    store.want(id, "pause")
    assert queue.claim("ann") is None
    store.step(id)
    assert memory.state(id).status == "queued"
    job = queue.claim("ann")
    assert set(queue.wishes(job.digests).values()) == {"to 1"}
    # the worker is taken away, for somebody else
    queue.end({d: finished(1, outcome="cancelled") for d in job.digests})
    assert memory.state(id).status == "paused"
    store.step(id)
    assert memory.state(id).status == "queued"


def test_who_wants_a_run_to_go_on_outweighs_who_goes_by_steps(store, memory, queue):
    ann = begun(store, queue, 9, 7)
    store.want(ann, "pause")
    bob = store.submit(race(1), "bob")
    store.step(ann)
    own = digests(memory, ann)
    assert set(queue.wishes(own).values()) == {"run"}
    store.want(bob, "pause")
    assert set(queue.wishes(own).values()) == {"to 10"}
    store.want(ann, "cancel")
    assert set(queue.wishes(own).values()) == {"pause"}


def test_a_changed_run_is_the_one_that_its_spec_describes(store, memory, queue):
    id = begun(store, queue, 9, 7)
    change.change_rate(store.database, id, digests(memory, id)[1:], 0.5)
    run = memory.state(id).runs[1]
    again = Experiment.from_json(run.experiment.to_json())
    assert again.digest == run.digest
    assert comparison(0).experiments[0].digest != run.digest


RATES = [[2, 0.3], [4, 0.01]]


def test_a_schedule_trains_what_changes_in_mid_run_do():
    changed = Experiment.from_json(SPEC | {"epochs": 5, "rates": RATES})
    (schedule,) = (scheduled(changed).compile.optimizer.full("optimizer")["learning_rate"],)
    assert schedule.name == "PiecewiseConstantDecay"
    one, other = train([changed, scheduled(changed)])
    assert scheduled(changed).rates == ()
    loss = changed.columns.index("loss")
    np.testing.assert_allclose(one.rows[:, loss], other.rows[:, loss], rtol=1e-5)


def test_a_set_up_has_the_changes_of_its_rows_and_says_which_it_cannot_have():
    rows = [{"optimizer": name} for name in ("SGD", "Adam", "Lion")]
    design = Design.from_json({"base": SPEC | {"epochs": 9}, "rows": rows, "seeds": 2})
    shown = [
        Experiment.from_json(e.to_json() | ({"rates": RATES} if 2 <= i < 4 else {}))
        for i, e in enumerate(design.comparison.experiments)
    ]
    made, lacking = with_changes(design, shown)
    assert lacking == []
    assert [row.label for row in made.rows] == [
        "",
        "Adam, lr 0.3 from epoch 2, 0.01 from epoch 4",
        "",
    ]
    assert list(made.comparison.experiments) == [scheduled(e) for e in shown]
    several = Design.of(design.base, design.rows, 2, datasets=[shown[0].dataset.__class__("xor")])
    assert with_changes(several, shown)[1] == ["Adam, lr 0.3 from epoch 2, 0.01 from epoch 4"]
    assert with_changes(several, shown)[0] == several
