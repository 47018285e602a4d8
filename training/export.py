"""A plain Keras script that repeats a comparison: the same numbers without an import of ours."""

import inspect
from collections.abc import Sequence
from itertools import groupby
from textwrap import fill, indent

import datasets
from datasets import labels, split
from datasets.script import Source
from training.code import compile_call, model_code
from training.layers import architecture, labels_form
from training.spec import Comparison, Experiment, versions
from training.tables import all_columns

BATCHES = '''class Batches(keras.utils.PyDataset):
    """The training rows in a new order every epoch; the same order for everyone with this seed."""

    def __init__(self, x, y, batch_size, seed):
        super().__init__()
        self.x, self.y, self.batch_size = x, y, batch_size
        self.random = np.random.default_rng(seed)
        self.order = np.arange(len(x))

    def __len__(self):
        return -(-len(self.x) // self.batch_size)

    def __getitem__(self, index):
        rows = self.order[index * self.batch_size : (index + 1) * self.batch_size]
        return self.x[rows], keras.tree.map_structure(lambda t: t[rows], self.y)

    def on_epoch_begin(self):
        self.order = self.random.permutation(len(self.x))
'''

OPENING = '''"""Plain Keras that prints its history as CSV.

Made with {versions}.
The numbers are those of Compile Lab up to rounding, which a training that jumps about
magnifies over many epochs.
"""'''

REPORT = '''def report(experiment, seed, history):
    """Print one CSV row an epoch, in the columns of the first line."""
    cells = {}
    for name, values in history.items():
        table = np.reshape(values, (len(values), -1))  # a metric may give several numbers
        for i, column in enumerate(table.T):
            cells[name if table.shape[1] == 1 else f"{name}_{i}"] = column
    for epoch in range(len(history["loss"])):
        row = [f"{cells[name][epoch]:.9g}" if name in cells else "" for name in COLUMNS]
        print(experiment, seed, epoch + 1, *row, sep=",", flush=True)
'''


def script(comparison: Comparison) -> str:
    """The whole script as text; run alone, it prints the history as CSV."""
    experiments = list(enumerate(comparison.experiments))
    names = all_columns(comparison.experiments)
    sources = {e.dataset.name: datasets.source(e.dataset.name) for _, e in experiments}
    imports = sorted({line for s in sources.values() for line in s.imports})
    parts = [
        OPENING.format(versions=versions()),
        _imports(imports).lstrip(),
        *(s.code for s in sources.values()),
        *(inspect.getsource(f) for f in (split.split, split.standardise, labels.encode)),
        BATCHES,
        REPORT,
        f"COLUMNS = [\n{_listed(names)}\n]\n"
        'print("experiment,seed,epoch", *COLUMNS, sep=",", flush=True)\n',
    ]
    data = None
    for _, group in groupby(experiments, lambda pair: pair[1].variant):
        runs = [(position, e) for position, e in group]
        first = runs[0][1]
        if data != first.dataset:
            data = first.dataset
            parts.append(_data(first, sources[data.name]))
        parts.append(_runs(runs))
    top, *rest = (part.rstrip("\n") + "\n" for part in parts)
    return "\n\n".join([f"{top}\n{rest[0]}", *rest[1:]])


def _imports(lines: list[str]) -> str:
    given = {"import keras", "import numpy as np"}
    sklearn = [line for line in lines if line not in given]
    return "\n".join(
        [
            "import os",
            "",
            'os.environ.setdefault("KERAS_BACKEND", "tensorflow")',
            'os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")',
            'os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")  # same rounding everywhere',
            "",
            "import keras",
            "import numpy as np",
            *sklearn,
            "from sklearn.model_selection import train_test_split",
        ]
    )


def _data(experiment: Experiment, source: Source) -> str:
    params = experiment.data_params
    return "\n".join(
        [
            f"# Data: {experiment.dataset.name}, split and standardised on the training part",
            f"x, y = {source.call.format(**params)}",
            f"parts = split(x, y, {params['seed']}, {source.stratify})",
            "x_train, x_val, x_test, centre, scale = standardise(*(x for x, _ in parts))",
            "t_train, t_val, t_test = (y for _, y in parts)",
        ]
    )


def _runs(runs: list[tuple[int, Experiment]]) -> str:
    """One variant with all its seeds."""
    first = runs[0][1]
    layers = architecture(first)
    body = [
        "keras.utils.clear_session()  # names of metrics start anew",
        "keras.utils.set_random_seed(seed)",
        model_code(layers),
        compile_call(first.compile),
    ]
    if first.compile.optimizer.name == "ScheduleFreeAdamW":
        body += [
            "# this optimizer forgets the initial weights unless it is built before fit",
            "model.optimizer.build(model.trainable_variables)",
        ]
    body += [
        "history = model.fit(",
        f"    Batches(x_train, y_train, {first.batch_size}, seed),",
        f"    epochs={first.epochs},",
        "    shuffle=False,  # Batches does it",
        "    validation_data=(x_val, y_val),",
        f"    validation_batch_size={first.batch_size},",
        "    verbose=0,",
        ").history",
        "report(experiment, seed, history)",
    ]
    pairs = ", ".join(f"({position}, {e.seed})" for position, e in runs)
    return "\n".join(
        [
            *_labels(first),
            f"for experiment, seed in [{pairs}]:",
            indent("\n".join(body), "    "),
        ]
    )


def _labels(experiment: Experiment) -> list[str]:
    """Targets in the form that the loss wants."""
    heads = experiment.facts.heads
    forms = [labels_form(experiment, head) for head in heads]
    lines = []
    for part in ("train", "val"):
        codes = [
            f'encode(t_{part}{key}, "{head.task}", {head.units}, "{form}")'
            for head, form in zip(heads, forms, strict=True)
            for key in [f'["{head.name}"]' if len(heads) > 1 else ""]
        ]
        if len(heads) == 1:
            lines.append(f"y_{part} = {codes[0]}")
            continue
        named = zip(heads, codes, strict=True)
        lines += [
            f"y_{part} = {{",
            *(f'    "{head.name}": {code},' for head, code in named),
            "}",
        ]
    return lines


def _listed(names: Sequence[str]) -> str:
    """Names in quotes and commas, lines of at most 92 characters."""
    listed = ", ".join(f'"{name}"' for name in names) + ","
    return fill(listed, 92, initial_indent="    ", subsequent_indent="    ")
