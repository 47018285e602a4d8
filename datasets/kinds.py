"""What a column of a table can be, and why some kinds cannot be inputs."""

from typing import Literal

Kind = Literal["number", "category", "text", "date", "constant", "empty"]

MOST_CATEGORIES = 50

WHY_NOT: dict[Kind, str] = {
    "text": f"more than {MOST_CATEGORIES} different texts, or long ones",
    "date": "dates and times: write them as numbers, such as a year, a month or days since",
    "constant": "the same in all rows: it tells nothing",
    "empty": "no value in any row",
}
