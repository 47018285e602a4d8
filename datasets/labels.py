"""Labels in the form that a loss wants them."""

import numpy as np

FORMS: dict[str, tuple[str, ...]] = {  # by task, the usual form first
    "binary": ("0/1", "-1/1", "int", "one-hot"),
    "multiclass": ("int", "one-hot"),
    "multilabel": ("0/1",),
    "regression": ("number",),
}


def encode(y: np.ndarray, task: str, units: int, form: str) -> np.ndarray:
    """Targets of one head in a form; complete in itself, so that a script can contain its source.

    y: classes int (rows,), labels (rows, labels), or numbers (rows,) or (rows, numbers).
    "0/1" and "-1/1" of a binary task: float32 (rows, 1). "int": int64 (rows,). "one-hot": float32
    (rows, classes), 2 classes for a binary task. Labels and numbers stay as they are, float32
    with two axes. Raises ValueError when the task has no such form.
    """
    y = np.asarray(y)
    if (task, form) in {("multilabel", "0/1"), ("regression", "number")}:
        return y.astype("float32").reshape(len(y), -1)
    if task == "binary" and form == "0/1":
        return y.astype("float32").reshape(-1, 1)
    if task == "binary" and form == "-1/1":
        return 2 * y.astype("float32").reshape(-1, 1) - 1
    if task in {"binary", "multiclass"} and form == "int":
        return y.astype("int64").reshape(-1)
    if task in {"binary", "multiclass"} and form == "one-hot":
        return np.eye(2 if task == "binary" else units, dtype="float32")[y.reshape(-1)]
    raise ValueError(f"Labels of a {task} task cannot be given as '{form}'.")
