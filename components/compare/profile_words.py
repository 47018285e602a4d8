"""What performance profiles support, in plain words."""

from collections.abc import Mapping

from components.compare.intervals import Estimate
from components.compare.profile import FARTHEST, Profile
from components.compare.verdict import ENOUGH, FEWEST, listed

FEW = 2  # data sets that are too few to speak of others


def reading(problems: int, measure: str) -> str:
    """How the chart is read, and of how many data sets it speaks."""
    return (
        f"How to read it: the height at a factor τ is the share of the {problems} data sets on "
        f"which a row's {measure} is at most τ times the best row's. At τ = 1 stands how often a "
        f"row is the best; a row that is high at once stays near the best everywhere."
    )


def said(profiles: Mapping[str, Profile], problems: int, seeds: int) -> tuple[str, str]:
    """A sentence on who comes nearest to the best; and that row's name, or "" where none does."""
    areas = {name: one.area for name, one in profiles.items()}
    order = sorted(areas, key=lambda name: areas[name].value, reverse=True)
    scope = f"It speaks of these {problems} data sets, not of others."
    if problems <= FEW:
        scope = f"{problems} data sets are few: one more may turn this round."
    if len(order) < 2:
        return f"Fewer than two rows have finished everywhere. {scope}", ""
    if seeds < FEWEST:
        how = "one seed cannot" if seeds == 1 else f"{seeds} seeds cannot"
        return f"Area: {how} tell skill from luck; take {ENOUGH} seeds to rank rows. {scope}", ""
    level = [name for name in order if areas[name].overlaps(areas[order[0]])]
    if len(level) > 1:
        shown = ", ".join(_shown(areas[name]) for name in level)
        rest = [name for name in order if name not in level]
        are = "is" if len(rest) == 1 else "are"
        behind = f"; {listed(rest)} {are} behind {order[0]}" if rest else ""
        level_with = f"{listed(level)} cannot be told apart with {seeds} seeds ({shown}){behind}."
        return f"Area: {level_with} {scope}", ""
    best, second = order[:2]
    return (
        f"Area: {best} keeps nearest to the best with {_shown(areas[best])} over {seeds} seeds; "
        f"the next, {second}, has {_shown(areas[second])}. {scope}",
        best,
    )


def about_area() -> str:
    """What the one number of a row is."""
    return (
        f"Area: the mean height from τ = 1 to {FARTHEST:g}: 1 is best on every data set, 0 is "
        f"never within a factor {FARTHEST:g}. Its interval is over resampled seeds."
    )


def _shown(estimate: Estimate) -> str:
    return f"{estimate.value:.2f} [{estimate.low:.2f} to {estimate.high:.2f}]"
