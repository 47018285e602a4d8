"""The Dask cluster behind the engine: its own on this machine, or one at an address."""

import logging
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import dask
from distributed import Client, Future, LocalCluster

from training.job import ENVIRONMENT
from training.wish import Wish
from training.worker import TOPIC, Warm, errand, tell, train

SETTINGS = {
    # the engine starts a job again whose worker died; Dask forgets to when no worker is left
    "distributed.scheduler.allowed-failures": 0,
    "distributed.scheduler.work-stealing": False,
    "distributed.scheduler.worker-ttl": "60s",
    "distributed.comm.timeouts.connect": "5s",
    # Dask looks so long after a worker went whether it is back, and closes it for good if just then
    # it is being started anew once more: after 15 s, its default, that happens
    "distributed.deploy.lost-worker-timeout": "300s",
    "distributed.worker.profile.enabled": False,
    "distributed.worker.memory.target": False,
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,
    "distributed.admin.system-monitor.gil.enabled": False,
    # progress events carry curves; Dask would keep the last 1,000
    "distributed.admin.low-level-log-length": 20,
    "distributed.nanny.environ": ENVIRONMENT,
}
MEMORY_OF_WORKER = "2 GiB"


class Cluster:
    """Workers that train jobs; `heard` is called, in some thread, with what they say.

    Messages are dicts: what a worker sends, and {"kind": "done", "job": id, "attempt": number,
    "future": Future}.
    """

    def __init__(self, workers: int, heard: Callable[[dict[str, Any]], None]) -> None:
        self.heard = heard
        self.futures: dict[str, Future] = {}
        # calls that wait for a worker's answer must not keep the engine from its other work
        self.errands = ThreadPoolExecutor(4)
        dask.config.set(SETTINGS)
        address = os.environ.get("COMPILE_LAB_SCHEDULER")
        local = None if address else _local()
        self.local, self.size = local, workers
        self.client = Client(address or local, set_as_default=False)
        self.client.subscribe_topic(TOPIC, lambda event: heard(event[1]))
        self.client.register_plugin(Warm())
        self.replenish()

    def workers(self) -> set[str]:
        """Addresses of the workers that are there."""
        # client.scheduler_info answers from a cache that at times holds no workers
        return set(self.client.sync(self.client.scheduler.identity, n_workers=-1)["workers"])

    def submit(
        self, job: str, attempt: int, specs: Sequence[Mapping[str, Any]], worker: str, wish: Wish
    ) -> None:
        """Train on `worker` as far as it is wished."""
        key = f"{job}-{attempt}"
        future = self.client.submit(train, job, specs, wish, key=key, workers=[worker], pure=False)
        self._await(job, attempt, future)

    def errand(self, job: str, spec: Mapping[str, Any], kind: str, worker: str) -> None:
        """Have something made of an experiment on `worker`."""
        future = self.client.submit(errand, job, spec, kind, key=job, workers=[worker], pure=False)
        self._await(job, 0, future)

    def _await(self, job: str, attempt: int, future: Future) -> None:
        self.futures[job] = future
        message = {"kind": "done", "job": job, "attempt": attempt}
        future.add_done_callback(lambda done: self.heard(message | {"future": done}))

    def tell(self, job: str, command: str, worker: str) -> None:
        """Pass a command on to a job."""
        self.errands.submit(
            self.client.run, tell, job, command, workers=[worker], wait=False, on_error="ignore"
        )

    def forget(self, job: str) -> None:
        """Drop a job's result, or the job itself if it is still under way."""
        if future := self.futures.pop(job, None):
            future.cancel(force=True)

    def replenish(self) -> None:
        """Start as many of our own workers as are missing; on a cluster elsewhere do nothing."""
        if self.local:
            self.local.scale(self.size)

    def restart(self, worker: str) -> None:
        """Start one worker anew; the others go on."""
        self.errands.submit(
            self.client.restart_workers, [worker], timeout=30, raise_for_error=False
        )


def _local() -> LocalCluster:
    return LocalCluster(
        n_workers=0,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        scheduler_kwargs={"dashboard": False},
        memory_limit=MEMORY_OF_WORKER,
        silence_logs=logging.CRITICAL,
    )
