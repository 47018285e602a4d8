"""The Lab with a real engine and real training: results, steering, fairness, and deaths."""

import io
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import psutil
import pytest

from training.lab import Lab
from training.queue import Queue
from training.spec import Comparison

ROOT = Path(__file__).parent.parent
WARM = 240  # seconds until workers must have loaded TensorFlow, on a machine with much else to do
SOON = 60  # seconds until a small job must be done
LONG = 5000  # epochs that outlast every test that does not want to wait for them


def experiment(epochs=5, seed=0, optimizer="Adam", loss="BinaryCrossentropy", **changed):
    compiled = {"optimizer": optimizer, "loss": loss, "metrics": ["BinaryAccuracy"]}
    model = {"name": "mlp", "params": {"hidden": [16, 16], "activation": "relu"}}
    made = {"dataset": "moons", "model": model, "compile": compiled, "epochs": epochs}
    return made | {"batch_size": 32, "seed": seed} | changed


def comparison(*experiments):
    return Comparison.from_json(list(experiments))


def wait_for(what: Callable[[], object], seconds: float, now: Callable[[], object] = lambda: ""):
    """The first true value of `what`; fails after `seconds`, showing `now`."""
    deadline = time.monotonic() + seconds
    while not (value := what()):
        assert time.monotonic() < deadline, f"not within {seconds} s: {now()}"
        time.sleep(0.02)
    return value


def ended(lab, id, seconds=SOON):
    return wait_for(
        lambda: (state := lab.state(id)).ended and state, seconds, lambda: lab.state(id)
    )


def has_status(lab, id, status, seconds=SOON):
    return wait_for(
        lambda: (state := lab.state(id)).status == status and state,
        seconds,
        lambda: (lab.state(id), lab.ready()),
    )


def has_rows(lab, id, rows=1, seconds=SOON):
    return wait_for(
        lambda: len(lab.state(id).runs[0].history) >= rows, seconds, lambda: lab.state(id)
    )


def have_done(lab, id, epoch):
    """Waits until every run has done exactly so many epochs."""
    wait_for(
        lambda: {run.epochs_done for run in lab.state(id).runs} == {epoch},
        WARM,
        lambda: lab.state(id),
    )


def warm(lab, workers=2):
    wait_for(lambda: lab.ready().warm == workers, WARM, lab.ready)


def family(process):
    """A process and all that it started."""
    return [process, *process.children(recursive=True)]


def trainers(lab):
    """The processes that train, each in its own child of the engine."""
    engine = psutil.Process(lab.supervisor.process.pid)
    children = engine.children(recursive=True)
    return [child for child in children if "spawn_main" in " ".join(child.cmdline())]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    opened = Lab(f"sqlite:///{tmp_path_factory.mktemp('lab')}/lab.sqlite", workers=2)
    opened.start()
    warm(opened)
    engine = psutil.Process(opened.supervisor.process.pid)
    yield opened
    everybody = family(engine) if engine.is_running() else []
    opened.close()
    _, alive = psutil.wait_procs(everybody, timeout=5)
    assert alive == []


@pytest.fixture
def long_job(lab):
    """Starts a job that outlasts its test, and ends it afterwards."""
    started = []

    def start(owner="ann", seed=0, **changed):
        made = comparison(experiment(LONG, seed, **changed))
        started.append(lab.submit(made, owner))
        return started[-1]

    yield start
    for id in started:
        lab.cancel(id)
    for id in started:
        ended(lab, id)
        lab.delete(id)


def test_an_experiment_is_trained_to_its_end_and_then_never_again(lab):
    made = comparison(experiment(epochs=20))
    state = ended(lab, lab.submit(made, "ann"))
    run = state.runs[0]
    assert state.status == "finished", run.error
    assert run.history.shape == (20, len(run.columns))
    assert run.epochs_done == run.epochs == 20
    assert run.history[-1, 0] < run.history[0, 0]
    assert set(run.finals) == {"train", "validation", "test"}
    assert lab.frame_epochs(run.digest)[-1] == 20

    begun = time.monotonic()
    again = lab.state(lab.submit(made, "bob"))
    assert time.monotonic() - begun < 0.3
    assert again.status == "finished"
    np.testing.assert_array_equal(again.runs[0].history, run.history)
    assert again.runs[0].started == run.started


