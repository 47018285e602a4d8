"""Demonstrations: small programs in plain Keras that lessons run, found and checked by name.

Each is a module of `training/demos` that is complete in itself: `run(say=print, ...)` returns what
JSON can hold, and the text of the module is the code that a lesson shows. One in a folder of its
own has the folder in its name, as in "museum.one_unit_softmax".
"""

import ast
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, ClassVar

from training.choice import fields_of

FOLDER = Path(__file__).parent / "demos"


@dataclass(frozen=True)
class Demo:
    """One demonstration with the arguments that differ from those its `run` has by default."""

    name: str
    params: Mapping[str, Any]
    kind: ClassVar[str] = "demo"  # of the errand that runs it

    @property
    def alike(self) -> frozenset:
        """Equal for what a worker can do without tracing a new graph, or nearly so."""
        return frozenset([self.name])

    def to_json(self) -> dict[str, Any]:
        """The name and the arguments."""
        return {"name": self.name, "params": dict(self.params)}

    @classmethod
    def from_json(cls, spec: Any) -> "Demo":
        """Validate; ValueError says what there is instead."""
        fields = fields_of(spec, "the demonstration", ("name", "params"))
        if fields["name"] not in names():
            raise ValueError(f"There is no demonstration {fields['name']!r}.")
        known = arguments(fields["name"])
        for name, value in fields["params"].items():
            if name not in known or type(value) is not type(known[name]):
                raise ValueError(
                    f"The demonstration {fields['name']} cannot take {name}={value!r}; "
                    f"it takes {', '.join(f'{n}={v!r}' for n, v in known.items()) or 'nothing'}."
                )
        return cls(fields["name"], dict(fields["params"]))


@cache
def names() -> tuple[str, ...]:
    """All there are, in alphabetical order."""
    found = [path.relative_to(FOLDER).with_suffix("").parts for path in FOLDER.rglob("*.py")]
    return tuple(sorted(".".join(parts) for parts in found if parts[-1] != "__init__"))


@cache
def source(name: str) -> str:
    """The text of a demonstration, without importing it."""
    return FOLDER.joinpath(*name.split(".")).with_suffix(".py").read_text(encoding="utf-8")


@cache
def edition() -> str:
    """What changes whenever one of them does, and with it perhaps the shape of its results."""
    return hashlib.sha256("".join(map(source, names())).encode()).hexdigest()[:12]


def script(demo: Demo) -> str:
    """A program that runs this demonstration and prints what it returns."""
    given = ", ".join(f"{name}={value!r}" for name, value in demo.params.items())
    return f"{source(demo.name)}\n\nprint(run({given}))\n"


def part(name: str, function: str) -> str:
    """The text of one function of a demonstration."""
    return ast.get_source_segment(source(name), _function(name, function))


@cache
def constant(name: str, what: str) -> Any:
    """A literal that a demonstration writes down under a name, such as a table of choices."""
    body = ast.parse(source(name)).body
    kept = (n for n in body if isinstance(n, ast.Assign))
    return next(ast.literal_eval(n.value) for n in kept if getattr(n.targets[0], "id", "") == what)


@cache
def arguments(name: str) -> dict[str, Any]:
    """What `run` takes beside `say`, with the defaults."""
    given = _function(name, "run").args
    found = zip(given.args[1:], given.defaults[1:], strict=True)  # the first is `say`
    return {argument.arg: ast.literal_eval(default) for argument, default in found}


@cache
def _function(name: str, function: str) -> ast.FunctionDef:
    body = ast.parse(source(name)).body
    return next(n for n in body if isinstance(n, ast.FunctionDef) and n.name == function)
