"""The engine's workers: who is free, who is best for a job, who must be started anew."""

import time
from collections import defaultdict, deque

from training.cluster import Cluster
from training.running import Running

LOOK = 0.5  # seconds between looks at who is there
MISSED = 30.0  # seconds without all workers after which the missing ones are asked for
RECENT = 8  # kinds of jobs that are remembered of a worker
# Every new graph leaves about 10 MB behind in TensorFlow. A worker that takes more than this is
# started anew, when another one can take the next job; beyond the second limit in any case.
MUCH_MEMORY = 720 * 2**20
TOO_MUCH_MEMORY = 760 * 2**20


class Crew:
    """Workers by address."""

    def __init__(self, cluster: Cluster) -> None:
        self.cluster = cluster
        self.looked_at = -LOOK
        self.present: set[str] = set()
        self.whole_at = time.monotonic()  # when all were there
        self.warm: set[str] = set()  # have TensorFlow, perhaps gone since
        self.leaving: set[str] = set()  # are being started anew
        self.kinds: dict[str, deque] = defaultdict(lambda: deque(maxlen=RECENT))
        self.memory: dict[str, int] = {}  # bytes, after the last job

    def look(self) -> None:
        """See who is there now, at most once every LOOK seconds."""
        now = time.monotonic()
        if now - self.looked_at > LOOK:
            self.present = self.cluster.workers()
            self.leaving &= self.present
            self.looked_at = now
            if len(self.present) >= self.cluster.size:
                self.whole_at = now
            elif now - self.whole_at > MISSED:
                self.cluster.replenish()
                self.whole_at = now

    def ready(self) -> set[str]:
        """Those that are there and have TensorFlow."""
        return self.warm & self.present - self.leaving

    def free(self, busy: set[str]) -> set[str]:
        """Those that can take a job."""
        return self.present - self.leaving - busy

    def best(self, free: set[str], job: Running) -> str:
        """Of the free ones first those that have TensorFlow, and the graph from an earlier job."""
        chosen = min(free, key=lambda w: (w not in self.warm, job.kind not in self.kinds[w]))
        self.kinds[chosen].append(job.kind)
        return chosen

    def renew(self, worker: str) -> None:
        """Start one anew."""
        self.leaving.add(worker)
        self.cluster.restart(worker)

    def renew_heavy(self, busy: set[str]) -> None:
        """Start those anew that take too much memory, one at a time as long as that is possible."""
        for worker in self.free(busy):
            memory = self.memory.get(worker, 0)
            others = self.ready() - {worker}
            if memory > TOO_MUCH_MEMORY or (others and memory > MUCH_MEMORY):
                self.renew(worker)
