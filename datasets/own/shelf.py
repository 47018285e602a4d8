"""Saved files on this computer's disk, each under the SHA-256 digest of its bytes.

What is known of a file stays when it is deleted, so that what was trained on it can still be shown.
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from datasets.fashion import DataMissing
from datasets.own.saved import Kept, Saved

if TYPE_CHECKING:
    from datasets.table import Reading

DIGEST = re.compile(r"[0-9a-f]{64}")
LONGEST_TITLE = 60  # letters

NOT_CHOSEN = "No table is chosen: open the page Own data, choose one there and press its button."
NOT_HERE = (
    "The table of this experiment is not on this server: uploaded and drawn data never leave the "
    "computer that they were saved on. Open it there, or upload the same file on the page Own data."
)
DELETED = (
    "{what} {title} was deleted, so nothing new can be trained on it; what was trained stays. "
)
WHAT_NOW = {
    "table": "Upload the same file on the page Own data to go on, or choose another data set.",
    "drawn": "Choose another data set, or draw a new one on the page Draw data.",
}


def folder() -> Path:
    """Where files are saved; it may not be there yet."""
    home = Path(os.environ.get("COMPILE_LAB_HOME") or Path.home() / ".compile-lab").expanduser()
    return home / "tables"


def save(reading: "Reading", title: str, entry: str = "table") -> Saved:
    """Keep a table that was read; the same one is kept once. ValueError when the disk refuses."""
    saved = saved_of(reading, title, entry)
    _write(saved, reading.content)
    return saved


def saved_of(reading: "Reading", title: str, entry: str = "table") -> Saved:
    """What will be known of a table when it is saved."""
    digest = hashlib.sha256(reading.content).hexdigest()
    gaps = reading.table == ""
    kept = tuple(
        Kept(c.name, c.kind, c.categories, c.distinct, gaps[c.name].to_numpy())
        for c in reading.columns
    )
    short = " ".join(title.split())[:LONGEST_TITLE] or "table"
    return Saved(digest, short, len(reading.table), kept, entry=entry)


def remember(saved: Saved, use: Mapping[str, Any]) -> Saved:
    """Keep the arguments that a table is used with, to offer them again."""
    saved = replace(saved, use=dict(use))
    _write(saved)
    return saved


def described(digest: str) -> Saved:
    """What is known of a file; DataMissing when it never was on this computer."""
    if not digest:
        raise DataMissing(NOT_CHOSEN)
    if not DIGEST.fullmatch(digest):
        raise ValueError(f"{digest[:20]!r} is no digest of a table; it has 64 hex digits.")
    path = folder() / f"{digest}.json"
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (OSError, ValueError, KeyError, TypeError):
        raise DataMissing(NOT_HERE) from None


def present(digest: str) -> Path:
    """The file; DataMissing when it was deleted or never here."""
    saved = described(digest)
    path = folder() / f"{digest}.csv"
    if not path.is_file():
        what = "The drawing" if saved.entry == "drawn" else "The file"
        said = DELETED.format(what=what, title=saved.title)
        raise DataMissing(said + WHAT_NOW[saved.entry])
    return path


def missing(digest: str) -> str:
    """Why the rows of a file are not here, in sentences; "" where they are."""
    try:
        present(digest)
    except DataMissing as error:
        return str(error)
    return ""


def listed() -> list[Saved]:
    """All files that are here, the newest first."""
    found = []
    for path in folder().glob("*.csv"):
        with suppress(ValueError, OSError):
            found.append((path.stat().st_mtime_ns, described(path.stem)))
    return [saved for _, saved in sorted(found, key=lambda pair: -pair[0])]


def delete(digest: str) -> None:
    """Delete a file; names of its columns and classes stay for what was trained on it."""
    described(digest)
    (folder() / f"{digest}.csv").unlink(missing_ok=True)


@lru_cache(maxsize=64)
def _read(path: Path, changed: int) -> Saved:
    return Saved.from_json(path.stem, path.read_text(encoding="utf-8"))


def _write(saved: Saved, content: bytes | None = None) -> None:
    place = folder()
    try:
        place.mkdir(parents=True, exist_ok=True)
        _replace(place / f"{saved.digest}.json", saved.to_json().encode())
        if content is not None:
            _replace(place / f"{saved.digest}.csv", content)
    except OSError as error:
        raise ValueError(
            f"The table could not be saved in {place} ({error.strerror}); free some space there, "
            "or set COMPILE_LAB_HOME to a folder that can be written."
        ) from error


def _replace(path: Path, content: bytes) -> None:
    """Written whole or not at all, because workers may be reading it."""
    handle, unfinished = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.replace(unfinished, path)
