"""The real app, served on a free port with a history of its own."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).parent.parent
START = 60  # seconds until the app must answer
STOP = 20  # seconds until it must have ended
SETTINGS = ("COMPILE_LAB_DATABASE_URL", "COMPILE_LAB_SCHEDULER")  # a developer's own, not a test's


@dataclass(frozen=True)
class Server:
    """A running app: its address, its process, the folder of its history, and what it printed."""

    url: str
    process: subprocess.Popen[bytes]
    home: Path
    log: Path

    def tail(self) -> str:
        """The last 40 lines that the app printed."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-40:])


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(folder: Path, **environment: str) -> Iterator[Server]:
    """Serve the app while the block runs; `environment` adds to its variables.

    Raises RuntimeError with the end of its log when it does not come up.
    """
    port, log = free_port(), folder / "server.log"
    home = Path(environment.get("COMPILE_LAB_HOME", folder / "home"))
    clean = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    variables = {**clean, **environment, "COMPILE_LAB_HOME": str(home)}
    flags = {"port": port, "headless": "true", "fileWatcherType": "none", "address": "localhost"}
    command = [sys.executable, "-m", "components.server"]
    command += [f"--server.{name}={value}" for name, value in flags.items()]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=variables, stdout=output, stderr=subprocess.STDOUT
        )
    server = Server(f"http://localhost:{port}", process, home, log)
    try:
        _await(server)
        yield server
    finally:
        _stop(process)


def _await(server: Server) -> None:
    deadline = time.monotonic() + START
    while time.monotonic() < deadline:
        with suppress(OSError), urlopen(f"{server.url}/_stcore/health", timeout=2) as answer:
            if answer.status == 200:
                return
        # Waiting for the process paces the questions and notices at once when it dies.
        with suppress(subprocess.TimeoutExpired):
            code = server.process.wait(timeout=0.1)
            raise RuntimeError(f"The app ended with code {code}. It printed:\n{server.tail()}")
    raise RuntimeError(f"The app did not answer in {START} s. It printed:\n{server.tail()}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
