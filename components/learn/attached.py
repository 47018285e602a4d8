"""A picture of what hangs on a model: the DOT text of one look through the microscope."""

from collections.abc import Mapping, Sequence
from typing import Any

# fills carry their own dark letters, lines are grey: both can be read on a white and a dark page
FONT = 'fontname="Source Sans,sans-serif" fontsize=10'
NODE = f'shape=box style="rounded,filled" fontcolor="#1A1A1A" color="#808080" {FONT}'
LETTER, LINE, ROOM, INCH = 5.2, 12, 12, 72  # points: Graphviz takes letters for wider than they are
MODEL, CHOICE, MADE, WAITING = "#CFE3F5", "#FBE3C8", "#CDEBDD", "#E6E6E6"


def dot(look: Mapping[str, Any], weights: Sequence[Mapping[str, Any]]) -> str:
    """The model, and around it what compile and fit have attached so far."""
    parts = [_node("model", ["model", *map(variable, weights)], MODEL)]
    if look["compiled"]:
        first = [v for v in look["variables"] if v["path"].split("/")[1] in COUNTERS]
        slots = [v for v in look["variables"] if v not in first]
        built = "built" if look["built"] else "not built"
        parts += [
            _node("optimizer", [look["optimizer"], built, *map(variable, first)], CHOICE),
            _node(
                "loss",
                ["loss", look["loss"] or "a word, not looked up yet"],
                _colour(look["loss"]),
            ),
            _node(
                "metrics",
                ["metrics", *(_metric(look["metrics"]) or ["not looked up yet, or none"])],
                _colour(look["metrics"]),
            ),
            _node(
                "step",
                [
                    "train_function",
                    f"a graph, Python ran {look['traces']} times" if _graph(look) else "None",
                ],
                _colour(_graph(look)),
            ),
            *(f"model -> {name}" for name in HANGS),
        ]
        if slots:
            parts += [
                _node("slots", ["slots", *map(variable, slots)], MADE),
                "{rank=same optimizer -> slots}",  # below it, to keep the picture narrow
            ]
    body = ";\n  ".join(parts)
    return (
        'digraph {\n  rankdir=LR;\n  nodesep=0.15;\n  ranksep=0.3;\n  bgcolor="transparent";\n'
        f'  node [{NODE}];\n  edge [color="#808080"];\n  {body};\n}}'
    )


COUNTERS = ("iteration", "learning_rate")
HANGS = ("optimizer", "loss", "metrics", "step")


def variable(found: Mapping[str, Any]) -> str:
    """Its name without the model's, and its shape."""
    name = found["path"].split("/", 1)[1].replace("model_", "")
    shape = " x ".join(map(str, found["shape"]))
    return f"{name} ({shape})" if shape else name


def _metric(found: Mapping[str, str]) -> list[str]:
    return [f"{name}: {kind}" for name, kind in found.items()]


def _graph(look: Mapping[str, Any]) -> bool:
    return look["train_function"]


def _colour(made: Any) -> str:
    return MADE if made else WAITING


def _node(name: str, lines: Sequence[str], colour: str) -> str:
    """A box with a line of text for each of `lines`."""
    size = (max(map(len, lines)) * LETTER + ROOM, len(lines) * LINE + ROOM)
    width, height = (f"{points / INCH:.2f}" for points in size)
    text = "\\n".join(line.replace("\\", "").replace('"', "'") for line in lines)
    return (
        f'{name} [label="{text}" fillcolor="{colour}" width={width} height={height} fixedsize=true]'
    )
