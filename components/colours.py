"""The colours and marker symbols that tell runs apart, the same on every page."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

# Okabe and Ito (2008), then neighbours that stay apart for colour-blind eyes as far as twelve can;
# darkened for a white page and lightened for a dark one to a contrast of at least 3.
# Figures are written in LIGHT; the browser swaps in the theme's colour at the same position.
LIGHT: tuple[str, ...] = (
    *("#005FA3", "#D55E00", "#009E73", "#B8558C", "#B87A00", "#3A9BD9"),
    *("#4D4D4D", "#7C7A00", "#6A51C7", "#7F4A21", "#007A85", "#A3122F"),
)
DARK: tuple[str, ...] = (
    *("#3D9BE0", "#F0762B", "#1FC090", "#DE8CBB", "#E69F00", "#9AD4F5"),
    *("#D0D0D0", "#F0E442", "#A594F5", "#B98A5E", "#2FD4DE", "#FF5C74"),
)
GREY = "#808080"  # former runs, and what has no number; readable on both pages
SYMBOLS: tuple[str, ...] = (
    *("circle", "square", "diamond", "triangle-up", "triangle-down", "pentagon"),
    *("star", "cross", "hexagon", "bowtie", "triangle-left", "triangle-right"),
    *("star-diamond", "hourglass", "hexagram", "star-square"),
)
GUESTS = tuple(f"{s}-open-dot" for s in (*SYMBOLS[:9], "hexagram", *SYMBOLS[10:12]))
OPTIMIZERS: tuple[str, ...] = (
    *("SGD", "Adam", "RMSprop", "Momentum", "Nesterov", "AdamW", "Adagrad", "Nadam"),
    *("Lion", "Adadelta", "Adamax", "Ftrl", "Lamb", "Adafactor", "Muon", "ScheduleFreeAdamW"),
)


class Channel(NamedTuple):
    """How a variant looks. Line dash is not part of it: dashed always means validation."""

    colour: str  # from LIGHT
    symbol: str  # Plotly marker symbol


def at(position: int) -> Channel:
    """The channel at a position; pairs repeat after 48."""
    return Channel(
        LIGHT[position % len(LIGHT)],
        SYMBOLS[(position + position // len(SYMBOLS)) % len(SYMBOLS)],
    )


def channel(label: str) -> Channel | None:
    """The fixed channel of an optimizer, which is the first word; None for other labels."""
    words = label.replace("(", " ").replace(",", " ").split()
    return at(OPTIMIZERS.index(words[0])) if words and words[0] in OPTIMIZERS else None


def channels(labels: Sequence[str], hosts: Mapping[str, str] | None = None) -> dict[str, Channel]:
    """A channel for each label: optimizers keep their own, the others take what is free.

    `hosts` has by guest's label the one whose colour it shares; guests have open markers with a
    dot, which nothing else has.
    """
    hosts = hosts or {}
    chosen = _channels([label for label in labels if hosts.get(label, label) == label])
    counts: dict[str, int] = {}
    guests = {}
    for label, host in hosts.items():
        colour, symbol = chosen[host]
        number = counts[colour] = counts.get(colour, -1) + 1
        first = SYMBOLS.index(symbol)
        guests[label] = Channel(colour, GUESTS[(first + number) % len(GUESTS)])
    return {label: guests.get(label) or chosen[label] for label in labels}


def _channels(labels: Sequence[str]) -> dict[str, Channel]:
    chosen: dict[str, Channel] = {}
    for label in labels:
        own = channel(label)
        if own and own not in chosen.values():
            chosen[label] = own
    position = 0
    for label in labels:
        while label not in chosen:
            free = at(position)
            position += 1
            colours = {c.colour for c in chosen.values()}
            if free not in chosen.values() and (
                free.colour not in colours or len(colours) == len(LIGHT)
            ):
                chosen[label] = free
    return chosen
