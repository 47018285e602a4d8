"""Metrics of how far predicted and true classes overlap."""

from training.catalog.entry import Argument, Entry
from training.catalog.metrics.metric import IGNORE, ONE_HOT, ONE_OF, YES_NO, metric

CLASSES = Argument("num_classes", "int", 2, "How many classes there are.", 2, 512)
TARGETS = Argument(
    "target_class_ids", "ints", (0, 1), "The classes whose overlaps are averaged.", 0, 511
)
SPARSE_TRUE = Argument("sparse_y_true", "bool", True, "Labels are class numbers, not one-hot rows.")
SPARSE_PREDICTED = Argument(
    "sparse_y_pred", "bool", True, "The model gives class numbers; false for one output per class."
)
ONE_HOT_PREDICTED = Argument(
    "sparse_y_pred",
    "bool",
    False,
    "The model gives class numbers; false for one output per class.",
    advanced=True,
)

OVERLAP: tuple[Entry, ...] = (
    metric(
        "BinaryIoU",
        "Binary intersection over union",
        "How far predicted and true yes overlap, and no likewise, on average.",
        r"\frac{TP}{TP + FP + FN}",
        "segmentation_metrics",
        YES_NO,
        "Labels 0/1 and probabilities.",
        "higher",
        Argument(
            "target_class_ids",
            "ints",
            (0, 1),
            "The classes whose overlaps are averaged.",
            0,
            1,
            longest=2,
        ),
        Argument("threshold", "float", 0.5, "An output above this counts as yes.", 0.0, 1.0),
    ),
    metric(
        "IoU",
        "Intersection over union",
        "How far predicted and true rows of the chosen classes overlap, on average.",
        r"\frac{TP}{TP + FP + FN}",
        "segmentation_metrics",
        ONE_OF,
        "Integer labels, one output per class, and sparse_y_pred=False.",
        "higher required:num_classes required:target_class_ids",
        CLASSES,
        TARGETS,
        IGNORE,
        SPARSE_TRUE,
        SPARSE_PREDICTED,
    ),
    metric(
        "MeanIoU",
        "Mean intersection over union",
        "How far predicted and true rows of each class overlap, on average.",
        r"\frac1C\sum_c \frac{TP_c}{TP_c + FP_c + FN_c}",
        "segmentation_metrics",
        ONE_OF,
        "Integer labels, one output per class, and sparse_y_pred=False.",
        "higher required:num_classes",
        CLASSES,
        IGNORE,
        SPARSE_TRUE,
        SPARSE_PREDICTED,
    ),
    metric(
        "OneHotIoU",
        "One-hot intersection over union",
        "How far predicted and true rows of the chosen classes overlap, from one-hot labels.",
        r"\frac{TP}{TP + FP + FN}",
        "segmentation_metrics",
        ONE_OF,
        ONE_HOT,
        "higher required:num_classes required:target_class_ids",
        CLASSES,
        TARGETS,
        IGNORE,
        ONE_HOT_PREDICTED,
    ),
    metric(
        "OneHotMeanIoU",
        "One-hot mean intersection over union",
        "How far predicted and true rows of each class overlap, from one-hot labels.",
        r"\frac1C\sum_c \frac{TP_c}{TP_c + FP_c + FN_c}",
        "segmentation_metrics",
        ONE_OF,
        ONE_HOT,
        "higher required:num_classes",
        CLASSES,
        IGNORE,
        ONE_HOT_PREDICTED,
    ),
)
