"""One run of a results file, checked before it may stand beside those that were trained here."""

import re
from collections.abc import Mapping
from typing import Any

import numpy as np

from training.catalog import check
from training.choice import fields_of
from training.monitored import stopping
from training.plan import EXTRA
from training.spec import Experiment
from training.states import ENDED, RunState

FIELDS = (
    *("experiment", "status", "diverged", "columns", "history", "finals", "proof", "versions"),
)
PARTS = ("train", "validation", "test")
PROOF = ("data", "weights", "order")
HASH = re.compile(r"[0-9a-f]{1,64}")
LARGEST = float(np.finfo(np.float32).max)
MOST_WORDS = 300  # characters of the versions


def run_of(spec: Any, where: str) -> RunState:
    """Validate one run, found at `where`; ValueError says what is wrong and what would be right."""
    fields = fields_of(spec, where, FIELDS)
    experiment = Experiment.from_json(fields["experiment"], f"{where}: ")
    status, diverged = _ending(fields, experiment, where)
    columns = _columns(fields["columns"], experiment, where)
    history = _history(fields["history"], columns, where)
    _length(len(history), status, diverged, experiment, where)
    finals = _finals(fields["finals"], status, experiment, where)
    if status == "finished" and not np.isfinite(history[:, columns.index("loss")]).all():
        raise ValueError(f"{where}: the loss of a finished run is a number in every epoch.")
    versions = fields["versions"]
    if not isinstance(versions, str) or not versions.isprintable() or len(versions) > MOST_WORDS:
        raise ValueError(f"{where}: versions must be one line of at most {MOST_WORDS} characters.")
    return RunState(
        experiment=experiment,
        digest=experiment.digest_with(versions),
        status=status,
        epochs_done=len(history),
        history=_widened(history, columns, experiment),
        columns=(*experiment.columns, *EXTRA),
        diverged=diverged,
        error=None,
        error_type=None,
        finals=finals,
        proof=_proof(fields["proof"], where),
        started=None,
        finished=None,
        queue_position=None,
        versions=versions,
    )


def _ending(
    fields: Mapping[str, Any], experiment: Experiment, where: str
) -> tuple[Any, int | None]:
    status, diverged = fields["status"], fields["diverged"]
    if not isinstance(status, str) or status not in ENDED:
        raise ValueError(f"{where}: status is {status!r}; it must be {', '.join(sorted(ENDED))}.")
    if diverged is not None:
        diverged = check.whole(diverged, 1, experiment.epochs, f"{where}: diverged")
    if (status == "diverged") != (diverged is not None):
        raise ValueError(
            f"{where}: status is {status!r} and diverged is {diverged!r}; a diverged run, and no "
            "other, names the epoch in which it did."
        )
    return status, diverged


def _columns(columns: Any, experiment: Experiment, where: str) -> list[str]:
    own = list(experiment.columns)
    more = columns[len(own) :] if isinstance(columns, list) else []
    if not isinstance(columns, list) or columns[: len(own)] != own:
        raise ValueError(f"{where}: columns must begin with those of its spec: {', '.join(own)}.")
    unknown = [name for name in more if name not in EXTRA]
    if unknown or len(set(more)) < len(more):
        raise ValueError(
            f"{where}: columns has {(unknown or more)[0]!r} too much; behind those of its spec "
            f"may stand {', '.join(EXTRA)}, each once."
        )
    return columns


def _history(history: Any, columns: list[str], where: str) -> np.ndarray:
    """float32 (epochs, columns), NaN for null."""
    if not isinstance(history, list):
        raise ValueError(f"{where}: history must be a list with a list of numbers for each epoch.")
    for epoch, row in enumerate(history, start=1):
        if not isinstance(row, list) or len(row) != len(columns):
            given = len(row) if isinstance(row, list) else "no"
            raise ValueError(
                f"{where}: history has {given} numbers in epoch {epoch}, and there are "
                f"{len(columns)} columns."
            )
        if not all(map(_is_number, row)):
            raise ValueError(
                f"{where}: history has something else than numbers and null in epoch {epoch}."
            )
    return np.array(history, dtype="float32").reshape(len(history), len(columns))


def _is_number(value: Any) -> bool:
    return value is None or (type(value) in (int, float) and abs(value) <= LARGEST)


def _length(
    epochs: int, status: str, diverged: int | None, experiment: Experiment, where: str
) -> None:
    early = stopping(experiment) and 0 < epochs < experiment.epochs
    wanted = {"finished": epochs if early else experiment.epochs, "diverged": diverged}.get(status)
    if epochs != wanted if wanted else epochs > experiment.epochs:
        few = "" if wanted else "at most "
        raise ValueError(
            f"{where}: history has {epochs} epochs; of this run, which is {status}, it must have "
            f"{few}{wanted or experiment.epochs}."
        )


def _finals(
    finals: Any, status: str, experiment: Experiment, where: str
) -> dict[str, dict[str, float]] | None:
    if finals is None and status != "finished":
        return None
    own = [c for c in experiment.columns if not c.startswith("val_")]
    found = {}
    for part, numbers in fields_of(finals, f"{where}: finals", PARTS).items():
        at = f"{where}: finals.{part}"
        if not all(map(_is_number, fields_of(numbers, at, own).values())):
            raise ValueError(f"{at} has something else than numbers and null.")
        found[part] = {c: float("nan") if numbers[c] is None else numbers[c] for c in own}
    return found


def _proof(proof: Any, where: str) -> dict[str, str] | None:
    if proof is None:
        return None
    for name, value in fields_of(proof, f"{where}: proof", PROOF).items():
        if not isinstance(value, str) or not HASH.fullmatch(value):
            raise ValueError(f"{where}: proof.{name} must be a hash of up to 64 hex digits.")
    return dict(proof)


def _widened(history: np.ndarray, columns: list[str], experiment: Experiment) -> np.ndarray:
    """The history in the columns of runs here; NaN in those that the file does not have."""
    names = (*experiment.columns, *EXTRA)
    wide = np.full((len(history), len(names)), np.nan, "float32")
    own = len(experiment.columns)
    wide[:, :own] = history[:, :own]
    for name in columns[own:]:
        wide[:, names.index(name)] = history[:, columns.index(name)]
    return wide
