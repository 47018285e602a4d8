"""Real tables that ship for trying, with what is special about each; sources in their README."""

from pathlib import Path

PLACE = Path(__file__).parents[1] / "tables"

EXAMPLES = {
    "wine.csv": "178 wines of three growers: a plain CSV",
    "diabetes.csv": "442 patients: semicolons, decimal commas, categories",
    "tumours.csv": "569 tumours: one cell in twenty is missing",
}


def content(name: str) -> bytes:
    """The bytes of one of them."""
    return (PLACE / name).read_bytes()
