"""Exhibits whose targets do not suit loss, learning rate or metric: P9, P10, P12 and P15."""

from components.learn.exhibits.exhibit import Exhibit, Mark, setup

TARGETS = (
    Exhibit(
        "P9",
        "Almost -1, and -1 is the best there is",
        "cosine_of_one_number",
        story=(
            "Cosine similarity is -1 where prediction and target agree. This run stands close to "
            "it."
        ),
        options=(
            "The cosine has to be made large, not small",
            "One number has no direction but its sign",
            "SGD cannot follow a cosine",
            "The targets have to lie between -1 and 1",
        ),
        right="One number has no direction but its sign",
        why=(
            "Cosine similarity compares directions, and a single number has two: its sign. Each "
            "row costs 1 or -1, and the [[loss]] is flat between, so there is no [[gradient]] and "
            "no [[weight]] moves. The loss of the last [[epoch]] is that of the first. The signs "
            "were right from the start, by luck; the numbers are far off."
        ),
        remedy="`mean_squared_error` for numbers. Cosine similarity is for vectors.",
        found=(
            Mark("seen", "loss, first and last epoch", below=-0.8),
            Mark("truth", "mean absolute error", above=1),
        ),
        cured=(Mark("truth", "mean absolute error", below=0.5),),
        setup=setup("sine", "CosineSimilarity", ("MeanAbsoluteError",)),
    ),
    Exhibit(
        "P10",
        "A loss in the millions",
        "percentage_of_zero",
        story=(
            "Visitors in an hour, and the error in percent, as the office likes it. The [[loss]] "
            "is large, but it falls."
        ),
        options=(
            "The learning rate is too high",
            "Counts need a softmax",
            "Percentages have to be divided by 100",
            "Some targets are 0, and the error is divided by them",
        ),
        right="Some targets are 0, and the error is divided by them",
        why=(
            "The error of each row is divided by its target. Where that is 0, Keras divides by "
            "0.0000001 instead, so such a row costs millions of times as much as any other. The "
            "model serves these rows alone and says about 0 everywhere."
        ),
        remedy="`mean_absolute_error`; percentages only where targets stay away from 0.",
        found=(
            Mark("seen", "loss, first and last epoch", above=100_000),
            Mark("truth", "lowest and highest prediction", below=0.5),
        ),
        cured=(
            Mark("truth", "mean absolute error", below=1.5),
            Mark("truth", "lowest and highest prediction", above=2, which="highest"),
        ),
    ),
    Exhibit(
        "P12",
        "Not a number",
        "large_targets",
        story=(
            "Lengths in metres are to become millimetres. The simplest task of all, and SGD by its "
            "name."
        ),
        options=(
            "The steps are too large for targets in the thousands",
            "The data have gaps",
            "relu divides by 0",
            "SGD cannot do a regression",
        ),
        right="The steps are too large for targets in the thousands",
        why=(
            "The [[gradient]] of a squared error grows with the error. Targets in the thousands "
            "make the first ones thousands of times as large, and SGD multiplies by its 0.01 as "
            "ever. Each [[step]] overshoots more than the last, until no [[weight]] is a number "
            "any more. Nothing raises."
        ),
        remedy=(
            "Scale the targets, here to metres, and scale the predictions back. `clipnorm=1.0` "
            "would keep the weights finite, but make its way in tiny steps."
        ),
        found=(Mark("truth", "weights that are numbers", below=0.01),),
        cured=(
            Mark("truth", "weights that are numbers", equals=1.0),
            Mark("truth", "mean absolute error in millimetres", below=600),
        ),
    ),
    Exhibit(
        "P15",
        "A precision of 100 %",
        "metrics_of_another_task",
        story="The [[loss]] is small, and every prediction is precise, says the [[metric]].",
        options=(
            "The model is perfect, and the recall is not of use",
            "Precision and recall have been mixed up",
            "These metrics count classes, and there are none",
            "The threshold of 0.5 is too low",
        ),
        right="These metrics count classes, and there are none",
        why=(
            "A metric does not know the task. Here every target that is not exactly 0 counts as "
            "positive, and every prediction above 0.5 as called positive. So [[precision]] is 1 "
            "whatever was learnt, and [[recall]] is the share of predictions above 0.5."
        ),
        remedy="For numbers: `mean_absolute_error`, in the unit of the target, and `r2_score`.",
        found=(
            Mark("seen", "precision, last epoch", equals=1.0),
            Mark("truth", "share of targets that are not exactly 0", equals=1.0),
        ),
        cured=(Mark("seen", "r2_score, last epoch", above=0.9),),
        setup=setup("sine", "MeanSquaredError", ("Precision", "Recall")),
    ),
)
