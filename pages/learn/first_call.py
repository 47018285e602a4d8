"""Connection: compile the method and compilation, which is what the first call does."""

import streamlit as st

from components.learn import Lesson
from components.learn.figures import bars
from components.learn.setups import MOONS
from training.demo import constant

page = Lesson("first_call")
sizes = constant("first_call", "SIZES")
page.text(
    f"""
In other languages, compiling is to turn a program into something faster before it runs. The
method [[compile]] has the name, but does not do it. TensorFlow does: it [[traces|trace]] Python
once and records a [[graph]], which it runs from then on.

When? A model is compiled and then gets {len(sizes)} training [[steps|step]], one call each. The
[[batches|batch]] have {", ".join(map(str, sizes[:-1]))} and {sizes[-1]} rows.
"""
)
page.predict(
    "In which of these calls is a graph recorded?",
    (
        "In none: compile has done it",
        "In the first call only",
        "In call 1, and in call 5 where the size first changes",
        "In calls 1, 5, 8 and 9: wherever a size is new",
    ),
    "In call 1, and in call 5 where the size first changes",
    "The first graph is for batches of 32 rows. When another size comes, Keras has one recorded "
    "for any number of rows, and that one serves all that follow.",
)
found = page.experiment("first_call", "Compile, and make the calls")
if found:
    calls = found["calls"]
    names = [f"call {i}, {size} rows" for i, size in enumerate(found["sizes"], start=1)]
    milliseconds = {"compile": found["compile"]["ms"]}
    milliseconds |= {name: call["ms"] for name, call in zip(names, calls, strict=True)}
    bars(
        "Milliseconds of compile and of each call",
        milliseconds,
        up="milliseconds",
        log=True,
        key="first_call.ms",
        alt="The first call takes longest, and the fifth is long too. All others are quick.",
    )
    runs = [call["runs"] for call in calls]
    page.proof(
        "Python's runs through the step, in compile and in each call",
        f"{found['compile']['runs']}; {', '.join(map(str, runs))}",
        found["compile"]["runs"] == 0
        and [i for i, count in enumerate(runs, start=1) if count] == [1, 5],
        "0 in compile, some in calls 1 and 5, 0 in all others",
    )
    page.proof(
        "Python's runs in the first call after another compile",
        str(found["again"]["runs"]),
        found["again"]["runs"] > 0,
        "above 0: a new graph",
    )
    page.proof(
        "Python's runs in two epochs of `fit` on 400 rows, in the first batch and in the "
        f"{len(found['fit']) - 1} others",
        f"{found['fit'][0]} and {sum(found['fit'][1:])}",
        found["fit"][0] > 0 == sum(found["fit"][1:]),
        "some, and 0, although the last batch of an epoch has 16 rows and all others 32",
    )
    page.verdict()
    later = sorted(call["ms"] for call in calls if not call["runs"])
    usual = later[len(later) // 2]
    page.text(
        f"""
Call 1 took {calls[0]["ms"]:,.0f} ms, call 5 took {calls[4]["ms"]:,.0f} ms, and the median of the
others is {usual:.1f} ms: the first was {calls[0]["ms"] / usual:,.0f} times as long. These times
are your machine's, and no pass mark. In the first call Python runs twice: once more because the
[[optimizer]] makes its [[slots|slot]] there.

So `compile` notes, and **the first step compiles**. What follows from it:

- Leave the first step out when you measure speed.
- After another `compile` the next step is slow again, since the graph is thrown away. Here it took
  {found["again"]["ms"]:,.0f} ms.
- In [[fit]] a shorter last [[batch]] of the [[epoch]] costs no second graph: `fit` records the
  first one for any number of rows. Your own calls of `train_on_batch` do meet new sizes.
"""
    )
    page.text(
        """
There is a compiler behind the graph, too. With `jit_compile=True`, XLA turns the graph into
machine code, which also waits for the first call. Its default is `"auto"`.
"""
    )
    jit = page.experiment("machine_code", "Train with and without it")
    if jit:
        usual, xla = jit["default"], jit["True"]
        st.dataframe(
            {
                "jit_compile": ['"auto"', "True"],
                "model.jit_compile after compile": [usual["jit_compile"], xla["jit_compile"]],
                "first call, ms": [round(usual["first"]), round(xla["first"])],
                "later call, ms": [round(usual["later"], 1), round(xla["later"], 1)],
                "loss after 20 calls": [f"{usual['loss']:.6f}", f"{xla['loss']:.6f}"],
            },
            hide_index=True,
        )
        page.proof(
            "What `auto` became, where TensorFlow has "
            + ("only a CPU" if jit["only a CPU"] else "more than a CPU"),
            str(usual["jit_compile"]),
            xla["jit_compile"] and not (jit["only a CPU"] and usual["jit_compile"]),
            "False with only a CPU",
        )
        page.proof(
            "Difference of the losses",
            f"{abs(usual['loss'] - xla['loss']):.2g}",
            abs(usual["loss"] - xla["loss"]) < 1e-4 * usual["loss"],
            "below 1 in 10,000: nothing else is learnt",
        )
        page.text(
            """
The times are this machine's. On a CPU, with a model this small, the first call gets slower and
later ones gain little or nothing.
"""
        )
    page.try_next("In the code, begin with 17 rows and go on with 32: which call is slow now?")
    page.open_in("Open the set-up in the Playground", MOONS)
page.end(
    "Keras 3, `TensorFlowTrainer.make_train_function`, with `reduce_retracing`",
    "TensorFlow, Better performance with tf.function",
    "measured by this page's run",
)
