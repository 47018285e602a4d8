"""Rows of a saved table as arrays; both functions are complete in themselves, for scripts."""

import csv

import numpy as np


def table(
    path: str,
    target: str,
    features: dict[str, tuple[str, ...] | None],
    classes: tuple[str, ...] | None,
    missing: str,
) -> tuple[np.ndarray, np.ndarray]:
    """Inputs and target of a CSV file in UTF-8, where an empty cell is a gap.

    features: categories by column, None for numbers; each category becomes a column of 0 and 1.
    missing: "drop" leaves out rows with gaps, "fill" and "category" leave gaps as NaN, the latter
    with a column of 0 and 1 that tells of them (or a category of their own).
    x: float64 (rows, inputs), y: int64 (rows,) of classes, or float64 (rows,).
    """
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    needed = [target, *features] if missing == "drop" else [target]
    whole = [row for row in rows if all(row[name] for name in needed)]
    blocks = []
    for name, categories in features.items():
        cells = [row[name] for row in whole]
        gaps = np.array([[not cell] for cell in cells], dtype="float64")
        if categories is None:
            block = np.array([[float(cell or "nan")] for cell in cells])
        else:
            block = np.array([[cell == one for one in categories] for cell in cells], "float64")
        if missing == "category" and not all(row[name] for row in rows):
            block = np.concatenate([block, gaps], axis=1)
        elif categories is not None:
            block[gaps[:, 0] == 1] = np.nan
        blocks.append(block)
    answers = [row[target] for row in whole]
    if classes is None:
        return np.concatenate(blocks, axis=1), np.array([float(cell) for cell in answers])
    number = {one: i for i, one in enumerate(classes)}
    return np.concatenate(blocks, axis=1), np.array([number[cell] for cell in answers], "int64")


def fill(
    parts: list[tuple[np.ndarray, np.ndarray]], widths: list[int]
) -> list[tuple[np.ndarray, np.ndarray]]:
    """The parts (x, y) without NaN, by what the first, the training part, shows.

    widths: how many columns of x belong together. One is a number, whose gaps become the median;
    more are the categories of one feature, whose gaps become the most frequent category.
    """
    train, end = parts[0][0], 0
    filled = [x.copy() for x, _ in parts]
    for width in widths:
        start, end = end, end + width
        known = train[~np.isnan(train[:, start]), start:end]
        if width == 1:
            usual = np.median(known, axis=0) if len(known) else np.zeros(1)
        else:
            usual = np.eye(width)[known.sum(axis=0).argmax()]
        for x in filled:
            x[np.isnan(x[:, start]), start:end] = usual
    return [(x, y) for x, (_, y) in zip(filled, parts, strict=True)]
