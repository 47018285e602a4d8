"""The text of a file, whatever encoding it was written in."""

_NO_TEXT = (
    "This is no text file: it holds bytes that no letter is written with. "
    "Save the table as CSV UTF-8 and upload that."
)


def decode(content: bytes) -> tuple[str, str]:
    """The text, and the name of its encoding; ValueError when it is no text at all.

    Without a mark at its beginning a file is UTF-8 if that can be, else Western European (cp1252,
    or latin-1 where cp1252 has no letter).
    """
    for mark, encoding in (
        (b"\xff\xfe\0\0", "utf-32"),
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            return _strict(content, encoding), encoding
    if guess := _unmarked(content):
        return _strict(content, guess), guess
    for encoding in ("utf-8", "cp1252", "latin-1"):
        try:
            return _checked(content.decode(encoding)), encoding
        except UnicodeDecodeError:
            continue
    raise ValueError(_NO_TEXT)  # never reached: latin-1 reads every byte


def _unmarked(content: bytes) -> str:
    """UTF-16 without its mark: every second byte of plain letters is zero."""
    head = content[:400]
    if len(head) >= 4 and not len(content) % 2:
        if head[1::2].count(0) > 0.8 * len(head[1::2]) and not head[::2].count(0):
            return "utf-16-le"
        if head[::2].count(0) > 0.8 * len(head[::2]) and not head[1::2].count(0):
            return "utf-16-be"
    return ""


def _strict(content: bytes, encoding: str) -> str:
    try:
        return _checked(content.decode(encoding))
    except UnicodeDecodeError:
        raise ValueError(
            f"The file says that it is written in {encoding.upper()}, but breaks off or is damaged "
            "inside. Save it again as CSV UTF-8."
        ) from None


def _checked(text: str) -> str:
    """The text, if its letters are letters."""
    strange = sum(text.count(chr(code)) for code in range(32) if code not in (9, 10, 11, 12, 13))
    if "\0" in text or strange > len(text) / 100:
        raise ValueError(_NO_TEXT)
    return text
