"""Results as a file that travels: every run with its spec, history, final numbers and proof.

{"format": "compile-lab results", "version": 1, "runs": [{
    "experiment": the spec of one experiment, as in README,
    "status": "finished", "diverged", "cancelled", "failed" or "interrupted",
    "diverged": epoch at which the loss stopped being finite, or null,
    "columns": ["loss", ..., "val_loss", ..., then those of plan.EXTRA],
    "history": [[numbers of epoch 1 by column, null where one is not finite], ...],
    "finals": {"train": {"loss": ...}, "validation": ..., "test": ...} or null,
    "proof": {"data": hash, "weights": hash, "order": hash} or null,
    "versions": "keras ..., tensorflow ..."}]}
"""

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from training.choice import fields_of
from training.results_run import FIELDS, run_of
from training.states import RunState
from training.versions import versions

FORMAT, VERSION = "compile-lab results", 1
MOST_BYTES = 10_000_000
MOST_RUNS = 300


def to_json(runs: Sequence[RunState]) -> str:
    """The runs that have ended as such a file."""
    made = [_said(run) for run in runs if run.ended]
    whole = {"format": FORMAT, "version": VERSION, "runs": made}
    return json.dumps(whole, separators=(",", ":"), allow_nan=False)


def from_json(text: str | bytes) -> list[RunState]:
    """The runs in such a file; ValueError says in a sentence what is wrong with it."""
    if len(text) > MOST_BYTES:
        raise ValueError(
            f"The file has {len(text) / 1e6:.0f} MB and may have {MOST_BYTES / 1e6:.0f}; "
            "download fewer runs, or runs of fewer epochs."
        )
    whole = _envelope(_parsed(text))
    runs = [run_of(spec, f"run {number}") for number, spec in enumerate(whole, start=1)]
    seen: dict[str, int] = {}
    for number, run in enumerate(runs, start=1):
        first = seen.setdefault(run.experiment.canonical, number)
        if first != number:
            raise ValueError(f"run {first} and run {number} are the same experiment; keep one.")
    return runs


def _said(run: RunState) -> dict[str, Any]:
    said = {
        "experiment": run.experiment.to_json(),
        "status": run.status,
        "diverged": run.diverged,
        "columns": list(run.columns),
        "history": [[_number(v) for v in row] for row in run.history.tolist()],
        "finals": _finals(run.finals),
        "proof": dict(run.proof) if run.proof else None,
        "versions": run.versions or versions(),
    }
    return {name: said[name] for name in FIELDS}


def _finals(finals: Mapping[str, Mapping[str, float]] | None) -> dict[str, Any] | None:
    if finals is None:
        return None
    return {part: {c: _exact(v) for c, v in own.items()} for part, own in finals.items()}


def _number(value: float) -> float | None:
    """Float32 with the 9 digits that bring it back exactly."""
    return float(f"{value:.9g}") if math.isfinite(value) else None


def _exact(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _parsed(text: str | bytes) -> Any:
    try:
        return json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise ValueError(
            f"The file is not JSON: {error.msg} in line {error.lineno}, column {error.colno}."
        ) from None
    except (ValueError, RecursionError):
        raise ValueError(
            "The file is not JSON as Compile Lab writes it; download it again as JSON."
        ) from None


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _envelope(whole: Any) -> list[Any]:
    """The list of runs, still unchecked."""
    if not isinstance(whole, Mapping) or whole.get("format") != FORMAT:
        raise ValueError(
            "The file holds no results of Compile Lab; take one that “JSON” under “Take it home” "
            "has written."
        )
    if type(whole.get("version")) is not int or whole["version"] != VERSION:
        raise ValueError(
            f"The file has version {str(whole.get('version'))[:20]!r} of the format, and this "
            f"server reads version {VERSION}; download it from a server of the same age."
        )
    runs = fields_of(whole, "the file", ("format", "version", "runs"))["runs"]
    if not isinstance(runs, list) or not runs:
        raise ValueError("runs must be a list of at least one run.")
    if len(runs) > MOST_RUNS:
        raise ValueError(f"{len(runs)} runs are too many for one file; take at most {MOST_RUNS}.")
    return runs
