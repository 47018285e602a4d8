"""What a report shows of runs on one data set: curves, proof, verdict, numbers, rates."""

from collections.abc import Sequence
from html import escape

from components.charts import charts
from components.compare.curves import notes
from components.compare.proof import NO, YES, proof
from components.compare.rates import rate_chart
from components.compare.table import Measured, framed, measure
from components.compare.table_words import evaluated, summed_up
from components.compare.target import NOT_TOGETHER, trained_together
from components.compare.verdict import verdict
from components.figures.parts import BOTH
from components.report.markup import chart_html, charts_html, paragraphs, table_html
from components.results import metric_columns, numbers_title, output_losses
from training.states import ComparisonState, RunState
from training.target import stored_target


def results_html(
    heading: str, state: ComparisonState, names: Sequence[str], title: str = ""
) -> str:
    """All of it; `heading` names the data set where there are several, `title` a race's mode."""
    target = stored_target(state.plan, state.runs[0].experiment)
    found = measure(state.runs, names, final=True, target=target)
    experiments = [run.experiment for run in state.runs]
    metrics = [*metric_columns(experiments), *output_losses(experiments)]
    curves = charts(state.runs, names, metrics, BOTH, False, title=title, target=target)
    curves_html = charts_html(chart_html(chart) for chart in curves)
    return "\n".join(
        [
            f"<h2>{escape(heading)}</h2>" * bool(heading),
            f"<h2>{escape(': '.join(filter(None, ('Curves', title))))}</h2>\n{curves_html}",
            f"<h2>Were the starts equal?</h2>\n{_proof(state.runs)}",
            f"<h2>Verdict</h2>\n{paragraphs(_verdicts(state.runs, names))}",
            _rates(state.runs, metrics[0] if metrics else ""),
            f"<h2>{numbers_title(state.runs)}</h2>\n{table_html(framed(found))}",
            paragraphs(_about(found, state.runs), "small"),
        ]
    )


def _about(found: Measured, runs: Sequence[RunState]) -> list[str]:
    """What the numbers of the table are."""
    every = [column.name for column in found.columns]
    said = [evaluated(runs).replace("`", ""), summed_up(found.columns, every, _most(found))]
    return [*filter(None, said), *([] if trained_together(runs) else [NOT_TOGETHER])]


def _most(found: Measured) -> int:
    return max(map(len, found.rows.values()))


def _proof(runs: Sequence[RunState]) -> str:
    found = proof(runs)
    if found is None:
        return paragraphs(["No run has left a proof."])
    return paragraphs([found.text.replace(YES, "✓").replace(NO, "✕"), *found.why])


def _verdicts(runs: Sequence[RunState], names: Sequence[str]) -> list[str]:
    """What the seeds support, of the loss where rows share one, and of each metric."""
    experiments = [run.experiment for run in runs]
    warnings = notes(experiments)
    columns = [*(() if warnings else ["loss"]), *output_losses(experiments)]
    columns += metric_columns(experiments)
    found = [said.text for column in columns if (said := verdict(runs, names, column))]
    return [*warnings, *(found or ["There is nothing to compare."])]


def _rates(runs: Sequence[RunState], metric: str) -> str:
    """How much the result depends on the learning rate, where rows have three or more."""
    found = rate_chart(runs, metric)
    return f"<h2>Learning-rate sensitivity</h2>\n{chart_html(*found)}" if found else ""
