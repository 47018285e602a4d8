"""TensorBoard logs of a run hold its history, as TensorFlow's own reader finds it."""

import io
import zipfile
from pathlib import Path
from queue import SimpleQueue

import numpy as np
from reference import experiment, stack

from training.errand_work import made


def scalars(folder: Path) -> dict[str, dict[int, float]]:
    """By tag, step -> value, from all event files of a folder."""
    import tensorflow as tf
    from tensorflow.core.util import event_pb2

    found: dict[str, dict[int, float]] = {}
    for path in folder.iterdir():
        for record in tf.data.TFRecordDataset(str(path)):
            event = event_pb2.Event.FromString(record.numpy())
            for value in event.summary.value:
                assert value.metadata.plugin_data.plugin_name == "scalars"
                kept = found.setdefault(value.tag, {})
                kept[event.step] = float(tf.make_ndarray(value.tensor))
    return found


def test_event_files_hold_the_history(tmp_path: Path) -> None:
    rate = {"name": "Adam", "params": {"learning_rate": 0.02}}
    e = experiment("moons", rate, "BinaryCrossentropy", ["accuracy", "AUC"])
    blob, error = made("tensorboard", e.to_json(), SimpleQueue())
    assert error is None
    zipfile.ZipFile(io.BytesIO(blob)).extractall(tmp_path)
    (run,) = stack([e])
    train, validation = scalars(tmp_path / "train"), scalars(tmp_path / "validation")
    assert set(train) == {"epoch_loss", "epoch_accuracy", "epoch_auc", "epoch_learning_rate"}
    assert set(validation) == {"epoch_loss", "epoch_accuracy", "epoch_auc"}
    for name in ("loss", "accuracy", "auc"):
        steps = dict(enumerate(run.history[name]))
        assert train[f"epoch_{name}"] == steps, "steps count from 0, as Keras's callback does"
        assert validation[f"epoch_{name}"] == dict(enumerate(run.history[f"val_{name}"]))
    assert list(train["epoch_learning_rate"].values()) == [np.float32(0.02)] * 3
