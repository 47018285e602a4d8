"""Download Fashion-MNIST once, through Keras, and say plainly when that cannot be done."""

import contextlib
import gzip
import os
import socket
import sys
import urllib.error
import zlib
from collections.abc import Iterator
from pathlib import Path

from datasets.fashion import FILES, DataMissing, places, whole

PATIENCE = 20  # seconds without a byte before the connection counts as lost
RETRY = "Connect once"
LATER = "Wait a little"
ROOM = "Free some space, or set KERAS_HOME to a folder that can be written,"


def fetch() -> None:
    """Download the files if they are not here; raises DataMissing with the reason."""
    if _complete():
        return
    with _alone():
        if _complete():  # another worker was quicker
            return
        _clear()
        try:
            _download()
        except Exception as error:
            _clear()
            raise DataMissing(_sentence(*_reason(error))) from error
        if not _complete():
            _clear()
            raise DataMissing(_sentence("what arrived was not Fashion-MNIST", RETRY))


def _complete() -> bool:
    return any(all(whole(place / name) for name in FILES) for place in places())


def _clear() -> None:
    """Remove what broke off: Keras takes any file that exists for a good one."""
    for path in (place / name for place in places() for name in FILES):
        if path.exists() and not whole(path):
            with contextlib.suppress(OSError):
                path.unlink()


def _download() -> None:
    import keras

    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(PATIENCE)
    try:
        # Keras prints its progress; standard output belongs to the caller's table.
        with contextlib.redirect_stdout(sys.stderr):
            keras.datasets.fashion_mnist.load_data()
    finally:
        socket.setdefaulttimeout(before)


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """One download at a time on this computer; the system frees the lock when a worker dies."""
    with open(_folder() / ".download.lock", "a+b") as file:
        if os.name == "nt":
            import msvcrt

            locked = False
            while not locked:  # each try waits ten seconds, then raises
                file.seek(0)
                with contextlib.suppress(OSError):
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                    locked = True
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _folder() -> Path:
    for place in places():
        with contextlib.suppress(OSError):
            place.mkdir(parents=True, exist_ok=True)
            if os.access(place, os.W_OK):
                return place
    raise DataMissing(_sentence(f"{places()[0]} cannot be written", ROOM))


def _reason(error: BaseException) -> tuple[str, str]:
    """What went wrong, and what helps."""
    # Keras wraps what urllib raised into a plain Exception; the cause is in its context.
    while type(error) is Exception and error.__context__ is not None:
        error = error.__context__
    match error:
        case urllib.error.HTTPError():
            return f"the server answered {error.code}", LATER
        case urllib.error.ContentTooShortError():
            return "the connection broke off", RETRY
        case urllib.error.URLError() | TimeoutError() | ConnectionError():
            return "no connection", RETRY
        case gzip.BadGzipFile() | EOFError() | zlib.error() | ValueError():
            return "what arrived was not Fashion-MNIST", RETRY
        case OSError():
            return f"the files could not be saved ({error.strerror or error})", ROOM
    return str(error), RETRY


def _sentence(reason: str, remedy: str) -> str:
    return (
        f"Fashion-MNIST is not on this computer yet and could not be downloaded: {reason}. "
        f"{remedy} and press Train again, or choose digits, which comes with the app."
    )
