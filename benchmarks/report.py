"""The tables of benchmarks/README.md, written from the figures; the words around them stay."""

from benchmarks.figure import Figure, Part

FIRST = "<!-- figures: written by the command -->"
LAST = "<!-- end of figures -->"
TITLES = {
    "engine": "The engine against `model.fit`",
    "race": "The fair race, and the largest comparison",
    "lab": "From the click to the curve",
    "ticks": "Watching",
    "memory": "Memory",
}


def fill(text: str, parts: dict[str, Part]) -> str:
    """`text` with the tables of the parts measured so far between its two marks."""
    tables = [_table(TITLES[name], parts[name]) for name in TITLES if name in parts]
    before, rest = text.split(FIRST)
    return "\n".join([before + FIRST, "", *tables, LAST + rest.split(LAST)[1]])


def lines(figures: tuple[Figure, ...]) -> str:
    """The figures as plain lines, for a terminal."""
    marks = {True: "met ", False: "MISS", None: "    "}
    return "\n".join(
        f"{marks[f.met]}  {f.what}: {f.measured}{f'; {f.target}' if f.target else ''}"
        for f in figures
    )


def _table(title: str, part: Part) -> str:
    words = {True: "yes", False: "**no**", None: ""}
    rows = [
        f"| {f.what} | {f.target} | {f.measured} | {words[f.met]} | {f.how} |" for f in part.figures
    ]
    taken = f"{part.date}; {part.machine}; load of other work when it began: {part.load}; "
    return "\n".join(
        [
            f"## {title}",
            "",
            "| what | target | measured | met | how |",
            "|---|---|---|---|---|",
            *rows,
            "",
            f"{taken}{part.versions}.",
            "",
        ]
    )
