"""All that the page's link holds: which view is on show, the scene, and how a run is looked at."""

from dataclasses import dataclass
from typing import Any

from components.surfaces.scene import Scene, first
from training.catalog import check
from training.catalog.texts import shown
from training.choice import fields_of
from training.landscape.spec import MOST_LANES, PARTS, PLANES
from training.spec import MOST_EXPERIMENTS, SEED

PAGE = "race"
VIEWS = {"surface": "Surfaces", "run": "A real run"}
SIDES = (15, 25, 41)  # places along each side of a landscape


@dataclass(frozen=True)
class Look:
    """How the runs of a comparison are looked at; `runs` are positions, none for the first ones."""

    runs: tuple[int, ...] = ()
    part: str = PARTS[0]
    plane: str = PLANES[0]
    side: int = SIDES[1]
    around: int = 0  # position of the run in whose end random directions cross
    seed: int = 0

    def to_json(self) -> dict[str, Any]:
        """Everything, as JSON has it."""
        return vars(self) | {"runs": list(self.runs)}

    @classmethod
    def from_json(cls, spec: Any) -> "Look":
        """Validate; ValueError says in a sentence what is wrong."""
        fields = fields_of(spec, "look", ("runs", "part", "plane", "side", "around", "seed"))
        runs = fields["runs"]
        if not isinstance(runs, list) or len(runs) > MOST_LANES:
            raise ValueError(f"look.runs: {shown(runs)} is no list of up to {MOST_LANES} runs.")
        last = MOST_EXPERIMENTS - 1
        return cls(
            tuple(check.whole(run, 0, last, "look.runs") for run in runs),
            check.one_of(fields["part"], PARTS, "look.part"),
            check.one_of(fields["plane"], PLANES, "look.plane"),
            check.one_of(fields["side"], SIDES, "look.side"),
            check.whole(fields["around"], 0, last, "look.around"),
            check.whole(fields["seed"], *SEED, "look.seed"),
        )


@dataclass(frozen=True)
class PageSetup:
    """The whole page."""

    view: str
    scene: Scene
    look: Look = Look()

    def to_json(self) -> dict[str, Any]:
        """Everything, as JSON has it."""
        return {"view": self.view, "scene": self.scene.to_json(), "look": self.look.to_json()}

    @classmethod
    def from_json(cls, spec: Any) -> "PageSetup":
        """Validate; ValueError says in a sentence what is wrong."""
        fields = fields_of(spec, "the set-up", ("view", "scene", "look"))
        return cls(
            check.one_of(fields["view"], tuple(VIEWS), "view"),
            Scene.from_json(fields["scene"]),
            Look.from_json(fields["look"]),
        )


def default(view: str = "surface") -> dict[str, Any]:
    """The JSON of the page as it opens first."""
    return {"view": view, "scene": first(), "look": Look().to_json()}
