"""Why a metric, held to certain labels and outputs, fails or says something else than it seems."""

from collections.abc import Mapping
from typing import Any

COUNTS = {"TruePositives", "TrueNegatives", "FalsePositives", "FalseNegatives"}
YES_NO = {"BinaryAccuracy", "BinaryIoU", "Precision", "Recall", *COUNTS}
RANKING = {
    "AUC",
    "SensitivityAtSpecificity",
    "SpecificityAtSensitivity",
    "PrecisionAtRecall",
    "RecallAtPrecision",
}
F_SCORES = {"F1Score", "FBetaScore"}
SPARSE_BEST = {"SparseCategoricalAccuracy", "SparseTopKCategoricalAccuracy"}
SPARSE = {*SPARSE_BEST, "SparseCategoricalCrossentropy"}
ONE_HOT_IOU = {"OneHotIoU", "OneHotMeanIoU"}
IOU = {"IoU", "MeanIoU"}
BEST = {"CategoricalAccuracy", "TopKCategoricalAccuracy", *ONE_HOT_IOU}
DISTRIBUTION = {"CategoricalCrossentropy", "CategoricalHinge", "KLDivergence"}
ONE_HOT = {*BEST, *DISTRIBUTION}
CORRELATION = {"PearsonCorrelation", "ConcordanceCorrelation"}
MARGIN = {"Hinge", "SquaredHinge"}
PERCENT = {"MeanAbsolutePercentageError"}
# With labels of shape (rows,) and one output Keras refuses these or mixes up rows.
TWO_AXES = {*ONE_HOT, *MARGIN, *F_SCORES, "BinaryCrossentropy", "Poisson", "CustomMetric"}
# With integer labels and one output per class Keras computes these without an error.
SILENT = {"CategoricalAccuracy", *ONE_HOT_IOU}

_ZEROS = "divides by the labels, of which many are 0"
_DIRECTION = "compares directions, and of one number only the sign is left"
_STOPS = "Keras stops with an error"

# For each form of labels and outputs: which metrics fail whatever their arguments, and why.
FAULTS: dict[str, tuple[tuple[set[str], str], ...]] = {
    "yes/no": (
        (BEST | SPARSE_BEST, "picks the largest output, and one unit is always the largest"),
        (DISTRIBUTION, "needs one output per class; with one unit rows of class 0 count wrongly"),
        ({"SparseCategoricalCrossentropy"}, f"needs one output per class; with one unit {_STOPS}"),
        (IOU, "needs class numbers as outputs, and cuts probabilities to 0; take BinaryIoU"),
        ({"CosineSimilarity"}, _DIRECTION),
        (PERCENT, _ZEROS),
    ),
    "-1/1": (
        (
            YES_NO | RANKING | F_SCORES | {"accuracy"},
            "knows labels 0 and 1 only, so rows of -1 count wrongly; take labels 0/1",
        ),
        (
            {"BinaryCrossentropy", "Poisson", "MeanSquaredLogarithmicError"},
            "needs labels of 0 or more; take labels 0/1",
        ),
        (BEST | SPARSE_BEST, "picks the largest output, and one unit is always the largest"),
        (DISTRIBUTION | IOU, "needs one output per class"),
        ({"SparseCategoricalCrossentropy"}, f"needs one output per class; with one unit {_STOPS}"),
        ({"CosineSimilarity"}, _DIRECTION),
    ),
    "one-hot": (
        (SPARSE, f"needs integer labels; with one-hot rows {_STOPS}"),
        (
            {"BinaryAccuracy", "BinaryIoU", *COUNTS},
            "counts every class of a row as its own yes or no, so the many right no's flatter it",
        ),
        (PERCENT, _ZEROS),
    ),
    "labels": (
        ({"accuracy"}, "becomes CategoricalAccuracy, one label per row; take BinaryAccuracy"),
        (SPARSE, f"needs one class number per row; with several labels {_STOPS}"),
        (IOU, "needs one class per row, and a row here has several labels"),
        (ONE_HOT, "takes one label of each row for true, and here several can be"),
        (PERCENT, _ZEROS),
    ),
    "number": (
        (
            {"accuracy", *YES_NO, *RANKING, *SPARSE_BEST, *BEST, *DISTRIBUTION, *IOU},
            "is made for classes, and on a number to predict it means nothing; take R2Score",
        ),
        (F_SCORES, "is made for classes (and gives one number per output); take R2Score"),
        ({"SparseCategoricalCrossentropy"}, f"needs class numbers as labels; here {_STOPS}"),
        ({"BinaryCrossentropy"}, "needs targets from 0 to 1; with others it falls below 0"),
        (MARGIN, "only asks on which side of zero a number lies"),
        ({"CosineSimilarity"}, _DIRECTION),
    ),
}


