"""How often Python runs a training step: after compile, in a graph, eagerly, ten at once."""

import numpy as np
import streamlit as st

from components.learn import Lesson
from components.learn.figures import lines
from components.learn.setups import MOONS

page = Lesson("internals")
page.text(
    """
What one [[step]] does is written in Python, in the method `train_step` of a model. Here it counts
how often Python runs through it:

```python
def train_step(self, data):
    self.runs += 1
    return super().train_step(data)
```
"""
)
page.predict(
    "The model is compiled, and `fit` takes 30 steps. How often has Python run through the method?",
    (
        "30 times, once for each step",
        "Once, during compile",
        "A few times, and all of them in the first call of fit",
    ),
    "A few times, and all of them in the first call of fit",
    "TensorFlow [[traces|trace]] the method: it runs Python to record a [[graph]], and from then "
    "on runs the graph.",
)
found = page.experiment("trace_count", "Count in three ways")
if found:
    each = {  # a call of ten steps counts a tenth in each of them
        way: np.repeat(counted["milliseconds"], 30 // counted["calls"]) * counted["calls"] / 30
        for way, counted in found.items()
    }
    lines(
        "Milliseconds per step",
        each,
        across="step in the first fit",
        up="milliseconds",
        log_y=True,
        key="internals.steps",
        alt="The first call is slow. Then a step in a graph is quick, and eagerly each is slow.",
    )
    st.dataframe(
        {
            "way": list(found),
            "Python runs after compile": [counted["runs"][0] for counted in found.values()],
            "after the first fit": [counted["runs"][1] for counted in found.values()],
            "after the second fit": [counted["runs"][2] for counted in found.values()],
            "calls a fit, 30 steps": [counted["calls"] for counted in found.values()],
        },
        hide_index=True,
    )
    st.dataframe(
        {
            "way": list(found),
            "30 steps of the first fit, ms": [
                round(counted["totals"][0]) for counted in found.values()
            ],
            "of the second fit, ms": [round(counted["totals"][1]) for counted in found.values()],
        },
        hide_index=True,
    )
    st.caption("The times are those of this machine in this run, and no pass mark.")
    graph, eager, tens = (found[way] for way in ("graph", "eager", "10 steps at once"))
    page.proof(
        "Python's runs in the graph: after compile, after the first fit, after the second",
        ", ".join(map(str, graph["runs"])),
        graph["runs"][0] == 0 < graph["runs"][1] == graph["runs"][2] < 10,
        "0, then fewer than 10, and none more in the second fit",
    )
    page.proof(
        "Python's runs with `run_eagerly=True`, for two fits of 30 steps",
        str(eager["runs"][2]),
        eager["runs"][2] >= 60,
        "at least 60, one for each step",
    )
    page.proof(
        "Calls a fit with `steps_per_execution=10`, and without",
        f"{tens['calls']} and {graph['calls']}",
        (tens["calls"], graph["calls"]) == (3, 30),
        "3 and 30",
    )
    losses = [counted["loss"] for counted in found.values()]
    page.proof(
        "Loss at the end in the three ways",
        ", ".join(f"{loss:.5f}" for loss in losses),
        max(losses) < 1.001 * min(losses),
        "equal, to 1 in 1000",
    )
    page.verdict()
    first, second = ({way: counted["totals"][i] for way, counted in found.items()} for i in (0, 1))
    page.text(
        f"""
The name [[compile]] is misleading. `model.compile` makes no [[graph]], and compiles nothing: it
forgets the training function that was there. The first [[fit]] makes a new one, so its 30 steps
took {first["graph"]:,.0f} ms here. From then on Python only hands over [[batches|batch]]: the 30
steps of the second fit took {second["graph"]:,.0f} ms, {second["eager"]:,.0f} ms eagerly, and
{second["10 steps at once"]:,.0f} ms with ten steps at once.

Three arguments of compile choose how steps run, and not what is learnt:

- `run_eagerly=True` runs Python in each step. That is slow, but `print` and a debugger work.
- `steps_per_execution=10` lets the graph take ten steps before Python is asked again. That saves
  time where a step is short. [[Callbacks|callback]] hear of every tenth step only.
- `jit_compile=True` turns the graph into machine code by XLA.
"""
    )
    page.see("first_call")
    page.try_next(
        "The Playground leaves `fit` out: it records all steps of several epochs as one graph. "
        "See how long 30 epochs take there.",
        "Run it again and look at the first call: it holds the trace, anew after every compile.",
        'Put `print("step")` into `train_step` of the code below. How often is it printed?',
    )
    page.open_in("Open in the Playground", MOONS)
page.end(
    "TensorFlow, [Better performance with tf.function](https://www.tensorflow.org/guide/function)",
    "Keras 3, `TensorFlowTrainer.make_train_function`",
    "measured by this page's run",
)
