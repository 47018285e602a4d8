"""Drawn points as plain values: what a stroke adds, what can be undone, what is saved."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite

import numpy as np

from datasets.enough import FEWEST
from datasets.own.recipe import FEWEST_ROWS
from datasets.table import Reading, read

CLASSES = ("A", "B", "C", "D")
REACH = 6.0  # the plane goes from -REACH to REACH, both ways
MOST = 2000  # points
MOST_PLACES = 200  # of one stroke
DEEPEST = 100  # steps that can be undone
DIGITS = 3

Point = tuple[float, float, str]


@dataclass(frozen=True)
class Drawing:
    """Points so far, and what they were before each step, the latest last."""

    points: tuple[Point, ...] = ()
    past: tuple[tuple[Point, ...], ...] = ()

    def drawn(self, points: Sequence[Point]) -> "Drawing":
        """With other points; those before can be had back."""
        if tuple(points) == self.points:
            return self
        return Drawing(tuple(points)[:MOST], (*self.past, self.points)[-DEEPEST:])

    def undone(self) -> "Drawing":
        """As it was a step ago."""
        return Drawing(self.past[-1], self.past[:-1]) if self.past else self

    def stroke(
        self, places: Sequence[Sequence[float]], name: str, count: int, spread: float
    ) -> "Drawing":
        """With `count` points of a class around every place, as far apart as `spread` says.

        places: pairs of x1 and x2. Points beyond the plane come to lie on its edge.
        """
        found = [pair for pair in places[:MOST_PLACES] if _pair(pair)]
        if not found or name not in CLASSES:
            return self
        # a number of its own for each step: undone and drawn again it is the same
        random = np.random.RandomState(len(self.points))
        middles = np.repeat(np.array(found, "float64"), count, axis=0)
        moved = middles + spread * random.normal(size=middles.shape)
        moved = np.clip(moved, -REACH, REACH).round(DIGITS) + 0.0
        return self.drawn([*self.points, *((x, y, name) for x, y in moved.tolist())])


def _pair(pair: Sequence[float]) -> bool:
    """Whether a browser sent two numbers."""
    numbers = isinstance(pair, list | tuple) and len(pair) == 2
    return numbers and all(isinstance(v, int | float) and isfinite(v) for v in pair)


def within(points: Sequence[Point]) -> tuple[tuple[Point, ...], str]:
    """Points with those beyond the plane moved to its edge, and a sentence on it, or ""."""
    kept = tuple((*(min(max(v, -REACH), REACH) for v in point[:2]), point[2]) for point in points)
    beyond = [v for point in points for v in point[:2] if abs(v) > REACH]
    if not beyond:
        return kept, ""
    told = ", ".join(f"{v:g}" for v in beyond[:3]) + " and more" * (len(beyond) > 3)
    return kept, (
        f"The plane goes from {-REACH:g} to {REACH:g}: {told} "
        f"{'is' if len(beyond) == 1 else 'are'} beyond it, so the edge was taken instead."
    )


def text_of(points: Sequence[Point]) -> str:
    """Points as JSON, for the browser to keep."""
    return json.dumps(points, separators=(",", ":"))


def points_of(kept: object) -> tuple[Point, ...]:
    """The points of such a text, without anything that no brush draws."""
    try:
        found = json.loads(kept)
    except (TypeError, ValueError, RecursionError):
        return ()
    rows = [row for row in found if _drawable(row)] if isinstance(found, list) else []
    return tuple((float(x), float(y), name) for x, y, name in rows[:MOST])


def _drawable(row: object) -> bool:
    """Whether this is a point in the plane with a class."""
    if not isinstance(row, list) or len(row) != 3 or row[2] not in CLASSES:
        return False
    return all(type(v) in (int, float) and abs(v) <= REACH for v in row[:2])


def table_of(drawing: Drawing) -> Reading:
    """The points as a table; ValueError says what has to be drawn before it can be saved."""
    points = drawing.points
    if len(points) < FEWEST_ROWS:
        raise ValueError(f"Draw at least {FEWEST_ROWS} points; now there are {len(points)}.")
    counts = Counter(name for _, _, name in points)
    if len(counts) < 2:
        raise ValueError("Draw points of two classes at least, or there is nothing to tell apart.")
    name, least = min(counts.items(), key=lambda pair: pair[1])
    if least < FEWEST:
        raise ValueError(f"Class {name} has {least} points; draw at least {FEWEST} of each class.")
    rows = [f"{x!r},{y!r},{name}" for x, y, name in points]
    found = read("\n".join(["x1,x2,class", *rows]).encode(), header=True)
    flat = [column.name for column in found.columns if column.kind == "constant"]
    if flat:
        raise ValueError(f"All points have the same {flat[0]}; draw some beside the others.")
    return replace(found, notes=())
