"""What a comparison has in common, proved by hashes; and where it has not, why."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from components.progress import number_of
from training.data_choice import undivided
from training.layers import labels_form
from training.spec import Experiment
from training.states import RunState

YES, NO = ":green[:material/check:]", ":orange[:material/close:]"
NAMES = {"data": "data", "weights": "initial weights", "order": "batch order"}
SHORT = 8  # digits of a hash


@dataclass(frozen=True)
class Proof:
    """text: one line of markdown; why: a sentence for each thing that differs or looks as if."""

    text: str
    why: tuple[str, ...]


def proof(runs: Sequence[RunState]) -> Proof | None:
    """Whether runs had the same data and, seed by seed, weights and order; None while unknown."""
    proved = [run for run in runs if run.proof]
    if not proved:
        return None
    splits = len({run.experiment.split for run in runs})
    same = {
        "data": _by_seed(proved, "data") if splits > 1 else _equal(proved, "data"),
        "weights": _by_seed(proved, "weights"),
        "order": _by_seed(proved, "order"),
    }
    seeds = len({run.experiment.seed for run in runs})
    words = [
        f"{'same' if ok else 'other'} {NAMES[k]} {YES if ok else NO}" for k, ok in same.items()
    ]
    text = ", ".join(words) + (" in every row, seed by seed" if seeds > 1 else " in every row")
    waiting = sum(not run.proof and not run.ended for run in runs)
    refused = sum(not run.proof and run.ended for run in runs)
    for count, one, many in (
        (waiting, "has not begun", "have not begun"),
        (refused, "has no proof", "have no proof"),
    ):
        if count:
            text += f"; {count} of {len(runs)} runs {one if count == 1 else many}"
    return Proof(text[0].upper() + text[1:], tuple(_why([r.experiment for r in runs], same)))


def _by_seed(runs: Sequence[RunState], what: str) -> bool:
    found: dict[int, set[str]] = {}
    for run in runs:
        if run.proof:
            found.setdefault(run.experiment.seed, set()).add(run.proof[what])
    return all(len(hashes) == 1 for hashes in found.values())


def _equal(runs: Sequence[RunState], what: str) -> bool:
    return len({run.proof[what] for run in runs if run.proof}) == 1


def _why(experiments: Sequence[Experiment], same: dict[str, bool]) -> list[str]:
    said = []
    if same["data"] and len({e.split for e in experiments}) > 1:
        said.append("Each seed has a split of the data of its own, the same one in every row.")
    if not same["data"]:
        other = "data sets" if len({undivided(e.dataset) for e in experiments}) > 1 else "splits"
        said.append(f"The {other} differ, so the runs did not see the same rows.")
    if not same["weights"]:
        said.append(f"Initial weights differ because {_why_weights(experiments)}.")
    if not same["order"]:
        shuffled = {e.fit.shuffle for e in experiments}
        why = "data sets have other rows" if len(shuffled) == 1 else "rows are not always shuffled"
        said.append(f"The batch order differs because the {why}.")
    sizes = _distinct(experiments, lambda e: str(e.batch_size))
    if len(sizes) > 1:
        said.append(f"The rows come in the same order, cut into batches of {', '.join(sizes)}.")
    epochs = _distinct(experiments, _epoch)
    if len(epochs) > 1:
        said.append(
            f"An epoch is {' or '.join(epochs)}: hold rows against each other over steps or "
            "examples, not over epochs."
        )
    forms = _distinct(experiments, lambda e: ", ".join(labels_form(e, h) for h in e.facts.heads))
    if len(forms) > 1:
        said.append(f"The same labels are written as {' or '.join(forms)}, as each loss needs it.")
    return said


def _epoch(experiment: Experiment) -> str:
    steps = experiment.fit.steps_per_epoch
    return number_of("step", steps) if steps else "all training rows once"


def _why_weights(experiments: Sequence[Experiment]) -> str:
    names = _distinct(experiments, lambda e: e.model.name)
    if len(names) > 1:
        return f"the models differ ({', '.join(names)}): other layers have other weights"
    full = [e.model.full("model") for e in experiments]
    fields = [f.replace("_", " ") for f in full[0] if len({one[f] for one in full}) > 1]
    if fields:
        return f"the models differ in {' and '.join(fields)}"
    if len({e.dataset for e in experiments}) > 1:
        return "the data sets differ, and with them the first layer"
    return "the last layer follows the loss, and with other units it has other weights"


def _distinct(experiments: Sequence[Experiment], what: Callable[[Experiment], str]) -> list[str]:
    return list(dict.fromkeys(what(e) for e in experiments))
