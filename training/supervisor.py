"""Keeps one engine process alive beside the web process."""

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from training.states import EngineState

ROOT = Path(__file__).resolve().parent.parent
RESTART = 0.2  # seconds until an engine that died is started again
RESTART_YOUNG = 2.0  # ... when it died within
YOUNG = 5.0  # seconds
CLOSING = 5.0  # seconds that an engine has to end
SILENT = 15.0  # seconds after which an engine that says nothing is taken for dead
STILLBORN = "The training engine cannot start; the terminal of the server shows why."
# multiprocessing's remark about an engine that ended at once, as it should
QUIET = "ignore:resource_tracker:UserWarning"


class Supervisor:
    """The engine is started with its input a pipe of ours, so that it ends when we do."""

    def __init__(self, url: str, workers: int) -> None:
        self.command = [sys.executable, "-m", "training.engine"]
        self.command += ["--database", url, "--workers", str(workers)]
        self.workers = workers
        self.process: subprocess.Popen | None = None
        self.thread: threading.Thread | None = None
        self.closing = threading.Event()
        self.stillborn = 0  # engines in a row that died young
        self.died = (0, 0.0)  # pid of the last engine of ours that ended, and when

    def start(self) -> None:
        """Start the engine, and again whenever it ends. Does nothing the second time."""
        if self.thread is None:
            self.thread = threading.Thread(target=self._keep, name="engine-keeper", daemon=True)
            self.thread.start()

    def stop(self) -> None:
        """End the engine, by force if need be."""
        self.closing.set()
        process = self.process
        if process is None:
            return
        with contextlib.suppress(OSError):
            process.stdin.close()
        try:
            process.wait(CLOSING)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def wake(self) -> None:
        """Have the engine look at the store now."""
        process = self.process
        if process is not None:
            # an engine that has just died looks at the store when it is started again
            with contextlib.suppress(OSError, ValueError):
                process.stdin.write(b"\n")
                process.stdin.flush()

    def state(self, said: Mapping[str, Any]) -> EngineState:
        """What the engine is doing, given what it last `said` in the store."""
        if self._lives(said):
            return EngineState(said["status"], said["workers"], said["warm"], said["message"])
        if self.stillborn > 1:
            return EngineState("down", self.workers, 0, STILLBORN)
        if self.thread is not None and not self.closing.is_set():
            return EngineState("starting", self.workers, 0, "Starting the training engine.")
        return EngineState("down", self.workers, 0, "The training engine is not running.")

    def _lives(self, said: Mapping[str, Any]) -> bool:
        """Whether the engine that said this is alive; it may be on another computer."""
        pid, heartbeat = said.get("pid"), said.get("heartbeat", 0.0)
        if pid == self.died[0] and heartbeat <= self.died[1]:
            return False
        return abs(time.time() - heartbeat) < SILENT

    def _keep(self) -> None:
        while not self.closing.is_set():
            begun = time.monotonic()
            self.process = self._spawn()
            if self.closing.is_set():
                self.stop()
            self.process.wait()
            self.died = (self.process.pid, time.time())
            young = time.monotonic() - begun < YOUNG
            self.stillborn = self.stillborn + 1 if young else 0
            self.closing.wait(RESTART_YOUNG if young else RESTART)

    def _spawn(self) -> subprocess.Popen:
        path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
        return subprocess.Popen(
            self.command,
            stdin=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": path, "PYTHONWARNINGS": QUIET},
            # a Ctrl-C in the terminal is for the server; the engine follows it by its input's end
            start_new_session=True,
        )
