"""Repairs of the compile check in a comparison: what they change, and that they mend it."""

from typing import Any

import pytest
from visits import spec

from training.checker import check, worst
from training.checker.finding import Finding
from training.design import Design
from training.mending import ALL, Mend, mends
from training.variants import variant

INT = {"name": "blobs", "params": {"labels": "int"}}
SPARSE, CATEGORICAL = "SparseCategoricalCrossentropy", "CategoricalCrossentropy"


def design(*rows: dict[str, Any], seeds: int = 2, **changed: Any) -> Design:
    return Design.from_json({"base": spec(**changed), "rows": list(rows), "seeds": seeds})


def wrong(made: Design) -> list[Finding]:
    """What is wrong in the rows, each once."""
    found = (f for row in made.rows for f in check(variant(made.base, row)))
    return list({(f.severity, f.about, f.why): f for f in found if f.severity != "works"}.values())


def mended(made: Design) -> list[Mend]:
    """The ways to mend the one thing that is wrong; all mend it."""
    (finding,) = wrong(made)
    ways = mends(made, finding)
    for way in ways:
        assert all(worst(check(variant(way.design.base, r))) == "works" for r in way.design.rows)
        assert way.design.seeds == made.seeds
        assert Design.from_json(way.design.to_json()) == way.design
    return ways


def test_one_rows_loss_is_mended_in_that_row_alone() -> None:
    rows = [{"loss": SPARSE}, {"label": "Mine", "loss": "CategoricalHinge", "batch_size": 8}]
    made = design(*rows, dataset=INT, loss=SPARSE)
    labels = {way.label: way.design for way in mended(made)}
    changed = labels[f"Loss {SPARSE}"]
    assert changed.base == made.base
    assert changed.rows[0] == made.rows[0]
    assert changed.rows[1].to_json() == {"label": "Mine", "batch_size": 8}, "the base says it"


def test_labels_are_those_of_all_rows() -> None:
    rows = [{"loss": SPARSE}, {"loss": "CategoricalHinge"}]
    ways = mended(design(*rows, dataset=INT, loss=SPARSE))
    (way,) = (way for way in ways if way.label.startswith("Labels"))
    assert way.label.endswith(ALL)
    assert "labels" not in way.design.base.dataset.params
    assert [row.to_json() for row in way.design.rows] == rows


def test_what_all_rows_share_is_mended_in_the_set_up() -> None:
    rows = [{"optimizer": "SGD"}, {"optimizer": "Adam"}]
    ways = mended(design(*rows, dataset=INT, loss=CATEGORICAL))
    assert all([row.to_json() for row in way.design.rows] == rows for way in ways)
    assert f"Loss {SPARSE}" in {way.label for way in ways}
    assert not any(way.label.endswith(ALL) for way in ways)


def test_a_metric_is_mended_in_the_set_up_and_the_target_goes_with_it() -> None:
    rows = [{"batch_size": 8}, {"batch_size": 16}]
    made = design(*rows, dataset="blobs", loss=SPARSE, metrics=["accuracy", "Precision"])
    aimed = made.aimed_at({"column": "val_accuracy", "value": 0.9})
    (way,) = mended(aimed)
    assert [m.name for m in way.design.base.compile.metrics[0][1]] == ["accuracy"]
    assert way.design.target == aimed.target


def test_arguments_of_a_rows_loss_are_mended_there() -> None:
    model = {"name": "mlp", "params": {"output_activation": "linear"}}
    rows = [{"loss": "Hinge"}, {"loss_arguments": {"label_smoothing": 0.1}}]
    labels = {w.label: w.design for w in mended(design(*rows, metrics=[], model=model))}
    assert [row.to_json() for row in labels["from_logits=True"].rows] == [
        {"loss": "Hinge"},
        {"loss_arguments": {"from_logits": True, "label_smoothing": 0.1}},
    ]
    layer = labels[f"Last layer as the loss needs it{ALL}"]
    assert [row.to_json() for row in layer.rows] == rows
    assert not layer.base.model.params


@pytest.mark.parametrize(
    ("rows", "changed", "after"),
    [
        (
            [{}, {"class_weight": [1, 0]}],
            {},
            None,  # the row would be the other one
        ),
        (
            [{}, {"class_weight": [5, 0]}],
            {},
            [{}, {"class_weight": [5.0, 1.0]}],
        ),
        (
            [{"batch_size": 8}, {"batch_size": 16}],
            {"fit": {"class_weight": [0, 2]}},
            [{"batch_size": 8}, {"batch_size": 16}],
        ),
    ],
)
def test_a_weight_of_zero_is_mended_where_it_stands(
    rows: list[dict], changed: dict[str, Any], after: list[dict] | None
) -> None:
    ways = mended(design(*rows, **changed))
    assert [[row.to_json() for row in way.design.rows] for way in ways] == (
        [after] if after else []
    )


def test_no_other_row_is_made_worse() -> None:
    """Labels as one loss reads them would be wrong for the other."""
    one_hot = {"name": "blobs", "params": {"labels": "one-hot"}}
    rows = [{"loss": CATEGORICAL}, {"loss": SPARSE}]
    made = design(*rows, dataset=one_hot, loss=CATEGORICAL)
    for way in mended(made):
        assert worst(check(variant(way.design.base, way.design.rows[0]))) == "works"
