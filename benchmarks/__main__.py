"""`python -m benchmarks`: measures everything and writes benchmarks/README.md."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks import app, engine, figure, lab, memory, race, report, ticks
from benchmarks.figure import Figure, Part
from benchmarks.machine import load, machine, versions

README = Path(__file__).with_name("README.md")
Measure = Callable[[bool], list[Figure]]
PARTS: dict[str, tuple[Measure, ...]] = {
    "engine": (engine.measure,),
    "race": (race.measure,),
    "lab": (lab.measure, app.measure),
    "ticks": (ticks.measure,),
    "memory": (memory.measure,),
}


def main() -> None:
    """Measure the parts asked for, one after the other."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", choices=PARTS, help="measure one part, keep the other figures")
    parser.add_argument("--quick", action="store_true", help="try everything out, write nothing")
    arguments = parser.parse_args()
    for name in [arguments.only] if arguments.only else PARTS:
        print(f"{name}, load {load()}", flush=True)
        part = take(name, arguments.quick)
        print(report.lines(part.figures), flush=True)
        if not arguments.quick:
            parts = figure.load() | {name: part}
            figure.save(parts)
            text = README.read_text(encoding="utf-8")
            README.write_text(report.fill(text, parts), encoding="utf-8")


def take(name: str, quick: bool) -> Part:
    """Measure one part."""
    before = load()
    found = [f for measure in PARTS[name] for f in measure(quick)]
    return Part(name, tuple(found), date.today().isoformat(), machine(), versions(), before)


if __name__ == "__main__":
    main()
