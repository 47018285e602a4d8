"""Exhibits whose labels are not what loss or metric takes them for: P7, P8 and P14."""

from components.learn.exhibits.exhibit import Exhibit, Mark

LABELS = (
    Exhibit(
        "P7",
        "Wrong half of the time, whatever it learns",
        "hinge_accuracy",
        story=(
            "The [[hinge]] [[loss]] with its [[labels|label]] -1 and 1, and tanh, which reaches "
            "from -1 to 1. By the book."
        ),
        options=(
            "Accuracy compares labels -1 and 1 with 0 and 1",
            "Hinge cannot train a layer that ends in tanh",
            "Hinge wants labels 0 and 1",
            "The learning rate is too high",
        ),
        right="Accuracy compares labels -1 and 1 with 0 and 1",
        why=(
            "`accuracy` cuts predictions at 0.5 and calls them 0 or 1. The label -1 equals "
            "neither, so all rows of that class count as wrong. The loss is the same with both "
            "kinds of labels: hinge makes -1 and 1 of 0 and 1 by itself. The learning was right, "
            "the ruler was wrong."
        ),
        remedy="Labels 0 and 1, and `BinaryAccuracy(threshold=0.0)` for outputs between -1 and 1.",
        found=(
            Mark("seen", "accuracy, last epoch", below=0.6),
            Mark("truth", "share of right signs, counted", above=0.8),
        ),
        cured=(Mark("seen", "accuracy, last epoch", above=0.8),),
    ),
    Exhibit(
        "P8",
        "Better than perfect",
        "signed_labels",
        story="The lower the [[loss]] the better, and this one goes below 0.",
        options=(
            "A negative loss means overfitting",
            "Labels -1 and 1 are no probabilities",
            "Keras shows the logarithm of the loss",
            "Adam has overshot the lowest point",
        ),
        right="Labels -1 and 1 are no probabilities",
        why=(
            "[[Binary crossentropy]] reads [[labels|label]] as probabilities. With a label of -1 "
            "it has no lowest value: the surer the model, the lower, without end. So the model "
            "becomes as sure as it can, also where it is wrong. The [[accuracy]] knows 0 and 1 "
            "only, and counts every -1 as a mistake."
        ),
        remedy="Labels 0 and 1: `(y + 1) / 2`.",
        found=(
            Mark("seen", "loss, first and last epoch", below=-1, which="last"),
            Mark("truth", "share of predictions within 0.0001 of 0 or 1", above=0.5),
        ),
        cured=(
            Mark("seen", "loss, first and last epoch", above=0, below=0.5, which="last"),
            Mark("truth", "share of predictions within 0.0001 of 0 or 1", below=0.3),
        ),
    ),
    Exhibit(
        "P14",
        "Four metrics that nobody checked",
        "flat_labels",
        story=(
            "[[Labels|label]] as scikit-learn makes them, and four more numbers beside the "
            "[[loss]]. The loss is right."
        ),
        options=(
            "Hinge and KL divergence want labels -1 and 1",
            "Four metrics are too many for one run",
            "Four epochs are too few for these metrics",
            "A row of labels beside a column of predictions becomes a square",
        ),
        right="A row of labels beside a column of predictions becomes a square",
        why=(
            "The labels have the shape (N,), the predictions (N, 1). Keras brings them into one "
            "shape for the loss, but not for these [[metrics|metric]]. There [[broadcasting]] "
            "sets every label against every prediction, and the number is about strangers."
        ),
        remedy='`y.reshape(-1, 1).astype("float32")`: labels in the shape of the predictions.',
        found=(
            Mark("seen", "kl_divergence", above=3),
            Mark("truth", "KLDivergence of labels in a column", below=1),
            Mark("seen", "hinge", above=0.85),
        ),
        cured=(Mark("seen", "kl_divergence", below=1), Mark("seen", "hinge", below=0.85)),
    ),
)
