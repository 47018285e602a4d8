"""A plain Keras script that repeats a comparison: the same numbers without an import of ours."""

from collections.abc import Sequence
from textwrap import fill

from training.recipe import recipe
from training.spec import Comparison
from training.tables import all_columns
from training.versions import versions

OPENING = '''"""Plain Keras that prints its history as CSV.

Made with {versions}.
The numbers are those of Compile Lab up to rounding, which a training that jumps about
magnifies over many epochs.
"""'''

COLUMNS_OF = '''def columns_of(history):
    """A history by column; a metric that gives several numbers has one for each."""
    columns = {}
    for name, values in history.items():
        table = np.reshape(values, (len(values), -1))
        for i, column in enumerate(table.T):
            columns[name if table.shape[1] == 1 else f"{name}_{i}"] = column
    return columns
'''

REPORT = '''def report(experiment, seed, history):
    """Print one CSV row an epoch, in the columns of the first line."""
    cells = columns_of(history)
    for epoch in range(len(history["loss"])):
        row = [f"{cells[name][epoch]:.9g}" if name in cells else "" for name in COLUMNS]
        print(experiment, seed, epoch + 1, *row, sep=",", flush=True)
'''


def script(comparison: Comparison) -> str:
    """The whole script as text; run alone, it prints the history as CSV."""
    made = recipe(comparison)
    parts = [
        *made.functions,
        COLUMNS_OF,
        REPORT,
        f"COLUMNS = [\n{_listed(all_columns(comparison.experiments))}\n]\n"
        'print("experiment,seed,epoch", *COLUMNS, sep=",", flush=True)\n',
        *(part for step in made.steps for part in (step.data, step.train) if part),
    ]
    top = f"{OPENING.format(versions=versions())}\n\n{made.imports}\n"
    return "\n\n".join([top, *(part.rstrip("\n") + "\n" for part in parts)])


def _listed(names: Sequence[str]) -> str:
    """Names in quotes and commas, lines of at most 92 characters."""
    listed = ", ".join(f'"{name}"' for name in names) + ","
    return fill(listed, 92, initial_indent="    ", subsequent_indent="    ")
