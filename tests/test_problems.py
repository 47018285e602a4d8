"""Several data sets in one comparison: what is trained, which run is whose, what is offered."""

from typing import Any

import pytest
from visits import spec

from components.compare.fitting import fitting
from components.compare.names import names_of
from training.design import Design
from training.differences import differences
from training.problems import on_first, problems
from training.redesign import design_of
from training.spec import Comparison, Experiment

ROWS = [{"label": "slow", "learning_rate": 0.001}, {"label": "", "learning_rate": 0.1}]
NOISY = {"name": "moons", "params": {"noise": 0.4}}


def design(**changed: Any) -> Design:
    made = {"base": spec(), "rows": ROWS, "seeds": 2, "datasets": ["xor", "breast_cancer"]}
    return Design.from_json(made | changed)


def test_every_row_is_trained_on_every_data_set_with_every_seed() -> None:
    made = design().comparison.experiments
    got = [
        (e.dataset.name, e.compile.optimizer.full("optimizer")["learning_rate"], e.seed)
        for e in made
    ]
    assert got == [
        (data, rate, seed)
        for data in ("moons", "xor", "breast_cancer")
        for rate in (0.001, 0.1)
        for seed in (0, 1)
    ]
    assert Design.from_json(design().to_json()) == design()
    assert "datasets" not in design(datasets=[]).to_json()


def test_each_data_set_starts_from_its_own_split() -> None:
    further = [{"name": "xor", "params": {"split": 7}}]
    made = design(datasets=further, vary_split=True).comparison.experiments
    assert [e.split for e in made] == [0, 1, 0, 1, 7, 8, 7, 8]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"datasets": ["iris"]}, "iris asks for something else than moons"),
        ({"datasets": ["two_output"]}, "asks for something else"),
        ({"datasets": ["xor", "xor"]}, "xor is there twice"),
        ({"datasets": ["moons"]}, "moons is there twice"),
        ({"datasets": [{"name": "moons", "params": {"split": 2}}]}, "moons is there twice"),
        ({"datasets": ["moon"]}, r"datasets\[0\].name"),
        ({"datasets": 3}, "datasets is 3; it must be a list"),
        (
            {
                "datasets": [
                    {"name": "imbalanced", "params": {"share": 0.1 * k}} for k in range(1, 6)
                ]
                + ["xor"]
            },
            "7 data sets are too many",
        ),
    ],
)
def test_what_cannot_be_trained_gets_a_sentence(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        design(**changed)


def test_runs_are_counted_over_all_data_sets() -> None:
    rows = [{"batch_size": size} for size in range(1, 7)]
    assert len(design(rows=rows, seeds=16).comparison.experiments) == 288
    with pytest.raises(ValueError, match="6 rows, 17 seeds and 3 data sets are 306 runs"):
        design(rows=rows, seeds=17)


def test_a_run_knows_its_data_set_and_its_row() -> None:
    made = design().comparison.experiments
    found = problems(made)
    assert [one.name for one in found] == ["Two moons", "XOR", "Breast cancer"]
    assert [one.places for one in found] == [(0, 1, 2, 3), (4, 5, 6, 7), (8, 9, 10, 11)]
    rows = on_first(made)
    assert rows[:4] == rows[4:8] == rows[8:]


def test_the_same_data_set_twice_is_told_apart_by_what_was_changed() -> None:
    found = problems(design(datasets=[NOISY]).comparison.experiments)
    assert [one.name for one in found] == ["Two moons (as it is)", "Two moons (noise 0.4)"]


@pytest.mark.parametrize(
    "several",
    [
        [spec(), spec(dataset="xor")],
        [spec(), spec(epochs=6), spec(dataset="xor")],
        [spec(), spec(epochs=6), spec(dataset="xor"), spec(dataset="xor", epochs=7)],
        [spec(seed=s) for s in (0, 1)] + [spec(dataset="xor", seed=s) for s in (0, 1)],
    ],
)
def test_data_sets_without_the_same_rows_stay_rows(several: list[dict[str, Any]]) -> None:
    assert problems(Comparison.from_json(several).experiments) == ()


def test_rows_keep_their_names_on_every_data_set() -> None:
    several = design()
    assert names_of(several.comparison.experiments, several) == 3 * [
        *("slow", "slow", "lr 0.1", "lr 0.1")
    ]


@pytest.mark.parametrize("vary", [False, True])
def test_the_design_is_found_again(vary: bool) -> None:
    further = [{"name": "xor", "params": {"noise": 0.2, "split": 3}}, NOISY]
    trained = design(datasets=further, vary_split=vary).comparison
    found = design_of(trained.experiments)
    assert found is not None
    assert found.comparison == trained
    assert [d.name for d in found.datasets] == ["xor", "moons"]


def test_history_names_the_data_sets() -> None:
    several = design(datasets=["xor"], vary_split=True).comparison
    assert differences(several) == (
        "data set: moons, xor; learning_rate: 0.001, 0.1; 2 seeds and splits"
    )


@pytest.mark.parametrize(
    ("changed", "offered"),
    [
        ({}, ["circles", "spirals", "xor", "imbalanced", "breast_cancer"]),
        (
            {"dataset": "iris", "loss": "SparseCategoricalCrossentropy"},
            ["blobs", "wine", "digits", "fashion_mnist"],
        ),
        (
            {"dataset": "digits", "model": "cnn", "loss": "SparseCategoricalCrossentropy"},
            ["fashion_mnist"],
        ),
        (
            {"dataset": "sine", "loss": "Huber", "metrics": []},
            ["linear", "outliers", "diabetes"],
        ),
        ({"dataset": "multilabel", "metrics": []}, []),
        # a metric for three classes is none for ten
        (
            {
                "dataset": "iris",
                "loss": "SparseCategoricalCrossentropy",
                "metrics": [
                    {
                        "name": "MeanIoU",
                        "params": {"num_classes": 3, "sparse_y_pred": False},
                    }
                ],
            },
            ["blobs", "wine"],
        ),
    ],
)
def test_only_data_sets_that_fit_are_offered(changed: dict, offered: list[str]) -> None:
    assert [c.name for c in fitting(Experiment.from_json(spec(**changed)))] == offered
