"""The headless command: `python -m training run spec.json`, and `export` for a plain script."""

import argparse
import csv
import json
import sys
from contextlib import nullcontext
from pathlib import Path

from training.export import script
from training.spec import Comparison
from training.tables import history

RIGHT = 0
WRONG_SPEC = 2
FAILED = 1


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 when all is well, 2 for a bad spec, 1 when Keras refuses a choice."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="train a spec, print a final table")
    run.add_argument("spec", help="a JSON file with one experiment or a list; - reads stdin")
    run.add_argument("--out", help="write the history as CSV to this file; - is stdout")
    export = commands.add_parser("export", help="print a plain Keras script of the same numbers")
    export.add_argument("spec", help="a JSON file with one experiment or a list; - reads stdin")
    given = parser.parse_args(arguments)
    try:
        comparison = _read(given.spec)
        if given.command == "export":
            print(script(comparison), end="")
            return RIGHT
        if given.out not in (None, "-"):
            _writable(Path(given.out))
    except ValueError as error:
        print(error, file=sys.stderr)
        return WRONG_SPEC
    return _run(comparison, given.out)


def _read(place: str) -> Comparison:
    try:
        text = sys.stdin.read() if place == "-" else Path(place).read_text()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not text"
        raise ValueError(f"{place} cannot be read: {reason}.") from None
    try:
        return Comparison.from_json(json.loads(text))
    except json.JSONDecodeError as error:
        raise ValueError(
            f"{place} is not JSON: {error.msg} in line {error.lineno}, column {error.colno}."
        ) from None


def _writable(path: Path) -> None:
    """Better to hear it before training than after."""
    try:
        path.open("a").close()
    except OSError as error:
        raise ValueError(f"--out: {path} cannot be written: {error.strerror}.") from None


def _run(comparison: Comparison, out: str | None) -> int:
    from training.headless import table, train  # TensorFlow only when something is trained

    runs = train(comparison.experiments)
    print(table(comparison.experiments, runs), file=sys.stderr if out == "-" else sys.stdout)
    if out:
        with nullcontext(sys.stdout) if out == "-" else Path(out).open("w", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(history(comparison.experiments, runs))
    for position, run in enumerate(runs):
        if run.error:
            print(f"experiment {position}: {run.error_type}: {run.error}", file=sys.stderr)
    return FAILED if any(run.error for run in runs) else RIGHT


if __name__ == "__main__":
    sys.exit(main())
