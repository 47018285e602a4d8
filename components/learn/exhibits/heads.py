"""Exhibits whose last layer does not suit loss or metric: P2 to P5, and P11."""

from components.learn.exhibits.exhibit import Exhibit, Mark, setup

HEADS = (
    Exhibit(
        "P2",
        "The loss falls nicely, the accuracy does not move",
        "one_unit_softmax",
        story=(
            "Two classes, [[crossentropy]], Adam. The [[loss]] falls from [[epoch]] to epoch, and "
            "`evaluate` agrees with it."
        ),
        options=(
            "The learning rate is too high",
            "Softmax over a single unit always says 1",
            "Binary crossentropy wants labels -1 and 1",
            "Accuracy was given as text",
        ),
        right="Softmax over a single unit always says 1",
        why=(
            "[[Softmax]] makes the units of a [[layer]] add up to 1, so a layer of one unit says "
            "1 to every row. The loss falls all the same: Keras on TensorFlow computes "
            "crossentropy from the scores before the softmax. What was trained is a [[sigmoid]] "
            "that nobody ever sees, and even `evaluate` reports its loss. The loss of the real "
            "predictions is far from it."
        ),
        remedy="A single unit takes `sigmoid`.",
        found=(
            Mark("seen", "loss, first and last epoch", below=0.4, which="last"),
            Mark("seen", "accuracy, first and last epoch", equals=0.5),
            Mark("truth", "lowest and highest prediction", above=0.999),
            Mark("truth", "loss of these predictions, by hand", above=5),
        ),
        cured=(
            Mark("truth", "lowest and highest prediction", below=0.2, which="lowest"),
            Mark("seen", "accuracy, first and last epoch", above=0.8, which="last"),
        ),
        setup=setup("moons", "BinaryCrossentropy", output_units=1, output_activation="softmax"),
    ),
    Exhibit(
        "P3",
        "A loss of 0 from the first epoch on",
        "one_unit_crossentropy",
        story=(
            "[[Labels|label]] 0 and 1, a [[sigmoid]], a [[crossentropy]]. No program can have a "
            "lower [[loss]]."
        ),
        options=(
            "The model has seen the labels",
            "The loss is so small that it is rounded to 0",
            "The labels have to be one-hot",
            "Crossentropy over a single class is always 0",
        ),
        right="Crossentropy over a single class is always 0",
        why=(
            "Categorical [[crossentropy]] reads a row of predictions as the shares of all "
            "classes. With one unit there is one class, its share is 1, and minus log 1 is 0. The "
            "[[weights|weight]] move nevertheless: TensorFlow's [[gradient]] is share minus "
            "label, which is 1 for every row of class 0 and 0 for the others. So all scores are "
            "pushed down, until every row is called class 0."
        ),
        remedy=(
            "A single unit takes `binary_crossentropy`. Categorical crossentropy wants a unit for "
            "each class."
        ),
        found=(
            Mark("seen", "loss, first and last epoch", below=1e-6),
            Mark("truth", "share of rows called class 1", below=0.05),
        ),
        cured=(
            Mark("seen", "accuracy, last epoch", above=0.8),
            Mark("truth", "share of rows called class 1", above=0.35),
        ),
        setup=setup(
            "moons", "CategoricalCrossentropy", output_units=1, output_activation="sigmoid"
        ),
    ),
    Exhibit(
        "P4",
        "All right from the first epoch on",
        "one_unit_argmax",
        story=(
            "A [[sigmoid]], [[binary crossentropy]], and a [[metric]] that says 100 %. Nothing is "
            "left to learn?"
        ),
        options=(
            "The model has learnt the rows by heart",
            "The labels can be read off x",
            "It picks the largest of a single column, which is always the same",
            "Three epochs are too few to measure anything",
        ),
        right="It picks the largest of a single column, which is always the same",
        why=(
            "`categorical_accuracy` compares the place of the largest prediction with the place "
            "of the largest [[label]]. In a single column both are the first place, for every row "
            "and every model. It says 100 % even against labels of other rows."
        ),
        remedy="`binary_accuracy` cuts at 0.5. The word `accuracy` would have picked it by itself.",
        found=(
            Mark("seen", "categorical_accuracy, first and last epoch", equals=1.0),
            Mark("truth", "categorical_accuracy against labels of other rows", equals=1.0),
        ),
        cured=(
            Mark(
                "seen", "binary_accuracy, first and last epoch", above=0.7, below=0.99, which="last"
            ),
            Mark("truth", "binary_accuracy against labels of other rows", below=0.7),
        ),
        setup=setup("moons", "BinaryCrossentropy", ("CategoricalAccuracy",)),
    ),
    Exhibit(
        "P5",
        "The loss falls to a third, and it is nothing",
        "scores_as_probabilities",
        story=(
            "Three classes, and a unit for each. The [[loss]] falls to about a third within eight "
            "[[epochs|epoch]]."
        ),
        options=(
            "Nothing makes probabilities of the scores",
            "Three classes take the labels 1, 2 and 3",
            "Sparse crossentropy wants one-hot labels",
            "relu in the hidden layer cuts off too much",
        ),
        right="Nothing makes probabilities of the scores",
        why=(
            "As a string the loss has `from_logits=False`: what the model says is taken for "
            "probabilities, and cut off at 0 and 1. The [[last layer]] has no [[softmax]], so its "
            "scores lie outside. There the loss is flat, no [[gradient]] comes back, and the "
            "model is stuck. What it ends with, ln 3, is what guessing among three costs."
        ),
        remedy="`SparseCategoricalCrossentropy(from_logits=True)`, or a softmax in the last layer.",
        found=(
            Mark("truth", "share of right predictions, counted", below=0.75),
            Mark("truth", "share of scores outside 0 to 1", above=0.5),
        ),
        cured=(Mark("truth", "share of right predictions, counted", above=0.85),),
        setup=setup("blobs", "SparseCategoricalCrossentropy", output_activation="linear"),
    ),
    Exhibit(
        "P11",
        "It stops getting better halfway",
        "head_out_of_reach",
        story=(
            "A [[regression]] on a straight line with a little noise. The [[loss]] falls, then no "
            "more."
        ),
        options=(
            "Eight epochs are too few",
            "16 hidden units are too few",
            "The last layer cannot say what is below 0",
            "The noise of the targets is the limit",
        ),
        right="The last layer cannot say what is below 0",
        why=(
            "relu ends at 0, and half of the targets lie below. For these rows 0 is the best that "
            "the model can say. A [[sigmoid]] reaches only from 0 to 1, and is worse."
        ),
        remedy=(
            "The [[last layer]] of a regression has no [[activation]], unless the targets have "
            "the same limits."
        ),
        found=(
            Mark("truth", "lowest and highest prediction", equals=0.0, which="lowest"),
            Mark("seen", "loss, first and last epoch", above=1),
        ),
        cured=(
            Mark("truth", "lowest and highest prediction", below=-1.5, which="lowest"),
            Mark("seen", "loss, first and last epoch", below=0.4, which="last"),
        ),
        setup=setup("sine", "MeanSquaredError", ("MeanAbsoluteError",), output_activation="relu"),
    ),
)
