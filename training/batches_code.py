"""The batches of a script as Python: what cuts them, and what is given to it."""

from collections.abc import Sequence

from training.spec import Experiment
from training.weights_code import rule_call

BATCHES = '''class Batches(keras.utils.PyDataset):
    """The training rows in a new order every epoch; the same order for everyone with this seed."""

    def __init__(self, x, y, batch_size, seed, shuffle=True, weights=None):
        super().__init__()
        self.x, self.y, self.batch_size = x, y, batch_size
        self.random, self.shuffle = np.random.default_rng(seed), shuffle
        self.order, self.weights = np.arange(len(x)), weights

    def __len__(self):
        return -(-len(self.x) // self.batch_size)

    def __getitem__(self, index):
        rows = self.order[index * self.batch_size : (index + 1) * self.batch_size]
        batch = self.x[rows], keras.tree.map_structure(lambda t: t[rows], self.y)
        return batch if self.weights is None else (*batch, self.weights[rows])

    def on_epoch_begin(self):
        if self.shuffle:
            self.order = self.random.permutation(len(self.x))
'''

STREAM = '''class Stream(Batches):
    """The same rows without an end, one pass after the other; an epoch is `steps` full batches."""

    def __init__(self, steps, *given, **more):
        super().__init__(*given, **more)
        self.steps, self.rows = steps, len(self.x)
        self.order = np.resize(self.order, steps * self.batch_size)
        self.left = np.empty(0, "int64")  # of the last pass

    def __len__(self):
        return self.steps

    def on_epoch_begin(self):
        seen = self.steps * self.batch_size
        while len(self.left) < seen:
            one_pass = self.random.permutation(self.rows) if self.shuffle else np.arange(self.rows)
            self.left = np.append(self.left, one_pass)
        self.order, self.left = self.left[:seen], self.left[seen:]
'''


def classes(experiments: Sequence[Experiment]) -> tuple[str, ...]:
    """What the script needs to cut batches."""
    streams = any(e.fit.steps_per_epoch for e in experiments)
    return (BATCHES, STREAM) if streams else (BATCHES,)


def batches_lines(experiment: Experiment) -> list[str]:
    """The script's batches, the first argument of its `fit`, in lines."""
    fit = experiment.fit
    name = f"Stream({fit.steps_per_epoch}, " if fit.steps_per_epoch else "Batches("
    unshuffled = "" if fit.shuffle else ", shuffle=False"
    given = f"x_train, y_train, {experiment.batch_size}, seed{unshuffled}"
    if not fit.sample_weight:
        return [f"    {name}{given}),"]
    first, rest = name.split("(")
    return [
        f"    {first}(",
        f"        {rest}{given},",
        f"        weights={rule_call(experiment)},",
        "    ),",
    ]
