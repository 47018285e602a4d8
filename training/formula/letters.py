"""The characters and words that a formula may be made of, before Python's parser sees it."""

import keyword
import re

from training.formula.grammar import LONGEST, RESERVED
from training.formula.tree import FormulaError, Place

_TOKEN = re.compile(
    r"(?P<space>[ \n]+|#[^\n]*)"
    r"|(?P<number>(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?(?![A-Za-z0-9_.]))"
    r"|(?P<word>[A-Za-z][A-Za-z0-9_]*)"
    r"|(?P<sign>\*\*|[-+*/]=?|[<>=!]=|[<>=(),;])"
)
_REASONS = {
    **dict.fromkeys("\"'`", "text in quotes has no place in a formula; write numbers and names"),
    ".": "there is nothing behind a dot here; write log(x), not keras.ops.log(x)",
    **dict.fromkeys("[]{}", "a formula has no lists and no indices; use round brackets"),
    "^": "^ is no power here; write x ** 2",
    "_": "a name begins with a letter, not with _",
    "\\": "a line is not continued with a backslash; put it into round brackets",
    ":": "a formula has no colons: only assignments such as a = 2, and values",
    "%": "there is no remainder here; use + - * / and **",
    "@": "there is no matrix product here; a formula works number by number",
    **dict.fromkeys("&|~", "write logical_and(a, b), logical_or(a, b) or logical_not(a)"),
    "!": "write != for unequal, or logical_not(a)",
}


def tidy(text: str) -> str:
    """The text with each assignment on its own line and without spaces at the ends of lines."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ").split("\n")
    split = [line if "#" in line else line.replace(";", "\n") for line in lines]
    stripped = [
        line.strip(" ") if ";" in text else line.rstrip(" ")
        for line in "\n".join(split).split("\n")
    ]
    return "\n".join(stripped).strip("\n")


def one_line(text: str) -> str:
    """A formula in one line, with ; between assignments, which reads the same; else the text."""
    lines = text.split("\n")
    whole = all(line.strip() and line.count("(") == line.count(")") for line in lines)
    return "; ".join(lines) if whole and "#" not in text else text


def spelled(text: str) -> None:
    """FormulaError at the first thing that no formula has in it."""
    if len(text) > LONGEST:
        raise FormulaError(
            f"a formula has at most {LONGEST} characters, and this has {len(text)}.", Place(1, 1)
        )
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if not found:
            raise FormulaError(f"{_reason(text[at:])}.", place(text, at))
        word = found.group("word")
        if word and (keyword.iskeyword(word) or word in RESERVED):
            raise FormulaError(
                f"{word!r} has no place in a formula; where(condition, a, b) chooses, and other "
                "names are free.",
                place(text, at),
            )
        at = found.end()


def place(text: str, at: int) -> Place:
    """Line and column of a position."""
    return Place(text.count("\n", 0, at) + 1, at - (text.rfind("\n", 0, at) + 1) + 1)


def _reason(rest: str) -> str:
    if rest.lstrip(".")[:1].isdigit() and rest[0].isascii():
        return "this is no number; write one such as 2, 0.5 or 1e-7, with a sign behind it"
    shown = ascii(rest[0])
    if rest[0].isprintable() and not rest[0].isascii():  # it may look like one that has a place
        shown = f"{rest[0]!r} (U+{ord(rest[0]):04X})"
    return _REASONS.get(rest[0], f"{shown} is no character of a formula")
