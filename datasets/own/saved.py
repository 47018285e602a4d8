"""What is kept of a saved file beside its rows: enough to draw models and refuse wrong choices."""

import base64
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Kept:
    """A column of a saved table. `gaps`: bool (rows,), True where there is no value."""

    name: str
    kind: str  # as in `datasets.kinds`
    categories: tuple[str, ...]
    distinct: int
    gaps: np.ndarray = field(compare=False, repr=False)


@dataclass(frozen=True)
class Saved:
    """A file that was saved, without its rows."""

    digest: str  # SHA-256 of its bytes, 64 hex digits
    title: str
    rows: int
    kept: tuple[Kept, ...]
    use: Mapping[str, Any] = field(default_factory=dict)  # arguments that it was last used with
    entry: str = "table"  # or "drawn": the name in the catalog

    @cached_property
    def by_name(self) -> dict[str, Kept]:
        """Columns by name."""
        return {column.name: column for column in self.kept}

    @property
    def file(self) -> str:
        """The name that the file has beside an exported script."""
        letters = "".join(c if c.isascii() and c.isalnum() else "-" for c in self.title.lower())
        short = "-".join(part for part in letters.split("-") if part)[:40] or "table"
        return f"{short.removesuffix('-csv')}-{self.digest[:8]}.csv"

    def to_json(self) -> str:
        """As it is written beside the file."""
        columns = [
            [c.name, c.kind, list(c.categories), c.distinct, _packed(c.gaps)] for c in self.kept
        ]
        return json.dumps(
            {
                "title": self.title,
                "entry": self.entry,
                "rows": self.rows,
                "columns": columns,
                "use": dict(self.use),
            }
        )

    @classmethod
    def from_json(cls, digest: str, text: str) -> "Saved":
        """As `to_json` wrote it."""
        found = json.loads(text)
        rows = found["rows"]
        kept = tuple(
            Kept(name, kind, tuple(categories), distinct, _unpacked(gaps, rows))
            for name, kind, categories, distinct, gaps in found["columns"]
        )
        return cls(digest, found["title"], rows, kept, found["use"], found["entry"])


def _packed(gaps: np.ndarray) -> str:
    """Nothing where no value is missing."""
    if not gaps.any():
        return ""
    return base64.b64encode(zlib.compress(np.packbits(gaps).tobytes())).decode()


def _unpacked(text: str, rows: int) -> np.ndarray:
    if not text:
        return np.zeros(rows, bool)
    bits = np.frombuffer(zlib.decompress(base64.b64decode(text)), np.uint8)
    return np.unpackbits(bits, count=rows).astype(bool)
