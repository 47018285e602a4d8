"""Waiting for a state, with the time it took."""

import time
from collections.abc import Callable

LOOK = 0.005  # seconds between looks: short against every target
LONGEST = 300  # seconds until waiting is given up


class TooLong(Exception):
    """What was waited for did not come."""


def until(what: Callable[[], object], seconds: float = LONGEST, look: float = LOOK) -> float:
    """Seconds until `what` returns something true; raises TooLong."""
    began = time.perf_counter()
    while not what():
        if time.perf_counter() - began > seconds:
            raise TooLong(f"Nothing came within {seconds:.0f} s.")
        time.sleep(look)
    return time.perf_counter() - began