def metric_mismatch(
    metric_name: str,
    params: Mapping[str, Any],
    task: str,
    labels_form: str,
    output_units: int,
) -> str:
    """One sentence why this metric fails or misleads here; "" if it fits.

    labels_form: "int", with labels of shape (rows,), or "0/1", "-1/1", "one-hot" or "number", with
    labels of two axes. The sentence has "Keras stops" where Keras raises, and "one number per"
    where it gives a vector; otherwise a value is computed, but it means something else.
    """
    because = (
        _shapes(metric_name, task, labels_form, output_units)
        or _labels(metric_name, params, task, labels_form, output_units)
        or _arguments(metric_name, params, task, labels_form, output_units)
    )
    return f"{metric_name} {because}." if because else ""


def _shapes(name: str, task: str, form: str, units: int) -> str:
    """Labels and outputs that cannot be laid side by side."""
    if units == 1 and (form == "one-hot" or (form == "int" and task != "binary")):
        return "needs one output per class, and the model has one output unit"
    if units == 1 and form == "int" and name in TWO_AXES:
        return "mixes up rows, or stops, with integer labels and one unit; take labels 0/1"
    if units > 1 and task == "binary" and form in ("0/1", "-1/1"):
        by_number = name in SPARSE or name in IOU or name == "accuracy"
        if form == "-1/1" or not by_number:
            return f"meets one label and {units} outputs per row; take integer labels or one unit"
    return ""


def _labels(name: str, params: Mapping[str, Any], task: str, form: str, units: int) -> str:
    """Labels that the metric takes for something else, whatever its arguments."""
    if _by_number(form, units) and task in ("binary", "multiclass"):
        if name in SPARSE or name in IOU or name == "accuracy":
            return ""
        if name in SILENT:
            return "takes class numbers for one-hot rows and mixes them up; take one-hot labels"
        if params.get("class_id") is not None:
            return "compares class numbers with one class's outputs; take one-hot labels"
        return f"needs labels shaped like the outputs; with integer labels {_STOPS}"
    cell = {"0/1": "labels" if task == "multilabel" else "yes/no", "int": "yes/no"}.get(form, form)
    return next((because for names, because in FAULTS[cell] if name in names), "")


def _arguments(name: str, params: Mapping[str, Any], task: str, form: str, units: int) -> str:
    """Arguments that do not suit these labels and outputs."""
    if name in F_SCORES:
        return _f_score(params, task, units)
    if name in IOU or name in ONE_HOT_IOU:
        return _iou(name, params, form, units)
    if name in CORRELATION and form != "one-hot" and params.get("axis", -1) == -1:
        return "correlates the outputs of one row with each other; set axis=0 to correlate rows"
    if name.endswith("TopKCategoricalAccuracy") and params.get("k", 5) >= units:
        k = params.get("k", 5)
        return f"finds the true class among the {k} largest of {units} outputs always; lower k"
    return _one_class(params, units)


def _f_score(params: Mapping[str, Any], task: str, units: int) -> str:
    if params.get("average") is None:
        return "gives one number per class, not one for all; set average='macro'"
    if params.get("threshold") is None and (units == 1 or task == "multilabel"):
        return "says yes to the largest output of each row, and to no other; set threshold=0.5"
    return ""


def _iou(name: str, params: Mapping[str, Any], form: str, units: int) -> str:
    if params.get("sparse_y_pred", name in IOU):
        return "takes outputs for class numbers and cuts off decimals; set sparse_y_pred=False"
    numbered = _by_number(form, units)
    if name in IOU and params.get("sparse_y_true", True) is not numbered:
        return f"is told another form of labels than there is; set sparse_y_true={numbered}"
    if params.get("num_classes", 2) != units:
        return f"counts {params.get('num_classes', 2)} classes of {units}; set num_classes={units}"
    return ""


def _one_class(params: Mapping[str, Any], units: int) -> str:
    chosen, largest = params.get("class_id"), params.get("top_k")
    if chosen is not None and chosen >= units:
        return f"looks at class {chosen} of {units}, counted from 0: Keras stops with an error"
    if largest is not None and largest > units:
        return f"looks for the {largest} largest of {units} outputs: Keras stops with an error"
    if largest is not None and largest == units:
        return f"calls the {largest} largest of {units} outputs yes, so all; lower top_k"
    return ""


def _by_number(form: str, units: int) -> bool:
    """Whether labels are class numbers beside one output per class."""
    return units > 1 and form in ("int", "0/1")
