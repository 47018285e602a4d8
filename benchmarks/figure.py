"""One measured number with its target, and a part's figures with where and when they were taken."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

RESULTS = Path(__file__).with_name("results.json")


@dataclass(frozen=True)
class Figure:
    """A row of the table. `met` is None where there is no target."""

    what: str
    target: str
    measured: str
    how: str  # what was done, in few words
    met: bool | None = None


@dataclass(frozen=True)
class Part:
    """The figures of one part of the benchmark, taken in one run on one machine."""

    name: str
    figures: tuple[Figure, ...]
    date: str  # ISO 8601
    machine: str
    versions: str
    load: str  # how busy the machine was with other work when the part began


def at_most(what: str, limit: float, value: float, unit: str, how: str, more: str = "") -> Figure:
    """A figure that should be `limit` or less; `more` is said beside the number."""
    measured = f"{_number(value)} {unit}{f' ({more})' if more else ''}"
    return Figure(what, f"at most {limit:g} {unit}", measured, how, value <= limit)


def at_least(what: str, limit: float, value: float, unit: str, how: str, more: str = "") -> Figure:
    """A figure that should be `limit` or more; `more` is said beside the number."""
    measured = f"{_number(value)} {unit}{f' ({more})' if more else ''}"
    return Figure(what, f"at least {limit:g} {unit}", measured, how, value >= limit)


def plain(what: str, measured: str, how: str) -> Figure:
    """A figure without a target, which explains the others."""
    return Figure(what, "", measured, how)


def spread(values: Sequence[float], unit: str) -> str:
    """Smallest and largest of several measurements."""
    return f"{_number(min(values))} to {_number(max(values))} {unit}, {len(values)} times"


def load(path: Path = RESULTS) -> dict[str, Part]:
    """The parts measured so far, by name."""
    if not path.exists():
        return {}
    return {
        name: Part(**{**part, "figures": tuple(Figure(**f) for f in part["figures"])})
        for name, part in json.loads(path.read_text(encoding="utf-8")).items()
    }


def save(parts: dict[str, Part], path: Path = RESULTS) -> None:
    """Keep the parts, so that one can be measured again alone."""
    listed = {name: asdict(part) for name, part in parts.items()}
    path.write_text(json.dumps(listed, indent=1) + "\n", encoding="utf-8")


def _number(value: float) -> str:
    """Two or three digits that count."""
    if value >= 100:
        return f"{value:,.0f}"
    if value >= 10:
        return f"{value:.1f}"
    return f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"
