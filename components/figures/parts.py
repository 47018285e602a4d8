"""The two parts of the data that curves are drawn for, and how they are told apart."""

from typing import Literal

Part = Literal["train", "validation"]
BOTH: tuple[Part, ...] = ("train", "validation")
DASH: dict[Part, str] = {"train": "solid", "validation": "6px,3px"}
PREFIX: dict[Part, str] = {"train": "", "validation": "val_"}  # of a history's column
