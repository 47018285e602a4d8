"""Fashion-MNIST, read from the files that `keras.datasets.fashion_mnist` leaves behind."""

import gzip
import os
import struct
import tempfile
import zlib
from pathlib import Path

import numpy as np

IMAGES = "train-images-idx3-ubyte.gz"
LABELS = "train-labels-idx1-ubyte.gz"
FILES = (LABELS, IMAGES, "t10k-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz")


class DataMissing(ValueError):
    """The data are not on this computer; the message is for the person who asked for them."""


def places() -> tuple[Path, ...]:
    """Where Keras may have put the files: in its home, or in /tmp when home cannot be written."""
    home = Path(os.environ.get("KERAS_HOME", "~/.keras")).expanduser().absolute()
    temporary = Path("/tmp") if os.path.isdir("/tmp") else Path(tempfile.gettempdir())
    existing = next(folder for folder in (home, *home.parents) if folder.exists())
    spare = () if os.access(existing, os.W_OK) else (temporary / ".keras",)
    return tuple(folder / "datasets" / "fashion-mnist" for folder in (home, *spare))


def whole(path: Path) -> bool:
    """Whether an idx file is complete: as many bytes as its own header announces.

    The last four bytes of a gzip file are the length of what it holds, so that a file that broke
    off is known without unpacking it.
    """
    try:
        with gzip.open(path) as unpacked:
            magic = unpacked.read(4)
            sizes = struct.unpack(f">{magic[3]}I", unpacked.read(4 * magic[3]))
        with open(path, "rb") as packed:
            packed.seek(-4, os.SEEK_END)
            (length,) = struct.unpack("<I", packed.read(4))
    except (OSError, EOFError, zlib.error, struct.error, IndexError):
        return False
    return length == 4 + 4 * len(sizes) + int(np.prod(sizes))


def read(samples: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """`samples` of the 60 000 training pictures. x: float32 (samples, 28, 28, 1), y: int64.

    Raises DataMissing when the files are not here or are damaged.
    """
    for place in places():
        if whole(place / IMAGES) and whole(place / LABELS):
            return fashion_mnist(*_arrays(place), samples, seed)
    raise DataMissing(
        "Fashion-MNIST is not on this computer yet: press Train with a connection to the internet "
        "and it is downloaded once (30 MB), or choose digits, which comes with the app."
    )


def fashion_mnist(
    images: np.ndarray, labels: np.ndarray, samples: int, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Pictures drawn without replacement. images: uint8 (rows, 28, 28), labels: uint8 (rows,).

    x: float32 (samples, 28, 28, 1) from 0 to 1, y: int64 (samples,) of 0 to 9.
    """
    rows = np.random.RandomState(seed).permutation(len(images))[:samples]
    return images[rows, :, :, None].astype("float32") / 255, labels[rows].astype("int64")


def _arrays(place: Path) -> tuple[np.ndarray, np.ndarray]:
    try:
        images = np.frombuffer(gzip.decompress((place / IMAGES).read_bytes()), "uint8", offset=16)
        labels = np.frombuffer(gzip.decompress((place / LABELS).read_bytes()), "uint8", offset=8)
    except (OSError, EOFError, zlib.error) as error:
        raise DataMissing(
            f"The Fashion-MNIST files in {place} are damaged: delete that folder and press Train "
            "again, or choose digits, which comes with the app."
        ) from error
    return images.reshape(-1, 28, 28), labels
