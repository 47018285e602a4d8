"""What has to be said of runs that were dropped in: whence they come, and which stay outside."""

from collections.abc import Mapping

from training.joining import MOST_ROWS, Joined
from training.versions import versions


def remark(found: Joined, files: int, whole: Mapping[str, str]) -> str:
    """Sentences on guests from so many files; `whole` has by name in full what was shortened."""
    said = []
    if found.guests:
        said.append(
            f"{len(found.guests)} of these {runs(len(found.state.runs))} "
            f"{'comes' if len(found.guests) == 1 else 'come'} from {_files(files)}: their numbers "
            f"were computed elsewhere{_with({run.versions for run in found.guests})}."
        )
    if whole:
        said.append(f"In full, {'; '.join(f'{name} is {all}' for name, all in whole.items())}.")
    if found.doubled:
        were, go = ("was", "counts") if found.doubled == 1 else ("were", "count")
        said.append(f"{runs(found.doubled)} of the files {were} here already and {go} once.")
    if found.unlike:
        said.append(_unlike(found.unlike))
    if found.unfinished:
        said.append(f"{runs(found.unfinished)} in them ended without a result: left out.")
    if found.beyond:
        said.append(f"{runs(found.beyond)} would make more than {MOST_ROWS} rows: left out.")
    return " ".join(said)


def _unlike(counts: Mapping[str, int]) -> str:
    """Why runs were refused; to show them would invite the comparison that they do not bear."""
    each = [f"{runs(count)} with another {what}" for what, count in counts.items()]
    listed = " and ".join(filter(None, (", ".join(each[:-1]), each[-1])))
    return (
        f"Left out: {listed} than here, because such numbers cannot be held against these. To see "
        "them, set this page up as their owner did and train that."
    )


def _with(theirs: set[str]) -> str:
    """The versions that computed them, where they are others than here."""
    others = sorted(theirs - {versions()})
    return f", some with {' and with '.join(others)} instead of {versions()}" if others else ""


def runs(number: int) -> str:
    """Such as "3 runs"."""
    return "1 run" if number == 1 else f"{number} runs"


def _files(number: int) -> str:
    return "a file" if number == 1 else f"{number} files"
