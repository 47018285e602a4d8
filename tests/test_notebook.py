"""Exported notebooks: they run from top to bottom, and have the numbers and curves of the app."""

import ast
import csv

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient
from reference import ABSOLUTE, RELATIVE, gather
from test_export import made, small

from training.notebook import notebook
from training.plan import plan
from training.spec import Comparison
from training.stack import Stack

NASTY = "# <b>*Ours*</b>\nimport os"
SEVERAL = Comparison.from_json(
    [
        *(
            made(small("moons"), "mlp", "Adam", "BinaryCrossentropy", ["accuracy"], seed=seed)
            for seed in (4, 7)
        ),
        made(small("moons"), "mlp", "SGD", "Hinge", ["accuracy", "AUC"]),
    ]
)
NAMES = ["Adam", "Adam", NASTY]


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> nbformat.NotebookNode:
    """The notebook after all its cells have run, far from our code, and one that prints all."""
    place = tmp_path_factory.mktemp("notebook")
    read = nbformat.reads(notebook(SEVERAL, NAMES), as_version=4)
    nbformat.validate(read)
    read.cells.append(nbformat.v4.new_code_cell("print(table.to_csv(index=False))"))
    client = NotebookClient(read, timeout=300, resources={"metadata": {"path": str(place)}})
    return client.execute()


def test_the_notebook_has_the_numbers_of_the_app(executed: nbformat.NotebookNode) -> None:
    printed = list(csv.DictReader(executed.cells[-1].outputs[0].text.strip().splitlines()))
    for positions in plan(SEVERAL.experiments):
        experiments = [SEVERAL.experiments[p] for p in positions]
        trained = gather(experiments, Stack(experiments).chunks())
        for position, e, ours in zip(positions, experiments, trained, strict=True):
            theirs = [row for row in printed if row["experiment"] == str(position)]
            assert [row["epoch"] for row in theirs] == ["1", "2", "3"]
            assert {row["seed"] for row in theirs} == {str(e.seed)}
            assert {row["loss function"] for row in theirs} == {e.compile.loss_name}
            for name in e.columns:
                wanted = [float(row[name]) for row in theirs]
                np.testing.assert_allclose(
                    ours.history[name], wanted, RELATIVE, ABSOLUTE, err_msg=f"{position} {name}"
                )


def test_its_last_cells_draw_a_chart_for_each_kind_of_loss_and_each_metric(
    executed: nbformat.NotebookNode,
) -> None:
    charts = [
        output.data["application/vnd.plotly.v1+json"]
        for cell in executed.cells
        for output in cell.get("outputs", ())
        if "application/vnd.plotly.v1+json" in output.get("data", {})
    ]
    assert [chart["layout"]["title"]["text"] for chart in charts] == [
        "Validation loss: BinaryCrossentropy",
        "Validation loss: Hinge",
        "Validation accuracy",
        "Validation auc",
    ]
    assert [trace["name"] for trace in charts[2]["data"]] == ["Adam", "Adam", NASTY]


def test_what_was_typed_stays_text() -> None:
    read = nbformat.reads(notebook(SEVERAL, NAMES), as_version=4)
    headings = [c.source for c in read.cells if c.cell_type == "markdown"]
    assert r"## \# \<b\>\*Ours\*\<\/b\> import os" in headings
    code = "\n".join(c.source for c in read.cells if c.cell_type == "code")
    imports = [n for n in ast.walk(ast.parse(code)) if isinstance(n, ast.Import)]
    assert [a.name for n in imports for a in n.names].count("os") == 1


def test_the_same_comparison_gives_the_same_file() -> None:
    assert notebook(SEVERAL, NAMES) == notebook(SEVERAL, NAMES)
