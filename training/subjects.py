"""What errands can be of that are of no run: by kind, the value that says what is to be done."""

from training.demo import Demo
from training.landscape.spec import Landscape
from training.surface.spec import SurfaceRace

Subject = Demo | SurfaceRace | Landscape
SUBJECTS: dict[str, type[Demo] | type[SurfaceRace] | type[Landscape]] = {
    subject.kind: subject for subject in (Demo, SurfaceRace, Landscape)
}