def test_a_worker_gives_the_numbers_that_a_plain_process_gives(lab):
    made = comparison(*(experiment(seed=seed) for seed in range(3)))
    program = (
        "import json, sys\nfrom training.stack import Stack\n"
        "from training.spec import Comparison\n"
        "made = Comparison.from_json(json.load(sys.stdin)).experiments\n"
        "print(json.dumps([Stack([e]).proofs[0] for e in made]))"
    )
    plain = subprocess.run(
        [sys.executable, "-c", program],
        input=json.dumps(made.to_json()),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    runs = ended(lab, lab.submit(made, "ann")).runs
    assert [dict(run.proof) for run in runs] == json.loads(plain.stdout)


def test_cancel_stops_within_a_second_and_keeps_what_there_is(lab, long_job):
    id = long_job()
    has_rows(lab, id)
    lab.cancel(id)
    has_status(lab, id, "cancelled", seconds=1)
    run = lab.state(id).runs[0]
    assert 0 < len(run.history) == run.epochs_done < LONG
    wait_for(lambda: lab.ready().status == "ready", 1, lab.ready)


def test_a_cancelled_run_is_trained_when_it_is_wanted_again(lab, long_job):
    id = long_job(seed=1)
    has_rows(lab, id)
    lab.cancel(id)
    done = has_status(lab, id, "cancelled").runs[0].epochs_done
    again = long_job(seed=1)
    assert len(lab.state(again).runs[0].history) == done
    has_rows(lab, again, done + 1)


def test_pause_holds_the_curve_and_resume_goes_on(lab, long_job):
    id = long_job(seed=2)
    has_rows(lab, id)
    lab.pause(id)
    held = has_status(lab, id, "paused").runs[0].epochs_done
    other = lab.submit(comparison(experiment(seed=20)), "bob")
    ended(lab, other)
    assert lab.state(id).runs[0].epochs_done == held
    lab.resume(id)
    has_rows(lab, id, held + 1)
    assert lab.state(id).status == "running"


def race(*optimizers, epochs=LONG, seeds=1):
    """A comparison of optimizers."""
    return comparison(*(experiment(epochs, s, o) for o in optimizers for s in range(seeds)))


def test_a_rate_changed_in_mid_run_gives_what_its_spec_gives_from_the_start(lab):
    """To the last bit, and the curve that was there does not go away meanwhile."""
    id = lab.submit(race("Adam", "SGD", epochs=600), "ann")
    before = has_rows(lab, id, 20) and lab.state(id)
    lab.change_rate(id, [before.runs[0].digest], 0.1)
    shown = lab.state(id).runs[0]
    ((epoch, rate),) = shown.experiment.rates
    assert (rate, len(shown.history)) == (0.1, epoch - 1)
    assert epoch > 20
    state = ended(lab, id, WARM)
    assert state.status == "finished"
    run = state.runs[0]
    kept = before.runs[0].history[:20]
    assert (run.columns[-1], run.history[:20, :-1].tolist()) == ("seconds", kept[:, :-1].tolist())
    rates = run.history[:, run.columns.index("learning_rate")]
    assert set(rates[: epoch - 1]) == {np.float32(0.001)}
    assert set(rates[epoch - 1 :]) == {np.float32(0.1)}
    lab.delete(id)
    assert lab.state(id) is None
    again = ended(lab, lab.submit(Comparison((run.experiment,)), "bob"), WARM).runs[0]
    assert again.started > run.started
    np.testing.assert_array_equal(again.history[:, :-1], run.history[:, :-1])
    assert again.finals == run.finals


def test_a_dropped_row_leaves_the_others_training(lab):
    id = lab.submit(race("Adam", "Nadam"), "ann")
    has_rows(lab, id)
    first, second = (run.digest for run in lab.state(id).runs)
    lab.drop(id, [first])
    assert [run.digest for run in lab.state(id).runs] == [second]
    has_rows(lab, id, lab.state(id).runs[0].epochs_done + 1)
    wait_for(lambda: lab.store.runs([first]) == {}, SOON)
    lab.cancel(id)
    ended(lab, id)


def test_one_epoch_at_a_time_from_a_pause(lab, long_job):
    id = long_job(seed=30)
    has_rows(lab, id)
    lab.pause(id)
    held = has_status(lab, id, "paused").runs[0].epochs_done
    for step in (1, 2, 3):
        lab.step(id)
        has_rows(lab, id, held + step)
        assert (run := has_status(lab, id, "paused").runs[0]).epochs_done == held + step
        assert len(run.history) == held + step
    lab.step(id)
    lab.step(id)
    has_rows(lab, id, held + 5)
    other = lab.submit(comparison(experiment(seed=31)), "bob")
    ended(lab, other)
    assert lab.state(id).runs[0].epochs_done == held + 5
    lab.resume(id)
    has_rows(lab, id, held + 6)
    assert lab.state(id).status == "running"


def test_what_never_began_starts_with_one_epoch(lab, long_job):
    blockers = [long_job("carol", seed=seed) for seed in (32, 33)]
    for blocker in blockers:
        has_rows(lab, blocker)
    id = long_job("ann", seed=34)
    lab.pause(id)
    has_status(lab, id, "paused")
    lab.cancel(blockers[0])
    lab.step(id)
    has_rows(lab, id)
    assert has_status(lab, id, "paused").runs[0].epochs_done == 1
    lab.step(id)
    has_rows(lab, id, 2)
    assert has_status(lab, id, "paused").runs[0].epochs_done == 2


def test_steps_of_several_jobs_take_turns_on_the_workers_there_are(lab):
    """Three jobs, two workers: who has done the epoch makes room for who has not."""
    made = comparison(*(experiment(LONG, 35, batch_size=size) for size in (16, 32, 64)))
    id = lab.submit(made, "ann")
    lab.pause(id)
    has_status(lab, id, "paused")
    start = max(run.epochs_done for run in lab.state(id).runs)
    for _ in range(2):
        lab.step(id)
        start += 1
        have_done(lab, id, start)
    lab.cancel(id)
    ended(lab, id)
    lab.delete(id)


def test_paused_jobs_do_not_keep_others_from_training(lab, long_job):
    paused = [long_job(seed=seed) for seed in (3, 4)]
    for id in paused:
        has_rows(lab, id)
        lab.pause(id)
    for id in paused:
        has_status(lab, id, "paused")
    assert ended(lab, lab.submit(comparison(experiment(seed=5)), "bob")).status == "finished"
    assert [lab.state(id).status for id in paused] == ["paused", "paused"]
    lab.resume(paused[0])
    has_status(lab, paused[0], "running")


def test_only_wrong_choices_fail_and_say_what_keras_says(lab):
    model = {"name": "mlp", "params": {"hidden": [8], "output_units": 3}}
    fits, wrong, also = (
        experiment(loss=loss, dataset="diabetes", model=model)
        for loss in ("MeanSquaredError", "BinaryCrossentropy", "Huber")
    )
    for made in (fits, wrong, also):
        made["compile"]["metrics"] = []
    state = ended(lab, lab.submit(comparison(fits, wrong, also), "ann"))
    assert [run.status for run in state.runs] == ["finished", "failed", "finished"]
    culprit = state.runs[1]
    assert culprit.error.startswith("Arguments `target` and `output` must have the same shape.")
    assert culprit.error_type == "ValueError"
    again = lab.state(lab.submit(comparison(wrong), "bob"))
    assert again.runs[0].error == culprit.error, (
        "a wrong choice stays wrong; it is not trained again"
    )


def made(lab, one, kind, seconds=SOON):
    return wait_for(
        lambda: (found := lab.errand(one.digest, kind)) and found.ended and found,
        seconds,
        lambda: (lab.errand(one.digest, kind), lab.ready()),
    )


def under_way(lab, seed):
    """The one experiment of a comparison whose model file is being made."""
    trained = comparison(experiment(800, seed=seed))
    ended(lab, lab.submit(trained, "ann"), WARM)
    (one,) = trained.experiments
    lab.order(one, "model", "ann")
    wait_for(lambda: lab.errand(one.digest, "model").status == "running", WARM, lab.ready)
    return one


def test_a_model_file_is_made_when_somebody_asks_for_it(lab):
    trained = comparison(experiment(seed=30))
    ended(lab, lab.submit(trained, "ann"))
    (one,) = trained.experiments
    assert lab.errand(one.digest, "model") is None
    lab.order(one, "model", "ann")
    found = made(lab, one, "model")
    assert (found.status, found.error) == ("finished", None)
    assert set(zipfile.ZipFile(io.BytesIO(found.blob)).namelist()) >= {"config.json"}


def test_something_ordered_survives_the_death_of_its_worker(lab):
    one = under_way(lab, seed=31)
    for process in trainers(lab):
        process.kill()
    assert made(lab, one, "model", WARM).status == "finished"
    warm(lab)


def test_something_ordered_survives_the_death_of_the_engine(lab):
    one = under_way(lab, seed=32)
    engine = psutil.Process(lab.supervisor.process.pid)
    everybody = family(engine)
    engine.kill()
    psutil.wait_procs(everybody, timeout=10)
    assert made(lab, one, "model", WARM).status == "finished"
    warm(lab)


def test_an_idle_engine_gives_signs_of_life(lab):
    heartbeat = lab.store.engine()["heartbeat"]
    wait_for(lambda: lab.store.engine()["heartbeat"] > heartbeat, 15, lab.ready)


@pytest.mark.parametrize(
    ("age", "pid", "status"),
    [
        (1, 1, "ready"),
        (-1, 1, "ready"),  # the clock of another computer
        (60, os.getpid(), "down"),  # the pid has long been another process's
    ],
)
def test_an_engine_is_alive_as_long_as_it_says_so(tmp_path, age, pid, status):
    lab = Lab(f"sqlite:///{tmp_path}/lab.sqlite")
    said = {"status": "ready", "workers": 2, "warm": 2, "message": "Ready to train.", "pid": pid}
    Queue(lab.store.database).tell(said | {"heartbeat": time.time() - age})
    assert lab.ready().status == status
    lab.close()


def test_two_owners_take_turns(lab, long_job):
    blockers = [long_job("carol", seed) for seed in (6, 7)]
    for id in blockers:
        has_rows(lab, id)
    ann = [lab.submit(comparison(experiment(seed=100 + i)), "ann") for i in range(4)]
    bob = lab.submit(comparison(experiment(seed=200)), "bob")
    lab.cancel(blockers[0])
    started = [ended(lab, id).runs[0].started for id in (*ann, bob)]
    assert started[4] < started[2], "bob, who came last, waits for one or two of ann's four at most"


def test_a_job_survives_the_death_of_its_worker(lab, long_job):
    first = lab.submit(comparison(experiment(500, seed=8)), "ann")
    has_rows(lab, first)
    assert not lab.state(first).ended
    for process in trainers(lab):
        process.kill()
    state = ended(lab, first, WARM)
    assert (state.status, len(state.runs[0].history)) == ("finished", 500)
    warm(lab)


def test_a_job_survives_the_death_of_the_engine(lab):
    id = lab.submit(comparison(experiment(500, seed=9)), "ann")
    has_rows(lab, id)
    assert not lab.state(id).ended
    engine = psutil.Process(lab.supervisor.process.pid)
    everybody = family(engine)
    engine.kill()
    _, alive = psutil.wait_procs(everybody, timeout=10)
    assert alive == [], "workers end with their engine"
    wait_for(lambda: lab.ready().status == "starting", 1, lab.ready)
    state = ended(lab, id, WARM)
    assert (state.status, len(state.runs[0].history)) == ("finished", 500)
    warm(lab)


SERVER = """
import signal, sys, threading
from training.lab import Lab
from training.queue import Queue
lab = Lab(sys.argv[1], workers=1)
lab.start()
print("started", flush=True)
threading.Event().wait()
"""


@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_server_that_is_stopped_leaves_no_process(tmp_path, blow):
    server = subprocess.Popen(
        [sys.executable, "-c", SERVER, f"sqlite:///{tmp_path}/lab.sqlite"],
        cwd=ROOT,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        stderr=subprocess.DEVNULL,
    )
    process = psutil.Process(server.pid)
    # the server, the engine, Dask's two and the worker
    wait_for(lambda: len(family(process)) >= 4, WARM, lambda: family(process))
    everybody = family(process)
    server.send_signal(blow)
    server.wait(10)
    _, alive = psutil.wait_procs(everybody[1:], timeout=10)
    assert alive == []
