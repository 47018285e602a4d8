"""The engine's errands: things made on demand of runs, by workers that runs leave free."""

import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from distributed.scheduler import KilledWorker

from training.cluster import Cluster
from training.crew import Crew
from training.orders import Order, Orders
from training.schema import Database

PATIENCE = 5.0  # seconds that an errand waits for others' runs; then it is its turn


@dataclass
class Going:
    """An errand that a worker does now."""

    id: str
    order: Order
    worker: str
    started: float = field(default_factory=time.monotonic)
    told: bool = False  # that nobody wants it any more

    @property
    def kind(self) -> object:
        """As of a job: alike where a worker need not trace a new graph."""
        return self.order.subject.alike


class Errands:
    """All that are under way, and outcomes that are not in the store yet."""

    def __init__(
        self,
        database: Database,
        cluster: Cluster,
        crew: Crew,
        charge: Callable[[str, float], None],
    ) -> None:
        """`charge` is told which owner had a worker for how many seconds."""
        self.orders = Orders(database)
        self.cluster, self.crew, self.charge = cluster, crew, charge
        self.going: dict[str, Going] = {}
        self.made: list[tuple[Order, bytes | None, str | None]] = []
        self.lost: list[Order] = []  # whose worker died
        self.said: dict[str, str] = {}  # by errands of no run, and not in the store yet
        self.orders.put_back()

    def workers(self) -> set[str]:
        """Addresses of the workers that are busy with errands."""
        return {going.worker for going in self.going.values()}

    def start(self, free: set[str], patient: bool = True) -> bool:
        """Give waiting errands to free workers; those taken leave the set.

        patient: only errands that have waited too long. Returns whether some wait in vain.
        """
        while (since := self.orders.waiting()) is not None:
            if patient and time.time() - since < PATIENCE:
                return False
            if not free:
                return True
            order = self.orders.claim()
            if order is not None:
                self._begin(order, free)
        return False

    def _begin(self, order: Order, free: set[str]) -> None:
        going = Going(secrets.token_hex(8), order, "")
        going.worker = self.crew.best(free, going)
        free.discard(going.worker)
        self.going[going.id] = going
        self.cluster.errand(going.id, order.subject.to_json(), order.kind, going.worker)

    def hear(self, message: Mapping[str, Any]) -> None:
        """Take in a message of the cluster, if it is of an errand."""
        going = self.going.get(message.get("job", ""))
        if going and message["kind"] == "said":
            self.said[going.order.digest] = message["text"]
        if going and message["kind"] == "done":
            self._conclude(going, message["future"])

    def _conclude(self, going: Going, future: Any) -> None:
        memory = 0  # unknown
        try:
            result = future.result(timeout=30)
            memory = result["memory"]
            self.made.append((going.order, result["blob"], result["error"]))
        except KilledWorker:
            self.lost.append(going.order)
        except Exception as error:
            sentence = f"It could not be made: {type(error).__name__}: {error}"
            self.made.append((going.order, None, sentence))
        self.crew.memory[going.worker] = memory
        self._let_go(going)

    def _let_go(self, going: Going) -> None:
        self.charge(going.order.owner, time.monotonic() - going.started)
        self.cluster.forget(going.id)
        del self.going[going.id]

    def look(self) -> None:
        """Store outcomes, put back what lost its worker, stop what nobody wants any more."""
        if self.said:
            self.orders.tell(self.said)
            self.said = {}
        while self.made:
            order, blob, error = self.made[0]
            self.orders.end(order.digest, order.kind, blob, error)
            self.made.pop(0)
        for going in list(self.going.values()):
            if going.worker not in self.crew.present:
                self.lost.append(going.order)
                self._let_go(going)
        while self.lost:
            self.orders.put_back(self.lost[0].digest, self.lost[0].kind)
            self.lost.pop(0)
        self._stop_unwanted()

    def _stop_unwanted(self) -> None:
        """The run of an errand may have been deleted meanwhile."""
        asked = [going for going in self.going.values() if not going.told]
        wanted = self.orders.wanted([going.order.digest for going in asked]) if asked else set()
        for going in asked:
            if going.order.digest not in wanted:
                going.told = True
                self.cluster.tell(going.id, "cancel", going.worker)
