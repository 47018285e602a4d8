"""The engine process: has what waits in a store trained, as long as its parent lives.

`python -m training.engine --database URL --workers N`, as a child of the web process: it ends when
its standard input ends, so that it never outlives a server that was killed. Being killed itself
costs nothing but time: the next engine repairs the store.
"""

import argparse
import os
import signal
import sys
import threading
import time
import traceback
from queue import SimpleQueue

from training.dispatcher import Dispatcher
from training.queue import lock
from training.schema import Database, StoreError

LOCKED = 0.2  # seconds between attempts at the lock of the store


def main() -> None:
    """Run until standard input ends."""
    parser = argparse.ArgumentParser(prog="python -m training.engine", description=__doc__)
    parser.add_argument("--database", required=True, help="SQLAlchemy URL of the store")
    parser.add_argument("--workers", type=int, required=True, help="training processes")
    arguments = parser.parse_args()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    inbox: SimpleQueue = SimpleQueue()
    threading.Thread(target=_follow_parent, args=(inbox,), daemon=True).start()
    try:
        _work(arguments.database, arguments.workers, inbox)
    except StoreError as error:
        print(f"engine: {error}", file=sys.stderr, flush=True)
    except Exception:
        traceback.print_exc()
    # threads of Dask would keep a process that ends in the ordinary way
    os._exit(1)


def _work(url: str, workers: int, inbox: SimpleQueue) -> None:
    database = Database(url)
    while (held := lock(database)) is None:
        time.sleep(LOCKED)
    dispatcher = Dispatcher(database, workers, inbox)
    while held:
        dispatcher.step()


def _follow_parent(inbox: SimpleQueue) -> None:
    """Wake the engine at every byte from the web process, and end with it."""
    while os.read(sys.stdin.fileno(), 64):
        inbox.put({"kind": "wake"})
    os._exit(0)


if __name__ == "__main__":
    main()
