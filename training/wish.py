"""What is wanted of runs, in a word: "run", "pause", "cancel", or "to 17", up to that epoch."""

from collections.abc import Iterable

Wish = str

UNBOUNDED = 2**31 - 1  # more epochs than any run has


def to(epoch: int) -> Wish:
    """Train up to an epoch, then pause."""
    return f"to {epoch}"


def limit(wish: Wish) -> int:
    """The last epoch that may be trained; 0 for a pause at once."""
    if wish == "run":
        return UNBOUNDED
    return int(wish.removeprefix("to ")) if wish.startswith("to ") else 0


def strongest(wishes: Iterable[Wish]) -> Wish:
    """The one that goes furthest: who wants a run outweighs those that do not."""
    return max(wishes, key=lambda wish: (wish != "cancel", limit(wish)), default="cancel")
