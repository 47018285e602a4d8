"""The clinic's patients: mistakes that Keras refuses, their causes and cures."""

from typing import NamedTuple


class Patient(NamedTuple):
    """A mistake, under the name of its function in training/demos/clinic."""

    title: str
    raises: str
    cause: str
    remedy: str


PATIENTS: dict[str, Patient] = {
    "labels_from_one": Patient(
        "Classes 1, 2 and 3 with sparse categorical crossentropy",
        "InvalidArgumentError",
        "The loss looks the label up in a row of three probabilities, whose places are 0, 1 and 2. "
        "There is no place 3. Read such a long message from its end. On a GPU nothing is raised: "
        "the loss becomes NaN.",
        "Count classes from 0.",
    ),
    "one_unit": Patient(
        "A single unit with sparse categorical crossentropy",
        "InvalidArgumentError",
        "This loss wants a unit for each class. One unit is one class, number 0, so the label 1 "
        "has no place.",
        "One unit takes binary crossentropy. Or take two units and a softmax.",
    ),
    "one_hot_labels": Patient(
        "One-hot labels with sparse categorical crossentropy",
        "ValueError",
        "Sparse means one class number for each row. A [[one-hot]] row has a place for every class "
        "instead.",
        "`categorical_crossentropy` for one-hot labels.",
    ),
    "class_numbers": Patient(
        "Class numbers with categorical crossentropy",
        "ValueError",
        "Without sparse the loss compares three probabilities with three numbers of a one-hot row. "
        "A class number is one.",
        "`sparse_categorical_crossentropy` for class numbers.",
    ),
    "text_labels": Patient(
        "Labels that are words",
        "ValueError",
        "Keras computes with numbers. `str96` is what NumPy calls an array of words: it fits no "
        "kind of number.",
        "Make numbers of the words first.",
    ),
    "precision_of_numbers": Patient(
        "Precision of class numbers",
        "InvalidArgumentError",
        "[[Precision]] compares each output with a label of its own, 0 or 1. The three outputs of "
        "a row meet a single class number.",
        "One-hot labels, with the loss that goes with them.",
    ),
    "auc_of_numbers": Patient(
        "AUC of class numbers",
        "InvalidArgumentError",
        "As with precision: AUC wants a label of 0 or 1 for each output.",
        "One-hot labels, with the loss that goes with them.",
    ),
    "flat_labels": Patient(
        "F1 score of labels in a flat row",
        "ValueError",
        "F1Score counts by columns. The predictions are a column, (N, 1), the labels a flat row, "
        "(N,). Other metrics take such labels and may be wrong without a word: P14 in the museum.",
        "Labels in the shape of the predictions.",
    ),
    "metric_by_short_name": Patient(
        "crossentropy as a metric",
        "ValueError",
        "As a loss this short name is resolved from the shapes of labels and predictions. Among "
        "the metrics there is none of that name.",
        "The full name of the metric.",
    ),
    "metrics_in_third_place": Patient(
        "Metrics in the third place of compile",
        "ValueError",
        "In Keras 3 the third parameter is `loss_weights`. So the loss is to be multiplied by the "
        'text "accuracy".',
        "Give every argument by its name.",
    ),
    "misspelt_loss": Patient(
        "A loss with one underscore too many",
        "ValueError",
        "Names are looked up as they stand, and `compile` does not look: it is the first step of "
        "`fit` that does.",
        "`binary_crossentropy`.",
    ),
    "no_loss": Patient(
        "compile without a loss",
        "ValueError",
        "`compile` takes it, for a model may bring losses of its own by `add_loss`. This one has "
        "none, so there is nothing to make small.",
        "Give a loss.",
    ),
    "fit_before_compile": Patient(
        "fit without compile",
        "ValueError",
        "`fit` has neither [[loss]] nor [[optimizer]] yet.",
        "Compile first.",
    ),
    "evaluate_before_compile": Patient(
        "evaluate without compile",
        "ValueError",
        "`predict` only applies weights and needs no rules. `evaluate` computes loss and metrics, "
        "and `compile` says which.",
        "Compile with the loss that is to be computed. An optimizer is not needed for it.",
    ),
    "optimizer_by_name": Patient(
        "lamb as text",
        "ValueError",
        "Keras has the class Lamb, but not among the names that it finds by text. This one "
        "`compile` notices at once.",
        "The class itself: `keras.optimizers.Lamb()`.",
    ),
    "old_argument": Patient(
        "The learning rate as lr",
        "ValueError",
        "`lr` is the name of Keras 2. The optimizer refuses what it does not know as soon as it is "
        "made.",
        "`learning_rate`.",
    ),
    "shared_optimizer": Patient(
        "One optimizer in two models",
        "ValueError",
        "An optimizer keeps [[slots|slot]] for the weights of the first model that it trained. The "
        "weights of the second are unknown to it.",
        "A new optimizer for every model.",
    ),
}
