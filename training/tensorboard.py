"""A run's history as event files that TensorBoard reads, zipped."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import tensorflow as tf

from training.plan import EXTRA
from training.spec import Experiment
from training.stack import Stack

# What `tf.summary.scalar` says of its numbers; that function itself asks for the package
# tensorboard, which nobody needs for writing.
SCALAR = tf.compat.v1.SummaryMetadata(
    plugin_data=tf.compat.v1.SummaryMetadata.PluginData(plugin_name="scalars"),
    data_class="DATA_CLASS_SCALAR",
)


def tensorboard(experiment: Experiment, listen: Callable[[], None]) -> bytes:
    """Train, and write what `keras.callbacks.TensorBoard` writes of every epoch.

    Folders train and validation, scalars `epoch_loss` and `epoch_<metric>`, and in train
    `epoch_learning_rate`; steps are epochs from 0, as Keras counts them. `listen` is called now
    and then, and may raise to end the work.
    """
    rows = []
    for chunk in Stack([experiment]).chunks():
        listen()
        rows.append(chunk.rows[0])
    history = np.concatenate(rows)
    columns = (*experiment.columns, *EXTRA)
    own = len(experiment.columns) // 2
    scalars = {
        "train": dict(zip(experiment.columns[:own], history[:, :own].T, strict=True))
        | {"learning_rate": history[:, columns.index("learning_rate")]},
        "validation": dict(zip(experiment.columns[:own], history[:, own:].T, strict=False)),
    }
    with TemporaryDirectory() as folder:
        for part, columns in scalars.items():
            _write(Path(folder) / part, columns)
        return _zipped(Path(folder))


def _write(folder: Path, columns: dict[str, np.ndarray]) -> None:
    writer = tf.summary.create_file_writer(str(folder))
    with writer.as_default():
        for name, values in columns.items():
            for epoch, value in enumerate(values):
                tf.summary.write(f"epoch_{name}", tf.constant(value), epoch, SCALAR)
    writer.close()


def _zipped(folder: Path) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(folder))
    return file.getvalue()
