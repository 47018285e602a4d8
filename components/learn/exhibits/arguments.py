"""Exhibits in which an argument of `compile` means something else: P1, P6 and P13."""

from components.learn.exhibits.exhibit import Exhibit, Mark, setup

ARGUMENTS = (
    Exhibit(
        "P1",
        "One line that names neither cause nor place",
        "positional_metrics",
        story=(
            "This one is not silent, but its message says little. The call stands in many older "
            "tutorials. "
            "`compile` takes it, and `fit` stops with one line."
        ),
        options=(
            "The labels have the wrong type",
            "The optimizer has to be given by its name",
            "The list of metrics arrived as loss weights",
            "Accuracy does not suit binary crossentropy",
        ),
        right="The list of metrics arrived as loss weights",
        why=(
            "In Keras 3 the third parameter of `compile` is `loss_weights`; in Keras 2 it was "
            '`metrics`. So the [[loss]] is to be multiplied by the text `"accuracy"`, and the '
            "first [[step]] of `fit` fails over it. `compile` itself stores what it is given."
        ),
        remedy="Give every argument by its name.",
        found=(
            Mark("truth", "what compile takes in third place", equals="loss_weights"),
            Mark("seen", "what fit says", begins="ValueError"),
        ),
        cured=(Mark("truth", "share of right predictions, counted", above=0.75),),
    ),
    Exhibit(
        "P6",
        "A warning in the console, and then?",
        "probabilities_as_scores",
        story=(
            "The [[last layer]] ends in a [[sigmoid]], and the [[loss]] is told to expect "
            "[[logits|logit]]. The console warns: was this intended?"
        ),
        options=(
            "Training suffers: the sigmoid is applied twice",
            "Nothing in this run: Keras mends it, inside the model only",
            "The accuracy is wrong, the loss is right",
            "The loss can become negative",
        ),
        right="Nothing in this run: Keras mends it, inside the model only",
        why=(
            "On TensorFlow the sigmoid leaves a note of the scores that it was given. The loss "
            "finds it and takes those scores, so both programs end with the same "
            "[[weights|weight]]. With [[softmax]] it is the same. Only there, though: the same "
            "loss on predictions that have left the model applies the sigmoid again, and its "
            "number is wrong. So it would be in a training loop of one's own that takes arrays, "
            "and on another backend."
        ),
        remedy="Drop `from_logits=True`, or drop the sigmoid; one of the two.",
        found=(
            Mark("truth", "largest difference from the other program's weights", equals=0.0),
            Mark("truth", "this loss of these predictions, outside the model", above=0.45),
        ),
        cured=(Mark("truth", "this loss of these predictions, outside the model", below=0.4),),
        setup=setup(
            "moons",
            {"name": "BinaryCrossentropy", "params": {"from_logits": True}},
            output_activation="sigmoid",
        ),
    ),
    Exhibit(
        "P13",
        "The loss falls, the accuracy is a coin toss",
        "threshold_of_scores",
        story=(
            "The [[last layer]] has no [[activation]], and the [[loss]] knows it. The loss falls "
            "as it should."
        ),
        options=(
            "The learning rate is too low to learn anything",
            "from_logits=True turns the loss upside down",
            "Accuracy needs whole numbers as labels",
            "Accuracy cuts the scores at 0.5, and their middle is 0",
        ),
        right="Accuracy cuts the scores at 0.5, and their middle is 0",
        why=(
            "The word `accuracy` becomes `BinaryAccuracy`, whose [[threshold]] is 0.5: it expects "
            "probabilities. These are scores. A score of 0.3 stands for a probability of 0.57, and "
            "is called class 0. The model was right, the ruler lay askew. Nor does the short form "
            "help: with the string `binary_crossentropy` the loss takes scores for probabilities "
            "too, and is flat outside 0 to 1."
        ),
        remedy=(
            "Scores take `from_logits=True` in the loss and `threshold=0.0` in the [[metric]]; or "
            "end the model in a [[sigmoid]], and leave both out."
        ),
        found=(
            Mark("seen", "accuracy that evaluate reports", below=0.65),
            Mark("truth", "share of right predictions, cut at 0", above=0.7),
        ),
        cured=(Mark("seen", "accuracy that evaluate reports", above=0.7),),
        setup=setup(
            "moons",
            {"name": "BinaryCrossentropy", "params": {"from_logits": True}},
            output_activation="linear",
        ),
    ),
)
