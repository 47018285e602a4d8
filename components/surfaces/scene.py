"""What the page is set up to: a race, the piece of the surface on show, and how it is drawn."""

from dataclasses import dataclass
from typing import Any

from training.catalog import check
from training.catalog.texts import shown
from training.choice import fields_of
from training.surface.spec import FARTHEST, SurfaceRace
from training.surface.surfaces import SURFACES, Span, Surface, suits

FIRST = "tilted"
FIRST_LANES = (
    {"name": "SGD", "params": {}},
    {"name": "SGD", "params": {"momentum": 0.9}},
    {"name": "RMSprop", "params": {}},
    {"name": "Adam", "params": {}},
)
STEPS = 200
NARROWEST = 1e-6  # of a piece of a surface


@dataclass(frozen=True)
class Scene:
    """A race on a piece of its surface."""

    race: SurfaceRace
    across: Span  # of x
    up: Span  # of y
    log: bool | None = None  # whether heights are drawn by their logarithm; None: as suits them
    arrows: bool = False  # whether what optimizers remember is drawn

    def to_json(self) -> dict[str, Any]:
        """Everything, as JSON has it."""
        return {
            "race": self.race.to_json(),
            "map": [list(self.across), list(self.up)],
            "log": self.log,
            "arrows": self.arrows,
        }

    @classmethod
    def from_json(cls, spec: Any) -> "Scene":
        """Validate; ValueError says in a sentence what is wrong."""
        fields = fields_of(spec, "the scene", ("race", "map", "log", "arrows"))
        spans = fields["map"]
        if not isinstance(spans, list) or len(spans) != 2:
            raise ValueError(f"map is {shown(spans)}; it must be [[from, to], [from, to]].")
        log = fields["log"]
        return cls(
            SurfaceRace.from_json(fields["race"]),
            _span(spans[0], "x"),
            _span(spans[1], "y"),
            None if log is None else check.flag(log, "log"),
            check.flag(fields["arrows"], "arrows"),
        )


def of_surface(surface: Surface) -> dict[str, Any]:
    """The JSON of a scene on a built-in surface, as it is at first."""
    lanes = [
        {
            "name": lane["name"],
            "params": lane["params"] | {"learning_rate": suits(surface, lane["name"])},
        }
        for lane in FIRST_LANES
    ]
    race = {
        "formula": surface.formula,
        "start": list(surface.start),
        "steps": STEPS,
        "optimizers": lanes,
    }
    spans = [list(surface.across), list(surface.up)]
    return {"race": race, "map": spans, "log": None, "arrows": False}


def first() -> dict[str, Any]:
    """The JSON of the scene that the page opens with."""
    return of_surface(SURFACES[FIRST])


def _span(spec: Any, name: str) -> Span:
    if not isinstance(spec, list) or len(spec) != 2:
        raise ValueError(f"map, {name}: {shown(spec)} is no pair of numbers; give [from, to].")
    low, high = (check.real(v, -FARTHEST, FARTHEST, f"map, {name}") for v in spec)
    if high - low < NARROWEST:
        raise ValueError(
            f"map, {name}: from {low:g} to {high:g} is no piece of the surface; the second number "
            "must be larger."
        )
    return low, high
