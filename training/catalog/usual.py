"""The loss of a task that menus begin with, repairs offer and titles do not name."""

USUAL_LOSS = {
    "binary": "BinaryCrossentropy",
    "multiclass": "SparseCategoricalCrossentropy",
    "multilabel": "BinaryCrossentropy",
    "regression": "MeanSquaredError",
}
