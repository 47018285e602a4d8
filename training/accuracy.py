"""What the string "accuracy" stands for."""


def accuracy_class(y_true: tuple[int, ...], y_pred: tuple[int, ...]) -> str:
    """The class that the string "accuracy" stands for, given one batch's shapes.

    Follows `is_binary_or_sparse_categorical` in keras/src/trainers/compile_utils.py (3.15).
    """
    if y_pred[-1] == 1:
        return "BinaryAccuracy"
    sparse = len(y_true) < len(y_pred) or (len(y_true) == len(y_pred) and y_true[-1] == 1)
    return "SparseCategoricalAccuracy" if sparse else "CategoricalAccuracy"
