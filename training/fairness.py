"""Whose turn it is: owners share the workers, however much one of them submits."""

from collections.abc import Mapping, Sequence


class Fairness:
    """Remembers how many seconds of training each owner has had."""

    def __init__(self) -> None:
        self.service: dict[str, float] = {}

    def choose(self, waiting: Sequence[str], running: Mapping[str, int]) -> str | None:
        """The owner who is next, None if nobody waits.

        waiting: owners with waiting runs, the longest waiting first. running: jobs each has now.
        First comes who has fewest running, then who has been served least, then who waits longest.
        """
        if not waiting:
            return None
        # a newcomer neither overtakes for all that others have had before, nor pays for it
        present = [self.service[o] for o in {*waiting, *running} if o in self.service]
        for owner in waiting:
            self.service.setdefault(owner, min(present, default=0.0))
        return min(waiting, key=lambda owner: (running.get(owner, 0), self.service[owner]))

    def charge(self, owner: str, seconds: float) -> None:
        """Note that an owner had a worker for so long."""
        self.service[owner] = self.service.get(owner, 0.0) + seconds
