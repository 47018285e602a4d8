"""Tables that people bring: bytes of a CSV become columns, or a sentence says why not."""

from datasets.table.read import Reading, read

__all__ = ["Reading", "read"]
