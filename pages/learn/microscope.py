"""Compile microscope: one model before compile, after it, and after the first step of fit."""

from components.learn import Lesson, microscope, setups
from components.learn.figures import bars

page = Lesson("microscope", wide=True)
page.text(
    """
Choose what goes into [[compile]]: [[optimizer]], [[loss]] and [[metrics|metric]]. A small model, 2
inputs, 8 units, 1 output, is looked at three times: before compile, after it, and after the first
[[step]] of [[fit]].
"""
)
given = microscope.compiled()
page.predict(
    "Loss and metrics are given as words. When does Keras look up what these words mean?",
    ("When compile is called", "In the first step of fit", "When the first epoch has ended"),
    "In the first step of fit",
    "What `accuracy` stands for depends on the shapes of [[labels|label]] and predictions, and "
    "compile has seen neither. It keeps the words; so it does with a misspelt one.",
)
found = page.experiment("microscope", "Look three times", **given)
if found:
    before, between, after = found["looks"]
    word = given.get("loss", microscope.LOSSES[0])
    microscope.seen(found["looks"], word)
    microscope.picture(found)
    microscope.variables(after)
    bars(
        "Bytes in memory",
        {
            "weights": microscope.size(found["weights"]),
            "optimizer, after compile": microscope.size(between["variables"]),
            "optimizer, after the first step": microscope.size(after["variables"]),
        },
        up="bytes",
        key="microscope.bytes",
        alt="What the optimizer remembers comes with the first step.",
    )
    page.proof(
        "The loss after compile, and after the first step",
        f"{microscope.became(between, word)}, then {microscope.became(after, word)}",
        not between["loss"] and bool(after["loss"]),
        "looked up after the first step, and not before",
    )
    page.proof(
        "Weights before and after compile",
        f"{before['hash']} and {between['hash']}, predictions moved by {between['difference']:g}",
        before["hash"] == between["hash"] and between["difference"] == 0.0,
        "the same hash, and exactly 0",
    )
    page.proof(
        "Times that Python ran through train_step, after compile and after the first step",
        f"{between['traces']} and {after['traces']}",
        between["traces"] == 0 < after["traces"] and not between["train_function"],
        "0, then more",
    )
    page.verdict()
    page.text(
        """
After compile every optimizer has two variables, its [[step]] counter and its [[learning rate]].
`optimizer.built` is False until it meets the [[weights|weight]]. Then it makes its
[[slots|slot]]: none for SGD without [[momentum]], one for each weight for RMSprop and Lion, two for
Adam. For a large model these bytes are the price of the choice.
"""
    )
    page.try_next(
        "SGD, Lion, then Adam: read the bytes after the first step, and divide by those of the "
        "weights.",
        "Adafactor and Muon keep less for a matrix than Adam does. Look for it in the variables.",
        "`crossentropy` became the binary one, since there is one output. Look for other words "
        "that become something else.",
    )
page.open_in("Open in the Playground", setups.moons(optimizer=given.get("optimizer", "Adam")))
page.end(
    "Keras 3, `Trainer.compile`, `CompileLoss.build` and `Optimizer.build`",
    "measured by this page's run",
)
