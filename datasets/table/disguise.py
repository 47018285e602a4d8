"""Files that are no CSV, known by how they begin, and what to do with each."""

LARGEST = 5_000_000  # bytes
HEAD = 2048  # bytes that are looked at
EMPTY = "The file is empty: choose one with a line of names and rows below it."

_EXCEL = "an Excel workbook. In Excel choose File, Save as, CSV UTF-8, and upload that file."
_PICTURE = "a picture. A table has rows and columns of text; export it as CSV."
_PACKED = "a packed archive. Unpack it, and upload the CSV file that is inside."

BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x8b", _PACKED),
    (b"7z\xbc\xaf", _PACKED),
    (b"Rar!", _PACKED),
    (b"BZh", _PACKED),
    (b"\xfd7zXZ", _PACKED),
    (b"\xd0\xcf\x11\xe0", _EXCEL),
    (b"%PDF", "a PDF. Take the table from where it was made and export it as CSV."),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"BM", _PICTURE),
    (b"PAR1", "a Parquet file. Write it as CSV: pandas.read_parquet(...).to_csv(...)."),
    (b"SQLite format 3", "an SQLite database. Export one of its tables as CSV."),
)
TAGS = (b"<!doctype", b"<html", b"<?xml", b"<svg", b"<table", b"<head")


def check(content: bytes) -> None:
    """ValueError with one sentence when these bytes cannot be a CSV file that is taken here."""
    if not content.strip():
        raise ValueError(EMPTY)
    if len(content) > LARGEST:
        raise ValueError(too_large(len(content)))
    if found := _disguise(content):
        raise ValueError(f"This is no CSV file but {found}")


def too_large(size: int, name: str = "The file") -> str:
    """What is to be said of a file with more bytes than can be taken."""
    return (
        f"{name} has {size / 1e6:.1f} MB; up to {LARGEST // 10**6} MB can be taken. "
        "Keep fewer rows or columns."
    )


def _disguise(content: bytes) -> str:
    head = content[:HEAD]
    if head.startswith(b"PK\x03\x04"):
        if b"xl/" in content or b"[Content_Types].xml" in head:
            return _EXCEL
        return _PACKED
    for beginning, what in BEGINNINGS:
        # two letters alone may well begin a table, so a picture needs its zeros too
        if head.startswith(beginning) and (beginning != b"BM" or b"\0" in head[:20]):
            return what
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith(TAGS):
        return "a web page. Download the table itself, as CSV, and not the page that shows it."
    if text.startswith((b"[{", b'{"', b"{\n", b"{\r", b"{ ", b"[\n", b"[[")):
        return "JSON. Write it as CSV: pandas.read_json(...).to_csv(...)."
    return ""
