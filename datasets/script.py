"""The source of a data set, for a script that makes the same raw arrays without this app."""

import inspect
from dataclasses import dataclass

from datasets.describe import facts
from datasets.make import function

IMPORTS = (
    *("make_blobs", "make_circles", "make_moons"),
    *("load_breast_cancer", "load_diabetes", "load_digits", "load_iris", "load_wine"),
)


@dataclass(frozen=True)
class Source:
    """Python that makes the raw arrays x, y of a data set.

    `call` is a format string: `call.format(**complete(name, params))` is the expression whose value
    is (x, y). `stratify` is the expression of y that `split` takes as its last argument.
    """

    imports: tuple[str, ...]
    code: str
    call: str
    stratify: str
    told: str = ""  # a comment on where the rows come from, if not the name of the data set
    whole: str = ""  # a line that mends the parts of the split


def source(name: str) -> Source:
    """The source of a data set by name."""
    make_arrays = function(name)
    code = make_arrays.__code__
    needed = [n for n in IMPORTS if n in code.co_names]
    imports = ["import numpy as np", *(f"from sklearn.datasets import {n}" for n in needed)]
    arguments = [f"{p}={{{p}!r}}" for p in code.co_varnames[: code.co_argcount]]
    if name == "fashion_mnist":
        imports.insert(0, "import keras")
        arguments = ["*keras.datasets.fashion_mnist.load_data()[0]", *arguments[2:]]
    call = f"{name}({', '.join(arguments)})"
    return Source(tuple(imports), inspect.getsource(make_arrays), call, _stratify(name))


def _stratify(name: str) -> str:
    heads = facts(name, {}).heads
    for head in heads:
        if head.task in {"binary", "multiclass"}:
            return "y" if len(heads) == 1 else f'y["{head.name}"]'
    return "None"
