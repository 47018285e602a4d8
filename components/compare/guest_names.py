"""Short names for rows of other people's files: what is trained there, and whose it is."""

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from components.figures.kin import FROM
from training.joining import Joined
from training.spec import Experiment
from training.states import RunState
from training.variant_labels import labels

LONGEST = 22  # letters that fit beside the end of a curve
WHO = 6  # of them, at most for whose it is


def names_with(
    found: Joined, own: Sequence[Experiment], names: Sequence[str], files: Mapping[str, str]
) -> tuple[list[str], dict[str, str]]:
    """A name for each run: rows here keep theirs, rows of guests only say what differs, and whose.

    `files` has by canonical experiment the file of each guest. Also by name, in full, what was
    shortened.
    """
    experiments = [run.experiment for run in found.state.runs]
    given = {e.variant: name for e, name in zip(own, names, strict=True)}
    whose = _whose(found.guests, files)
    whole = {}
    here = list(given)
    for variant, files_of in whose.items():
        if variant not in given:
            label = labels([*here, variant])[-1]  # what other guests do need not be said of it
            name = _new(label, files_of, set(given.values()))
            given[variant] = name
            if "…" in name:
                whole[name] = f"{label} of {', '.join(files_of)}"
    return [given[e.variant] for e in experiments], whole


def _whose(guests: Sequence[RunState], files: Mapping[str, str]) -> dict[Experiment, list[str]]:
    """By variant, the files that its runs come from."""
    found: dict[Experiment, dict[str, None]] = {}
    for run in guests:
        its = found.setdefault(run.experiment.variant, {})
        its[files[run.experiment.canonical]] = None
    return {variant: list(its) for variant, its in found.items()}


def _new(label: str, files: Sequence[str], taken: set[str]) -> str:
    """Row and whose it is, shortened to LONGEST, numbered where that is another row's name."""
    who = _short(_who(files[0]), WHO) if len(files) == 1 else f"{len(files)} files"
    number = 1
    while True:
        end = (f" {number}" if number > 1 else "") + FROM + who
        name = _short(label, LONGEST - len(end)) + end
        if name not in taken:
            return name
        number += 1


def _who(file: str) -> str:
    """A file's name without what all of them have."""
    name, _, number = file.partition(" (")  # one of several files of this name
    stem = PurePath(name).stem.removeprefix("compile-lab-") or name
    return f"{stem} {number.rstrip(')')}".rstrip()


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
