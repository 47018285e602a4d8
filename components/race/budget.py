"""What a race took and brought, as a table: rates, trials, and results before and after tuning."""

from collections.abc import Sequence

import pandas as pd

from components.race.ranking import Ranking
from components.sweep import Sweep
from training.design import Design
from training.race import default_rates

DECADES = "Good rates (decades)"


def budget(
    design: Design,
    names: Sequence[str],
    swept: Sequence[Sweep],
    before: Ranking,
    after: Ranking,
    lower: bool,
) -> pd.DataFrame:
    """A row each of `names`; `before` ranks them at Keras's rates, `after` at the chosen ones."""
    width = {sweep.name: sweep.width(lower) for sweep in swept}
    records = []
    own = default_rates(design)
    for i, name in enumerate(names):
        chosen = design.race.chosen[i]
        records.append(
            {
                "Row": name,
                "Keras's rate": f"{own[i]:g}",
                "At it": before.values.get(name),
                "Rank at it": before.ranks.get(name),
                "Tuned rate": "none" if chosen is None else f"{chosen:g}",
                "Tuned": after.values.get(name),
                "Rank tuned": after.ranks.get(name),
                "Trials": len(design.race.rates),
                DECADES: width.get(name),
            }
        )
    return pd.DataFrame(records)
