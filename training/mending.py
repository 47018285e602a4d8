"""Repairs of the compile check in a whole comparison: changes of some rows, or of the base."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from training.checker import Finding, Repair, check, worst
from training.choice import Choice
from training.design import Design
from training.monitored import watching_still
from training.redesign import fields
from training.spec import Experiment
from training.variants import Row, variant

ALL = ", in all rows"
LAYER = ("output_units", "output_activation")  # arguments of the model that no row can change
RANKS = ("works", "silently wrong", "raises")


@dataclass(frozen=True)
class Mend:
    """A changed design in which a finding is mended; `label` says in a few words what changes."""

    label: str
    design: Design


def mends(design: Design, finding: Finding) -> list[Mend]:
    """Ways to mend a finding in every row that has it; none that would make another row worse."""
    rows = [variant(design.base, row, i) for i, row in enumerate(design.rows, start=1)]
    own = {i: _same(check(e), finding) for i, e in enumerate(rows)}
    affected = {i: found for i, found in own.items() if found}
    made = []
    for label in [repair.label for found in [*affected.values()][:1] for repair in found.repairs]:
        repairs = {i: _labelled(found, label) for i, found in affected.items()}
        if None not in repairs.values():
            mended = {i: repair.experiment for i, repair in repairs.items()}
            made += _made(design, rows, mended, finding, label)
    return made


def _made(
    design: Design,
    rows: Sequence[Experiment],
    mended: dict[int, Experiment],
    finding: Finding,
    label: str,
) -> list[Mend]:
    """In the base where all rows have it from there, else in the rows, as far as these can say."""
    if len(mended) == len(rows):
        found = _same(check(design.base), finding)
        repair = found and _labelled(found, label)
        with suppress(ValueError):
            changed = repair and design.changed(repair.experiment, design.rows)
            if changed and not any(_same(check(e), finding) for e in _variants(changed)):
                return [Mend(label, changed)]
    with suppress(ValueError):
        base = _with(design.base, next(iter(mended.values())))
        changed = design.changed(
            base,
            [
                _row(base, row, rows[i], mended[i]) if i in mended else row
                for i, row in enumerate(design.rows)
            ],
        )
        now = _variants(changed)
        right = all(now[i].variant == experiment.variant for i, experiment in mended.items())
        if right and not any(_rank(e) > _rank(old) for e, old in zip(now, rows, strict=True)):
            whole = base != design.base and len(mended) < len(rows)
            return [Mend(label + ALL * whole, changed)]
    return []


def _variants(design: Design) -> list[Experiment]:
    return [variant(design.base, row) for row in design.rows]


def _same(findings: Sequence[Finding], wanted: Finding) -> Finding | None:
    """The finding that says the same, if it is among them."""
    said = (wanted.severity, wanted.about, wanted.why)
    return next((f for f in findings if (f.severity, f.about, f.why) == said), None)


def _labelled(finding: Finding, label: str) -> Repair | None:
    return next((repair for repair in finding.repairs if repair.label == label), None)


def _rank(experiment: Experiment) -> int:
    return RANKS.index(worst(check(experiment)))


def _with(base: Experiment, mended: Experiment) -> Experiment:
    """The base with what of a mended row no row can say: labels, last layer and metrics."""
    kept = {k: v for k, v in base.model.params.items() if k not in LAYER}
    layer = {k: v for k, v in mended.model.params.items() if k in LAYER}
    made = mended.compile
    return watching_still(
        replace(
            base,
            dataset=mended.dataset,
            model=Choice(base.model.name, kept | layer),
            compile=replace(
                base.compile, metrics=made.metrics, weighted_metrics=made.weighted_metrics
            ),
        )
    )


def _row(base: Experiment, row: Row, now: Experiment, mended: Experiment) -> Row:
    """The row with what the mended experiment has otherwise than the row has it now."""
    before, after = fields(now, base), fields(mended, base)
    new: dict[str, Any] = {name: after[name] for name in after if after[name] != before.get(name)}
    if "loss" in new:
        new["loss_arguments"] = after["loss_arguments"]
    changes = {name: value for name, value in (row.changes | new).items() if value != {}}
    for name in new:
        shorter = {k: v for k, v in changes.items() if k != name}
        if variant(base, Row("", shorter)) == variant(base, Row("", changes)):
            changes = shorter  # what the base says anyway
    return Row(row.label, changes)
