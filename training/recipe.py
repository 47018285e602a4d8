"""A comparison as plain Keras code, in the parts that script and notebook are put together from."""

import inspect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from textwrap import fill, indent

import datasets
from datasets import labels, split
from datasets.parameters import split_seed
from datasets.script import Source
from training import batches_code, weights_code
from training.choice import Choice
from training.code import bare_call, model_code
from training.custom import definitions
from training.data_choice import undivided
from training.export_data import labels_code, parts_code, rows_code
from training.fit_code import callbacks_code
from training.layers import architecture
from training.spec import Comparison, Experiment


@dataclass(frozen=True)
class Step:
    """One variant with all its seeds."""

    position: int  # of its first run in the comparison
    data: str  # makes the arrays; empty where those of the step before are the right ones
    train: str  # model, compile and fit of every seed; calls report(experiment, seed, history)


@dataclass(frozen=True)
class Recipe:
    """Code that trains a comparison, once something named `report` is defined."""

    imports: str
    functions: tuple[str, ...]
    steps: tuple[Step, ...]


def recipe(comparison: Comparison) -> Recipe:
    """The parts of the code that repeats a comparison, in the order they have to run in."""
    experiments = list(enumerate(comparison.experiments))
    first = {e.dataset: e for _, e in experiments}
    sources = {d: datasets.source(d.name, e.data_params) for d, e in first.items()}
    return Recipe(
        _imports(sorted({line for s in sources.values() for line in s.imports})),
        (
            *dict.fromkeys(s.code for s in sources.values()),
            *(inspect.getsource(f) for f in (split.split, split.standardise, labels.encode)),
            *weights_code.functions(comparison.experiments),
            *batches_code.classes(comparison.experiments),
        ),
        tuple(_steps(experiments, sources)),
    )


def _imports(lines: list[str]) -> str:
    given = {"import keras", "import numpy as np", "import csv"}
    sklearn = [line for line in lines if line not in given]
    return "\n".join(
        [
            *(["import csv"] if "import csv" in lines else []),
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


def _steps(
    experiments: Sequence[tuple[int, Experiment]], sources: Mapping[Choice, Source]
) -> Iterator[Step]:
    """Variant after variant with all its seeds, and data where they are others than before."""
    rows, data = None, None
    defined: dict[str, str] = {}
    for _, group in groupby(experiments, lambda pair: pair[1].variant):
        runs = list(group)
        position, first = runs[0]
        source, drawn = sources[first.dataset], undivided(first.dataset)
        made = []
        classes = definitions(first.compile)
        made += [f"{code}\n" for name, code in classes.items() if defined.get(name) != code]
        defined |= classes
        if rows != drawn:
            rows, data = drawn, None
            made.append(rows_code(first, source))
        if len({e.split for _, e in runs}) > 1:
            data = None
            yield Step(
                position, "\n".join(made), _runs(runs, parts_code(first, source, "split_seed"))
            )
            continue
        if data != first.dataset:
            data = first.dataset
            made.append(parts_code(first, source, str(split_seed(first.data_params))))
        yield Step(position, "\n".join(made), _runs(runs))


def _runs(runs: Sequence[tuple[int, Experiment]], own_parts: str = "") -> str:
    """One variant with all its seeds; `own_parts` splits the data where each seed does it anew."""
    first = runs[0][1]
    labels, body = labels_code(first), _body(first)
    if not own_parts:
        loop = _loop("experiment, seed", [f"({position}, {e.seed})" for position, e in runs])
        return "\n".join([*labels, loop, indent("\n".join(body), "    ")])
    each = [f"({position}, {e.seed}, {split_seed(e.data_params)})" for position, e in runs]
    loop = _loop("experiment, seed, split_seed", each)
    return "\n".join([loop, indent("\n".join([own_parts, *labels, *body]), "    ")])


def _loop(names: str, values: Sequence[str]) -> str:
    """The head of a loop over tuples, in lines of at most 92 characters."""
    head = f"for {names} in [{', '.join(values)}]:"
    if len(head) <= 92:
        return head
    # a tuple is not broken in two
    whole = ", ".join(value.replace(" ", "~") for value in values) + ","
    listed = fill(whole, 92, initial_indent="    ", subsequent_indent="    ").replace("~", " ")
    return f"for {names} in [\n{listed}\n]:"


def _body(experiment: Experiment) -> list[str]:
    """What trains one run, in lines."""
    body = [
        "keras.utils.clear_session()  # names of metrics start anew",
        "keras.utils.set_random_seed(seed)",
        model_code(architecture(experiment)),
        bare_call(experiment.compile),
    ]
    if experiment.compile.optimizer.name == "ScheduleFreeAdamW":
        body += [
            "# this optimizer forgets the initial weights unless it is built before fit",
            "model.optimizer.build(model.trainable_variables)",
        ]
    steps = experiment.fit.steps_per_epoch
    return [
        *body,
        "history = model.fit(",
        *batches_code.batches_lines(experiment),
        f"    epochs={experiment.epochs},",
        *([f"    steps_per_epoch={steps},"] if steps else []),
        "    shuffle=False,  # Batches does it",
        "    validation_data=(x_val, y_val),",
        f"    validation_batch_size={experiment.batch_size},",
        "    verbose=0,",
        *weights_code.class_weight_line(experiment).splitlines(),
        *callbacks_code(experiment).splitlines(),
        ").history",
        "report(experiment, seed, history)",
    ]
