"""What a report of a race shows beside the runs of one mode: how rates were tuned, what it took."""

from components.race.budget import DECADES
from components.race.modes import DEFAULTS, SHARED, TUNED
from components.race.summary import UNFAIR, OnShow, Summary
from components.report.markup import chart_html, charts_html, paragraphs, table_html

MEANING = {
    TUNED: "each row at the rate that did best for it in the grid",
    DEFAULTS: "each row at Keras's own rate, untuned",
    SHARED: "all rows at one rate",
}
EARLY = "The race had not ended when this was written, so ranks and tuned results are not in it."


def race_title(found: Summary) -> str:
    """Who races on what: a race's own title would be a list of all the rates that were tried."""
    return f"Fair race of {', '.join(found.names)} on {found.design.base.dataset.name}"


def race_html(shown: OnShow) -> str:
    """The mode on show, the grid, ranks from defaults to tuned, edges and the budget."""
    found = shown.race
    grid, ranks, table = found.grid_chart(), found.rank_chart(), found.budget()
    pairs = ((grid, found.grid_words()), (ranks, found.rank_words()))
    return "\n".join(
        [
            f"<h2>Which runs these are</h2>\n{paragraphs(_mode(shown))}",
            "" if found.state.ended else paragraphs([EARLY]),
            "<h2>How the rates were tuned</h2>",
            charts_html(chart_html(chart, words) for chart, words in pairs if chart),
            paragraphs((f"Warning: {sentence}" for sentence in found.edges()), "warning"),
            "" if table is None else f"<h2>Budget</h2>\n{table_html(table.round({DECADES: 1}))}",
            paragraphs([found.method()], "small"),
        ]
    )


def _mode(shown: OnShow) -> list[str]:
    """What the race is, and of which mode the rest of the page is."""
    unfair = [UNFAIR] if shown.mode == SHARED else []
    return [
        _grid(shown.race),
        f"Curves, proof, verdict, final numbers and compile calls below are of one mode: "
        f"{shown.title}, that is {MEANING[shown.mode]}.",
        *unfair,
    ]


def _grid(found: Summary) -> str:
    race, first = found.design.race, found.design.base.seed
    rates = ", ".join(f"{rate:g}" for rate in race.rates)
    seeds = f"seed {first}" if race.seeds == 1 else f"seeds {first} to {first + race.seeds - 1}"
    return (
        f"Every row tried the learning rates {rates} with {seeds}. "
        f"{len(found.state.runs)} runs in all."
    )
