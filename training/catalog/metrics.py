"""The metrics: every ruler of Keras that can be held to these tasks; none of them changes training.

Traits:
- "higher" or "lower": which way is better. Neither: there is no better (counts depend on the data).
- "vector": gives several numbers by default, one per class.
- "batchwise": an epoch's value is a mean of batches' values, not a number about all its rows.
- "required:<argument>": Keras has no default; ours is a suggestion and must always be passed on.
"""

from training.catalog.entry import Argument, Entry, Task

THRESHOLDS = Argument(
    "thresholds",
    "float",
    None,
    "A probability above this counts as yes; None takes 0.5.",
    0.0,
    1.0,
    optional=True,
)
TOP_K = Argument(
    "top_k",
    "int",
    None,
    "Counts the k largest outputs of a row as yes, whatever their value.",
    1,
    512,
    optional=True,
    advanced=True,
)
CLASS_ID = Argument(
    "class_id",
    "int",
    None,
    "Looks at this class only.",
    0,
    511,
    optional=True,
    advanced=True,
)
LOGITS = Argument(
    "from_logits", "bool", False, "The model gives raw scores, not probabilities.", advanced=True
)
SMOOTHING = Argument(
    "label_smoothing",
    "float",
    0.0,
    "Moves the targets this much away from certainty.",
    0.0,
    1.0,
    advanced=True,
)
POINTS = Argument(
    "num_thresholds",
    "int",
    200,
    "How many thresholds are tried; more is finer and slower.",
    2,
    2000,
    advanced=True,
)
AVERAGE = Argument(
    "average",
    "choice",
    None,
    "How classes become one number: macro takes their mean, micro counts all rows together, "
    "weighted takes the mean by class size, None gives one number per class.",
    options=(None, "micro", "macro", "weighted"),
    optional=True,
)
F_THRESHOLD = Argument(
    "threshold",
    "float",
    None,
    "A probability above this counts as yes; None says yes to the largest output of a row.",
    0.001,
    1.0,
    optional=True,
)
CLASSES = Argument("num_classes", "int", 2, "How many classes there are.", 2, 512)
TARGETS = Argument(
    "target_class_ids", "ints", (0, 1), "The classes whose overlaps are averaged.", 0, 511
)
IGNORE = Argument(
    "ignore_class",
    "int",
    None,
    "Rows of this class do not count.",
    0,
    511,
    optional=True,
    advanced=True,
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
BEST_K = Argument("k", "int", 5, "How many of the largest outputs may hold the true class.", 1, 512)
AXIS = Argument(
    "axis",
    "choice",
    -1,
    "-1 correlates the outputs of each row; 0 correlates the rows of each batch.",
    options=(-1, 0),
)

LEFT_OUT = {
    "Metric": "Base class to write one's own metric from; it measures nothing.",
    "Mean": "Averages any stream of numbers; it does not look at labels.",
    "Sum": "Adds up any stream of numbers; it does not look at labels.",
    "MeanMetricWrapper": "Makes a metric out of a function; it measures nothing by itself.",
    "Accuracy": "Wants outputs exactly equal to labels, so probabilities always score 0.",
    "binary_focal_crossentropy": "A loss without a metric class; choose it as the loss.",
    "categorical_focal_crossentropy": "A loss without a metric class; choose it as the loss.",
    "log_cosh": "The function behind LogCoshError.",
    "huber": "A loss without a metric class; choose it as the loss.",
}

# An argument of one metric only is written with its class.
LEFT_OUT_ARGUMENTS = {
    "name": "A label; changes no number.",
    "dtype": "All runs compute in float32, so that they can be compared.",
    "axis": "Outputs have one axis of classes, the last, which is the default.",
    "AUC.thresholds": "num_thresholds evenly spaced ones do the same.",
    "AUC.num_labels": "Keras counts the labels itself.",
    "AUC.label_weights": "Weights of single labels, whose number depends on the data.",
    "SparseTopKCategoricalAccuracy.from_sorted_ids": "For models that return ranked items.",
}

ALL: tuple[Task, ...] = ("binary", "multiclass", "multilabel", "regression")
YES_NO: tuple[Task, ...] = ("binary", "multilabel")
ONE_OF: tuple[Task, ...] = ("binary", "multiclass")
QUESTIONS: tuple[Task, ...] = ("binary", "multiclass", "multilabel")
NUMBER: tuple[Task, ...] = ("regression",)

PAGE = "https://keras.io/api/metrics/"
PROBABILITIES = "Labels 0/1 and probabilities; one-hot and several labels are pooled."
ONE_HOT = "One-hot labels and one output per class."
CLASS_NUMBERS = "Integer labels and one output per class."
NUMBERS = "Targets of the same shape as the outputs."


def _metric(
    name: str,
    label: str,
    sentence: str,
    formula: str,
    page: str,
    tasks: tuple[Task, ...],
    needs: str,
    traits: str,
    *arguments: Argument,
) -> Entry:
    flags = frozenset(traits.split())
    return Entry(
        name, "metric", label, sentence, formula, PAGE + page, arguments, tasks, needs, flags
    )


_ACCURACY = (
    _metric(
        "accuracy",
        "Accuracy",
        "The share of right answers: Keras takes BinaryAccuracy for one output unit, else "
        "SparseCategoricalAccuracy for integer labels and CategoricalAccuracy for one-hot ones.",
        r"\frac{\text{right}}{\text{all}}",
        "accuracy_metrics",
        ONE_OF,
        "Labels 0/1 with one unit, integers or one-hot with one unit per class.",
        "higher",
    ),
    _metric(
        "BinaryAccuracy",
        "Binary accuracy",
        "The share of yes/no answers that are right.",
        r"\frac1n\sum [\,y = (p > t)\,]",
        "accuracy_metrics",
        YES_NO,
        "Labels 0/1 and probabilities.",
        "higher",
        Argument("threshold", "float", 0.5, "An output above this counts as yes.", -100.0, 100.0),
    ),
    _metric(
        "CategoricalAccuracy",
        "Categorical accuracy",
        "The share of rows whose largest output is the true class, from one-hot labels.",
        r"\frac1n\sum [\arg\max_c y_c = \arg\max_c p_c]",
        "accuracy_metrics",
        ONE_OF,
        ONE_HOT,
        "higher",
    ),
    _metric(
        "SparseCategoricalAccuracy",
        "Sparse categorical accuracy",
        "The share of rows whose largest output is the true class, from class numbers.",
        r"\frac1n\sum [\,y = \arg\max_c p_c]",
        "accuracy_metrics",
        ONE_OF,
        CLASS_NUMBERS,
        "higher",
    ),
    _metric(
        "TopKCategoricalAccuracy",
        "Top-k categorical accuracy",
        "The share of rows whose true class is among the k largest outputs, from one-hot labels.",
        r"\frac1n\sum [\,p_y \text{ among the } k \text{ largest}]",
        "accuracy_metrics",
        ("multiclass",),
        ONE_HOT,
        "higher",
        BEST_K,
    ),
    _metric(
        "SparseTopKCategoricalAccuracy",
        "Sparse top-k categorical accuracy",
        "The share of rows whose true class is among the k largest outputs, from class numbers.",
        r"\frac1n\sum [\,p_y \text{ among the } k \text{ largest}]",
        "accuracy_metrics",
        ("multiclass",),
        CLASS_NUMBERS,
        "higher",
        BEST_K,
    ),
)

_COUNTS = (
    _metric(
        "Precision",
        "Precision",
        "Of all that was called yes, the share that is yes.",
        r"\frac{TP}{TP + FP}",
        "classification_metrics",
        QUESTIONS,
        PROBABILITIES,
        "higher",
        THRESHOLDS,
        TOP_K,
        CLASS_ID,
    ),
    _metric(
        "Recall",
        "Recall",
        "Of all that is yes, the share that was found.",
        r"\frac{TP}{TP + FN}",
        "classification_metrics",
        QUESTIONS,
        PROBABILITIES,
        "higher",
        THRESHOLDS,
        TOP_K,
        CLASS_ID,
    ),
    _metric(
        "F1Score",
        "F1 score",
        "One number for precision and recall, low as soon as one of them is low.",
        r"\frac{2\,P R}{P + R}",
        "classification_metrics",
        QUESTIONS,
        "Labels with two axes; one unit needs threshold=0.5; set average for one number.",
        "higher vector",
        AVERAGE,
        F_THRESHOLD,
    ),
    _metric(
        "FBetaScore",
        "F-beta score",
        "F1 in which recall counts beta times as much as precision.",
        r"\frac{(1+\beta^2)\,P R}{\beta^2 P + R}",
        "classification_metrics",
        QUESTIONS,
        "Labels with two axes; one unit needs threshold=0.5; set average for one number.",
        "higher vector",
        AVERAGE,
        Argument("beta", "float", 1.0, "How much more recall counts than precision.", 0.01, 100.0),
        F_THRESHOLD,
    ),
    _metric(
        "TruePositives",
        "True positives",
        "How many were called yes, rightly.",
        r"TP",
        "classification_metrics",
        YES_NO,
        PROBABILITIES,
        "",
        THRESHOLDS,
    ),
    _metric(
        "TrueNegatives",
        "True negatives",
        "How many were called no, rightly.",
        r"TN",
        "classification_metrics",
        YES_NO,
        PROBABILITIES,
        "",
        THRESHOLDS,
    ),
    _metric(
        "FalsePositives",
        "False positives",
        "How many were called yes, wrongly.",
        r"FP",
        "classification_metrics",
        YES_NO,
        PROBABILITIES,
        "lower",
        THRESHOLDS,
    ),
    _metric(
        "FalseNegatives",
        "False negatives",
        "How many were called no, wrongly.",
        r"FN",
        "classification_metrics",
        YES_NO,
        PROBABILITIES,
        "lower",
        THRESHOLDS,
    ),
)

_RANKING = (
    _metric(
        "AUC",
        "Area under the curve",
        "How well the outputs put yes before no, whatever the threshold.",
        r"\int_0^1 TPR\;\mathrm{d}FPR",
        "classification_metrics",
        QUESTIONS,
        PROBABILITIES,
        "higher",
        POINTS,
        Argument(
            "curve",
            "choice",
            "ROC",
            "ROC: hits against false alarms; PR: precision against recall, for rare classes.",
            options=("ROC", "PR", "PRGAIN"),
        ),
        Argument(
            "summation_method",
            "choice",
            "interpolation",
            "How the area between two thresholds is taken: middle, lower or upper edge.",
            options=("interpolation", "minoring", "majoring"),
            advanced=True,
        ),
        Argument(
            "multi_label",
            "bool",
            False,
            "Takes the mean of one area per label instead of pooling them.",
        ),
        LOGITS,
    ),
    _metric(
        "SensitivityAtSpecificity",
        "Sensitivity at specificity",
        "The share of yes found at the threshold where so many no are called no.",
        r"\max\{TPR : TNR \ge s\}",
        "classification_metrics",
        QUESTIONS,
        PROBABILITIES,
        "higher required:specificity",
        Argument("specificity", "float", 0.9, "Share of no that must be called no.", 0.0, 1.0),
        POINTS,
        CLASS_ID,
    ),
    _metric(
        "SpecificityAtSensitivity",
        "Specificity at sensitivity",
        "The share of no called no at the threshold where so many yes are found.",
        r"\max\{TNR : TPR \ge s\}",
        "classification_metrics",
        QUESTIONS,
        PROBABILITIES,
        "higher required:sensitivity",
        Argument("sensitivity", "float", 0.9, "Share of yes that must be found.", 0.0, 1.0),
        POINTS,
        CLASS_ID,
    ),
    _metric(
        "PrecisionAtRecall",
        "Precision at recall",
        "The best precision at any threshold where so many yes are found.",
        r"\max\{P : R \ge r\}",
        "classification_metrics",
        QUESTIONS,
        PROBABILITIES,
        "higher required:recall",
        Argument("recall", "float", 0.9, "Share of yes that must be found.", 0.0, 1.0),
        POINTS,
        CLASS_ID,
    ),
    _metric(
        "RecallAtPrecision",
        "Recall at precision",
        "The best recall at any threshold where so many called yes are yes.",
        r"\max\{R : P \ge p\}",
        "classification_metrics",
        QUESTIONS,
        PROBABILITIES,
        "higher required:precision",
        Argument("precision", "float", 0.9, "Share of those called yes that must be.", 0.0, 1.0),
        POINTS,
        CLASS_ID,
    ),
)

_OVERLAP = (
    _metric(
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
    _metric(
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
    _metric(
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
    _metric(
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
    _metric(
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

_NUMBERS = (
    _metric(
        "MeanSquaredError",
        "Mean squared error",
        "The mean square of the miss; far misses weigh most.",
        r"\frac1n\sum (y - \hat y)^2",
        "regression_metrics",
        ALL,
        NUMBERS,
        "lower",
    ),
    _metric(
        "RootMeanSquaredError",
        "Root mean squared error",
        "The root of the mean squared error, in the unit of the target.",
        r"\sqrt{\frac1n\sum (y - \hat y)^2}",
        "regression_metrics",
        ALL,
        NUMBERS,
        "lower",
    ),
    _metric(
        "MeanAbsoluteError",
        "Mean absolute error",
        "The mean size of the miss, in the unit of the target.",
        r"\frac1n\sum |y - \hat y|",
        "regression_metrics",
        ALL,
        NUMBERS,
        "lower",
    ),
    _metric(
        "MeanAbsolutePercentageError",
        "Mean absolute percentage error",
        "The mean miss in percent of the true number.",
        r"\frac{100}n\sum \left|\frac{y - \hat y}{y}\right|",
        "regression_metrics",
        NUMBER,
        "Targets far from 0.",
        "lower",
    ),
    _metric(
        "MeanSquaredLogarithmicError",
        "Mean squared logarithmic error",
        "The mean square of the miss of the logarithms.",
        r"\frac1n\sum \left(\log(1+y) - \log(1+\hat y)\right)^2",
        "regression_metrics",
        NUMBER,
        "Targets of 0 or more; negative ones are taken for 0.",
        "lower",
    ),
    _metric(
        "LogCoshError",
        "Log-cosh error",
        "Squared for small misses, straight for large ones.",
        r"\frac1n\sum \log\cosh(\hat y - y)",
        "regression_metrics",
        ALL,
        NUMBERS,
        "lower",
    ),
    _metric(
        "R2Score",
        "R² score",
        "The share of the target's spread explained; 0 is as good as always saying the mean.",
        r"1 - \frac{\sum (y-\hat y)^2}{\sum (y-\bar y)^2}",
        "regression_metrics",
        NUMBER,
        "Targets with two axes.",
        "higher",
        Argument(
            "class_aggregation",
            "choice",
            "uniform_average",
            "How several outputs become one number; None gives one number per output.",
            options=("uniform_average", "variance_weighted_average", None),
            optional=True,
            advanced=True,
        ),
        Argument(
            "num_regressors",
            "int",
            0,
            "Features to correct for (adjusted R²); 0 corrects nothing.",
            0,
            1000,
            advanced=True,
        ),
    ),
    _metric(
        "CosineSimilarity",
        "Cosine similarity",
        "Whether outputs and targets point the same way; 1 is best.",
        r"\frac{y \cdot \hat y}{\lVert y\rVert\,\lVert\hat y\rVert}",
        "regression_metrics",
        ("multiclass", "multilabel"),
        "At least two outputs.",
        "higher",
    ),
    _metric(
        "PearsonCorrelation",
        "Pearson correlation",
        "How straight the line is on which outputs and targets lie; 1 is best.",
        r"\frac{\mathrm{cov}(y, \hat y)}{\sigma_y\,\sigma_{\hat y}}",
        "regression_metrics",
        NUMBER,
        "axis=0 for one output.",
        "higher batchwise",
        AXIS,
    ),
    _metric(
        "ConcordanceCorrelation",
        "Concordance correlation",
        "Pearson correlation that also wants the same mean and spread; 1 is best.",
        r"\frac{2\,\mathrm{cov}(y, \hat y)}"
        r"{\sigma_y^2 + \sigma_{\hat y}^2 + (\bar y - \bar{\hat y})^2}",
        "regression_metrics",
        NUMBER,
        "axis=0 for one output.",
        "higher batchwise",
        AXIS,
    ),
)

_PROBABILITIES = (
    _metric(
        "BinaryCrossentropy",
        "Binary cross-entropy",
        "The mean surprise of yes/no probabilities at the truth.",
        r"-\frac1n\sum \left(y\log p + (1-y)\log(1-p)\right)",
        "probabilistic_metrics",
        YES_NO,
        "Labels 0/1 with two axes and probabilities.",
        "lower",
        LOGITS,
        SMOOTHING,
    ),
    _metric(
        "CategoricalCrossentropy",
        "Categorical cross-entropy",
        "The mean surprise at the true class, from one-hot labels.",
        r"-\frac1n\sum\sum_c y_c\log p_c",
        "probabilistic_metrics",
        ONE_OF,
        ONE_HOT,
        "lower",
        LOGITS,
        SMOOTHING,
    ),
    _metric(
        "SparseCategoricalCrossentropy",
        "Sparse categorical cross-entropy",
        "The mean surprise at the true class, from class numbers.",
        r"-\frac1n\sum \log p_y",
        "probabilistic_metrics",
        ONE_OF,
        CLASS_NUMBERS,
        "lower",
        LOGITS,
        IGNORE,
    ),
    _metric(
        "KLDivergence",
        "Kullback-Leibler divergence",
        "How far predicted distributions over classes are from the true ones.",
        r"\frac1n\sum\sum_c y_c\log\frac{y_c}{p_c}",
        "probabilistic_metrics",
        ONE_OF,
        ONE_HOT,
        "lower",
    ),
    _metric(
        "Poisson",
        "Poisson",
        "How unlikely the counts are if the outputs are their means.",
        r"\frac1n\sum (\hat y - y\log\hat y)",
        "probabilistic_metrics",
        NUMBER,
        "Targets and outputs of 0 or more.",
        "lower",
    ),
    _metric(
        "Hinge",
        "Hinge",
        "The mean lack of a margin of 1 on the right side of zero.",
        r"\frac1n\sum \max(0,\; 1 - y\,\hat y)",
        "hinge_metrics",
        ("binary",),
        "Labels -1/1 (Keras converts 0/1) and outputs around zero.",
        "lower",
    ),
    _metric(
        "SquaredHinge",
        "Squared hinge",
        "The mean squared lack of a margin of 1 on the right side of zero.",
        r"\frac1n\sum \max(0,\; 1 - y\,\hat y)^2",
        "hinge_metrics",
        ("binary",),
        "Labels -1/1 (Keras converts 0/1) and outputs around zero.",
        "lower",
    ),
    _metric(
        "CategoricalHinge",
        "Categorical hinge",
        "The mean lack of a margin of 1 between the true class and the best other one.",
        r"\frac1n\sum \max\left(0,\; 1 + \max_c (1-y_c)\,\hat y_c - \sum_c y_c\,\hat y_c\right)",
        "hinge_metrics",
        ONE_OF,
        ONE_HOT,
        "lower",
    ),
)

_ENTRIES = (*_ACCURACY, *_COUNTS, *_RANKING, *_OVERLAP, *_NUMBERS, *_PROBABILITIES)

METRICS: dict[str, Entry] = {made.name: made for made in _ENTRIES}
