"""The museum's exhibits: programs with a fault that nothing tells."""

from components.learn.exhibits.arguments import ARGUMENTS
from components.learn.exhibits.exhibit import Exhibit, Mark
from components.learn.exhibits.heads import HEADS
from components.learn.exhibits.labels import LABELS
from components.learn.exhibits.targets import TARGETS

__all__ = ["EXHIBITS", "Exhibit", "Mark"]

EXHIBITS: dict[str, Exhibit] = {
    exhibit.name: exhibit
    for exhibit in sorted(
        (*ARGUMENTS, *HEADS, *LABELS, *TARGETS), key=lambda exhibit: int(exhibit.name[1:])
    )
}
