"""Each rule on runs made to show it, trained by the engine, and whether its remedy helps."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from visits import spec

from training.diagnosis import Finding, Remedy, diagnose, rivals
from training.headless import train
from training.plan import EXTRA
from training.progress import Progress
from training.spec import Experiment
from training.states import RunState

TANH = {"hidden": [16, 16], "activation": "tanh"}
WIDE = {"hidden": [64, 64], "activation": "relu"}


def one(optimizer: str = "Adam", rate: float = 0.01, net: Any = None, **changed: Any) -> Experiment:
    """An experiment on moons with 60 epochs, unless told otherwise."""
    model = net if net and "name" in net else {"name": "mlp", "params": net or TANH}
    compiled = {"optimizer": {"name": optimizer, "params": {"learning_rate": rate}}}
    return Experiment.from_json(spec(model=model, **compiled, **({"epochs": 60} | changed)))


def state(e: Experiment, run: Progress) -> RunState:
    """What a page sees of a run that the engine has trained."""
    return RunState(
        experiment=e,
        digest=e.digest,
        status="diverged" if run.diverged else "finished",
        epochs_done=run.epochs,
        history=run.rows if run.rows is not None else np.empty((0, len(e.columns) + len(EXTRA))),
        columns=(*e.columns, *EXTRA),
        diverged=run.diverged,
        error=run.error,
        error_type=run.error_type,
        finals=run.finals,
        proof=run.proof,
        started=1.0,
        finished=2.0,
        queue_position=None,
        dead=run.dead,
    )


def trained(experiments: Sequence[Experiment]) -> list[RunState]:
    """The experiments after training, in their order."""
    return [state(e, run) for e, run in zip(experiments, train(experiments), strict=True)]


SINE = {"dataset": "sine", "loss": "MeanSquaredError", "metrics": []}
DIABETES = {**SINE, "dataset": "diabetes"}
BLANK = {**TANH, "initializer": "zeros"}
SIGMOIDS = {"hidden": [16] * 5, "activation": "sigmoid"}
RELU = {**TANH, "activation": "relu"}
BALANCED = {"class_weight": [0.5263, 10.0]}

# name: what is trained, what is found, what is tried, words of sentence and evidence
CASES: dict[str, tuple[Experiment, str, Remedy, list[str]]] = {
    "not a number": (
        one("SGD", 1.0, **SINE),
        "diverged",
        Remedy("learning_rate", 0.1),
        ["learning rate is too high", "stopped being a number at epoch 1."],
    ),
    "exploded": (
        one("SGD", 100.0),
        "diverged",
        Remedy("learning_rate", 10.0),
        ["more than ten times the 0.693 of a guess"],
    ),
    "jumps": (
        one("Adam", 1.0),
        "oscillating",
        Remedy("learning_rate", 0.3),
        ["learning rate is too high", "turned round"],
    ),
    "jumps above a guess": (
        one("Adam", 1.0, dataset="circles"),
        "oscillating",
        Remedy("learning_rate", 0.1),
        ["from one epoch to the next"],
    ),
    "dead": (
        one("SGD", 10.0, RELU),
        "dead",
        Remedy("learning_rate", 1.0),
        ["of hidden layer 1, ", "of hidden layer 2", "0 for every training row"],
    ),
    "dead from the start": (
        one("SGD", 0.1, {**RELU, "initializer": "zeros"}),
        "dead",
        Remedy("initializer", "he_normal"),
        ["100% of a layer", "100% of hidden layer 1, 100% of hidden layer 2"],
    ),
    "blank weights": (
        one("SGD", 0.1, BLANK),
        "stuck",
        Remedy("initializer", "glorot_uniform"),
        ["ended at 0.693; always giving the shares of the classes costs 0.693", "has 50.0%"],
    ),
    "blank weights, weighted rows": (
        one("SGD", 0.1, BLANK, dataset="imbalanced", fit=BALANCED),
        "stuck",
        Remedy("initializer", "glorot_uniform"),
        ["always giving the shares of the classes, as rows count, costs 0.693."],
    ),
    "small steps": (
        one("SGD", 1e-4, dataset="circles"),
        "stuck",
        Remedy("learning_rate", 0.001),
        ["always naming the most frequent class"],
    ),
    "heavy penalty": (
        one("Adam", 0.01, {**TANH, "l2": 1.0}),
        "stuck",
        Remedy("l2", 0.01),
        ["no better than a guess"],
    ),
    "no hidden layer": (
        one("Adam", 0.03, {"name": "linear", "params": {}}, dataset="xor"),
        "stuck",
        Remedy("model", "mlp"),
        ["no better than a guess"],
    ),
    "many sigmoids": (
        one("SGD", 0.1, SIGMOIDS),
        "stuck",
        Remedy("activation", "tanh"),
        ["no better than a guess"],
    ),
    "the mean": (
        one("SGD", 1e-5, {**TANH, "initializer": "random_normal"}, **SINE | {"dataset": "linear"}),
        "stuck",
        Remedy("learning_rate", 1e-4),
        ["always giving the middle of the targets costs "],
    ),
    "overfitting": (
        one("Adam", 0.003, WIDE, **DIABETES),
        "overfitting",
        Remedy("epochs", 0),
        ["since epoch", "was lowest at epoch", "while the training loss fell from"],
    ),
    "improving": (
        one("Adam", 0.001),
        "improving",
        Remedy("epochs", 120),
        ["train longer", "In the last 12 epochs the validation loss went from"],
    ),
    "creeping": (
        one("SGD", 0.01, dataset="spirals", epochs=120),
        "improving",
        Remedy("learning_rate", 0.03),
        ["slowly", "went from"],
    ),
}


@pytest.fixture(scope="module")
def runs() -> dict[str, RunState]:
    """The run of each case, trained."""
    return dict(zip(CASES, trained([e for e, *_ in CASES.values()]), strict=True))


@pytest.fixture(scope="module")
def cured(runs: dict[str, RunState]) -> dict[str, RunState]:
    """The same after the remedy that was found."""
    tried = {name: diagnose([run])[0].remedy for name, run in runs.items()}
    changed = [remedy.applied(runs[name].experiment) for name, remedy in tried.items() if remedy]
    return dict(zip([name for name in tried if tried[name]], trained(changed), strict=True))


@pytest.mark.parametrize("name", CASES)
def test_a_run_made_to_show_it_shows_it(name: str, runs: dict[str, RunState]) -> None:
    _, kind, remedy, words = CASES[name]
    found = diagnose([runs[name]])
    assert found[0].kind == kind
    text = f"{found[0].sentence} {found[0].evidence}"
    assert all(word in text for word in words), text
    if kind == "overfitting":
        loss = runs[name].history[:, runs[name].columns.index("val_loss")]
        assert found[0].remedy.field == "epochs"
        assert loss[found[0].remedy.value - 1] < 1.1 * loss.min()
    else:
        assert found[0].remedy == remedy


@pytest.mark.parametrize("name", CASES)
def test_what_is_to_be_tried_helps(
    name: str, runs: dict[str, RunState], cured: dict[str, RunState]
) -> None:
    """The validation loss at the end is lower, or a number at all."""
    before, after = (its[name].history[-1] for its in (runs, cured))
    at = runs[name].columns.index("val_loss")
    assert np.isfinite(after[at])
    assert after[at] < before[at] or not np.isfinite(before[at])


def test_healthy_runs_have_no_findings() -> None:
    healthy = [
        *(one(seed=seed) for seed in range(3)),
        one("SGD", 0.3, seed=1),
        one("Adam", 0.01, RELU),
        one("Adam", 0.03, {"name": "linear", "params": {}}),  # it cannot do better
        one("Adam", 0.01, dataset="imbalanced"),  # nearly all rows are of one class
        one("Adam", 0.01, dataset="imbalanced", fit=BALANCED, epochs=30),  # at less accuracy
    ]
    states = trained(healthy)
    for run in states:
        (found,) = diagnose([run])
        assert (found.kind, found.remedy) == ("healthy", None), found
    (found,) = diagnose(states[:3])
    assert found.sentence == "No sign of trouble"


@pytest.mark.parametrize(
    ("name", "rival", "remedy", "words"),
    [
        (
            "small steps",
            0.012,
            Remedy("learning_rate", 0.001),
            ["Hardly moves: the learning rate may be too low", "went from 0.734 to 0.726"],
        ),
        ("creeping", 0.05, Remedy("learning_rate", 0.1), ["row came to 0.05", "0.001 is usual"]),
    ],
)
def test_a_row_that_hardly_moves_where_another_went_far_has_too_low_a_rate(
    name: str, rival: float, remedy: Remedy, words: list[str], runs: dict[str, RunState]
) -> None:
    (found,) = diagnose([runs[name]], rival)
    assert (found.kind, found.remedy) == ("crawling", remedy)
    assert all(word in f"{found.sentence} {found.evidence}" for word in words), found


def test_a_row_that_went_most_of_the_way_or_is_nearly_as_good_is_not_said_to_crawl(
    runs: dict[str, RunState],
) -> None:
    assert diagnose([runs["improving"]], 0.09)[0].kind == "improving"
    assert diagnose([runs["small steps"]], 0.6)[0].kind == "stuck"
    assert diagnose([runs["blank weights"]], None)[0].kind == "stuck"


def test_only_a_row_with_the_same_model_and_loss_is_a_measure_of_another() -> None:
    slow, fast = made([0.7] * 10, optimizer="SGD"), made([0.1] * 10)
    wide = made([0.01] * 10, net=WIDE)
    other = made([0.001] * 10, loss=[0.001] * 10, class_weight=[1, 2])
    assert rivals([[slow], [fast], [wide], [other]]) == [pytest.approx(0.1), None, None, None]
    blown = replace(fast, status="diverged", diverged=3)
    assert rivals([[slow], [blown]])[0] is None


def made(val: Sequence[float], loss: Sequence[float] | None = None, **changed: Any) -> RunState:
    """A run whose validation loss, and training loss if it is another, are these."""
    weights = {"fit": {"class_weight": changed.pop("class_weight", None)}}
    e = one(**({"epochs": len(val), "metrics": []} | weights | changed))
    rows = np.ones((len(val), len(e.columns) + len(EXTRA)), "float32")
    names = (*e.columns, *EXTRA)
    rows[:, names.index("val_loss")] = val
    rows[:, names.index("loss")] = val if loss is None else loss
    return state(e, Progress(rows=rows, outcome="finished"))


def kinds(*runs: RunState) -> list[str]:
    return [found.kind for found in diagnose(runs)]


FLAT = [0.6, 0.3, 0.2, *[0.15] * 37]
RISING = [0.6, 0.4, 0.3, 0.25, *np.linspace(0.2, 0.5, 36)]
FALLING = list(np.linspace(0.6, 0.1, 40))


@pytest.mark.parametrize("epochs", [1, 2, 3])
def test_a_few_epochs_are_said_to_be_too_few(epochs: int) -> None:
    (found,) = diagnose([made([0.5] * epochs)])
    assert (found.kind, found.remedy) == ("short", None)


def test_nothing_is_said_of_what_never_trained() -> None:
    assert diagnose([]) == []
    assert diagnose([replace(made([0.5]), history=np.empty((0, 6), "float32"))]) == []


@pytest.mark.parametrize("count", range(1, 6))
def test_a_finding_holds_for_most_of_the_seeds(count: int) -> None:
    found = diagnose([*[made(FALLING)] * count, *[made(FLAT)] * (5 - count)])[0]
    if count < 3:
        assert found.kind == "healthy"
    else:
        where = "in all 5 seeds" if count == 5 else f"in {count} of 5 seeds"
        assert found.sentence == f"Still improving {where}: train longer"


def test_a_seed_that_diverged_is_never_passed_over() -> None:
    blown = replace(made([0.6, np.nan]), status="diverged", diverged=2)
    later = replace(made([0.6] * 6 + [np.nan]), status="diverged", diverged=7)
    found = diagnose([blown, *[made(FLAT)] * 3, later])
    assert [f.kind for f in found] == ["diverged"]
    assert found[0].sentence.startswith("Diverged in 2 of 5 seeds:")
    assert "at epochs 2 to 7" in found[0].evidence


def test_a_rule_without_a_learning_rate_is_not_told_to_lower_it() -> None:
    blown = replace(made([0.6, np.nan]), status="diverged", diverged=2)
    assert diagnose([blown])[0].remedy == Remedy("learning_rate", 0.001)
    rule = {"name": "CustomOptimizer", "params": {"formula": "weight -= gradient"}}
    own = Experiment.from_json(spec(optimizer=rule, metrics=[], epochs=2))
    (found,) = diagnose([replace(blown, experiment=own)])
    assert found.remedy is None
    assert found.sentence == "Diverged: the steps of the rule are too large"


def test_a_rate_that_fell_to_nearly_nothing_is_said_to_freeze_the_training() -> None:
    def cooled(since: int) -> RunState:
        run = made(FLAT)
        history = run.history.copy()
        history[since:, run.columns.index("learning_rate")] = 1e-8
        return replace(run, history=history)

    (found,) = diagnose([cooled(20)])
    assert (found.kind, found.remedy) == ("frozen", None)
    assert found.sentence.startswith("Frozen since epoch 21:")
    assert "from 1 to 1e-08" in found.evidence
    assert kinds(cooled(38)) == ["healthy"]  # schedules may end there


def test_seeds_with_unlike_troubles_are_not_called_healthy() -> None:
    (found,) = diagnose([made(FALLING), made(FLAT), made(RISING, FALLING)])
    assert "in 1 of 3 seeds" in found.sentence


def test_a_rise_while_the_training_loss_rises_too_is_no_overfitting() -> None:
    assert kinds(made(RISING, FALLING)) == ["overfitting"]
    assert kinds(made(RISING, RISING)) == ["healthy"]


def test_a_rise_within_the_noise_is_no_overfitting() -> None:
    noise = 0.15 * np.random.default_rng(0).normal(size=40)
    found = kinds(made(np.array(FLAT) + np.linspace(0, 0.05, 40) + noise, FALLING))
    assert "overfitting" not in found


def test_jumps_of_a_tiny_loss_are_harmless() -> None:
    jumps = np.tile([1.0, 2.0], 20)
    assert kinds(made(0.2 * jumps)) == ["oscillating"]
    assert kinds(made(0.002 * jumps)) == ["healthy"]


def test_the_last_crumbs_of_a_loss_are_not_worth_more_epochs() -> None:
    assert kinds(made(FALLING)) == ["improving"]
    assert kinds(made(0.01 * np.array(FALLING))) == ["healthy"]


def test_a_stopped_run_is_judged_by_what_it_has() -> None:
    stopped = made(FALLING, epochs=200)
    assert kinds(replace(stopped, status="cancelled")) == ["improving"]


def test_a_loss_without_a_formula_for_a_guess_is_compared_with_its_start() -> None:
    assert kinds(made([0.17] * 40, loss=[0.17] * 40)) == ["healthy"]  # below a guess's 0.69
    flat = {"loss": [0.17] * 40, "optimizer": "Adam"}
    focal = one(epochs=40, metrics=[], loss="BinaryFocalCrossentropy")
    run = replace(made([0.17] * 40, **flat), experiment=focal)
    (found,) = diagnose([run])
    assert found.kind == "stuck"
    assert "after 0.17 in the first epoch" in found.evidence


def test_a_remedy_that_the_catalog_refuses_is_not_offered() -> None:
    (found,) = diagnose([made(FALLING, epochs=5000)])
    assert found.kind == "improving"
    assert found.remedy is None


@pytest.mark.parametrize(
    ("remedy", "label"),
    [
        (Remedy("learning_rate", 0.003), "learning rate 0.003"),
        (Remedy("epochs", 1), "1 epoch"),
        (Remedy("epochs", 34), "34 epochs"),
        (Remedy("l2", 0.001), "L2 0.001"),
        (Remedy("initializer", "he_normal"), "initial weights he_normal"),
        (Remedy("activation", "leaky_relu"), "activation leaky_relu"),
        (Remedy("model", "mlp"), "hidden layers (model mlp)"),
    ],
)
def test_a_remedy_says_what_it_does(remedy: Remedy, label: str) -> None:
    assert remedy.label == label
    before = one(net={"name": "linear", "params": {}}) if remedy.field == "model" else one()
    after = remedy.applied(before)
    params = {**after.model.full("model"), **after.compile.optimizer.full("optimizer")}
    assert {**params, "epochs": after.epochs, "model": after.model.name}[remedy.field] == (
        remedy.value
    )


def test_findings_of_one_run_do_not_repeat_a_remedy(runs: dict[str, RunState]) -> None:
    found: list[Finding] = diagnose([runs["dead"]])
    tried = [f.remedy for f in found if f.remedy]
    assert len(found) > 1
    assert len(tried) == len(set(tried))
