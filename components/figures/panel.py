"""What one chart of curves draws: medians, bands, single runs, and the range they take."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from components.figures.axes import Axes
from components.figures.parts import PREFIX, Part
from components.figures.run import Line
from components.figures.scales import is_share, value_range
from components.figures.smooth import smoothed
from components.figures.variant import Variant, variants
from training.clock import together


@dataclass(frozen=True, eq=False)
class Panel:
    """Curves of one column; `parts` are those that some line has."""

    lines: tuple[Line, ...]
    column: str
    epochs: int
    title: str
    wants_log: bool
    parts: tuple[Part, ...]
    axes: Axes

    @cached_property
    def groups(self) -> list[Variant]:
        """Runs that differ in seed only, together."""
        return variants(self.lines)

    @property
    def alone(self) -> bool:
        """Whether there is a single run, so that its parts need names and the run does not."""
        return sum(len(group.lines) for group in self.groups) == 1

    @property
    def banded(self) -> Part:
        """The part whose seeds have bands: those of both would hide each other."""
        return self.parts[-1]

    @cached_property
    def medians(self) -> list[tuple[Variant, Part, np.ndarray]]:
        """The thick curves, float32 (epochs,), by part and variant."""
        weight = self.axes.smoothing
        return [
            (group, part, smoothed(group.median(PREFIX[part] + self.column), weight))
            for part in self.parts
            for group in self.groups
        ]

    @cached_property
    def bands(self) -> list[tuple[Variant, np.ndarray, np.ndarray]]:
        """Lower and upper edge, float32 (epochs,), of every variant with several seeds."""
        name, weight = PREFIX[self.banded] + self.column, self.axes.smoothing
        several = [group for group in self.groups if len(group.lines) > 1]
        return [(g, *(smoothed(edge, weight) for edge in g.band(name))) for g in several]

    @cached_property
    def untimed(self) -> bool:
        """Whether curves lie over seconds that cannot be held against each other."""
        over = self.axes.across == "seconds"
        return over and not together(line.values("seconds") for line in self.lines)

    @property
    def former(self) -> list[Line]:
        """Runs that lie behind the others."""
        return [line for line in self.lines if line.ghost]

    @cached_property
    def raw(self) -> list[Variant]:
        """Variants whose single runs are drawn too: several seeds, or what a smoothed curve was."""
        if not self.axes.seeds:
            return []
        return [g for g in self.groups if len(g.lines) > 1 or self.axes.smoothing]

    @cached_property
    def _values(self) -> list[np.ndarray]:
        """Everything that is drawn."""
        edges = [edge for _, *both in self.bands for edge in both]
        runs = [*self.former, *(line for group in self.raw for line in group.lines)]
        single = [line.values(PREFIX[part] + self.column) for part in self.parts for line in runs]
        return [*(values for _, _, values in self.medians), *edges, *single]

    @cached_property
    def log_y(self) -> bool:
        """Whether values are on a logarithmic axis: not where some lie below zero."""
        return self.wants_log and not any((values < 0).any() for values in self._values)

    @cached_property
    def share(self) -> bool:
        """Whether values are shares, of which the axis goes from 0 to 1 or shows the upper part."""
        return is_share(self.column) and not self.log_y

    @cached_property
    def flat(self) -> bool:
        """Whether all values are one number, from 1 below to 1 above which Plotly would draw."""
        numbers = [values[np.isfinite(values)] for values in self._values]
        known = [own for own in numbers if len(own)]
        return bool(known) and min(v.min() for v in known) == max(v.max() for v in known)

    @cached_property
    def range(self) -> tuple[list[float] | None, bool]:
        """Of what is drawn, as `value_range` gives it."""
        return value_range(self._values, self.log_y, self.share)
