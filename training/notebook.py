"""A comparison as a Jupyter notebook of plain Keras: the same numbers, and their curves."""

import re
import string
from collections.abc import Iterator, Sequence

from nbformat import NotebookNode, v4, writes

from training.export import COLUMNS_OF
from training.recipe import recipe
from training.spec import Comparison
from training.titles import title_of
from training.versions import versions

ABOUT = """# {title}

Plain Keras, written by Compile Lab. Run all cells from top to bottom: every run is trained again,
and its numbers are those of Compile Lab up to rounding, which a training that jumps about
magnifies over many epochs.

Made with {versions}. It also needs pandas and plotly."""

TABLES = """import pandas as pd
import plotly.express as px"""

REPORT = '''ROWS = []


def report(experiment, seed, history):
    """Keep one row an epoch."""
    cells = columns_of(history)
    for epoch in range(len(history["loss"])):
        run = {"variant": NAMES[experiment], "loss function": LOSSES[experiment]}
        run["data set"] = DATA[experiment]
        run |= {"experiment": experiment, "seed": seed, "epoch": epoch + 1}
        ROWS.append(run | {name: values[epoch] for name, values in cells.items()})
'''

NUMBERS = """table = pd.DataFrame(ROWS)
table.groupby("experiment").tail(1)"""

LOSS_CURVES = """look = {"x": "epoch", "color": "variant", "line_group": "experiment"}
if table["data set"].nunique() > 1:
    look["facet_col"] = "data set"
for loss, own in table.groupby("loss function", sort=False):  # other units, another chart
    px.line(own, y="val_loss", title=f"Validation loss: {loss}", **look).show()"""

METRIC_CURVES = """for metric in METRICS:
    px.line(table, y=f"val_{metric}", title=f"Validation {metric}", **look).show()"""


def notebook(comparison: Comparison, names: Sequence[str]) -> str:
    """The notebook as JSON; `names` has what the variant of each experiment is called."""
    cells = list(_cells(comparison, names))
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"  # by itself it would be another one each time
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return writes(v4.new_notebook(cells=cells, metadata={"kernelspec": kernel}))


def _cells(comparison: Comparison, names: Sequence[str]) -> Iterator[NotebookNode]:
    made = recipe(comparison)
    experiments = comparison.experiments
    text, code = v4.new_markdown_cell, _code
    yield text(ABOUT.format(title=_words(title_of(comparison)), versions=versions()))
    yield code(f"{made.imports}\n{TABLES}")
    yield text("## Data and batches")
    yield from map(code, made.functions)
    yield text("## What is kept of each run")
    yield code(
        f"{_listed('NAMES', names)}\n"
        f"{_listed('LOSSES', [e.compile.loss_name for e in experiments])}\n"
        f"{_listed('DATA', [e.dataset.name for e in experiments])}"
    )
    yield code(COLUMNS_OF)
    yield code(REPORT)
    for step in made.steps:
        yield text(f"## {_words(names[step.position])}")
        if step.data:
            yield code(step.data)
        yield code(step.train)
    yield text("## The last epoch, and the curves")
    yield code(NUMBERS)
    yield code(LOSS_CURVES)
    metrics = [c for e in experiments for head in e.metric_columns for m in head for c in m]
    if metrics:
        yield code(f"{_listed('METRICS', list(dict.fromkeys(metrics)))}\n{METRIC_CURVES}")


def _code(source: str) -> NotebookNode:
    return v4.new_code_cell(source.strip("\n"))


def _listed(name: str, values: Sequence[str]) -> str:
    """A list of texts as code, a line for each; whatever was typed stays inside its quotes."""
    return "\n".join([f"{name} = [", *(f"    {value!r}," for value in values), "]"])


def _words(text: str) -> str:
    """Text that somebody typed as one line of Markdown without any markup."""
    return re.sub(f"([{re.escape(string.punctuation)}])", r"\\\1", " ".join(text.split()))
