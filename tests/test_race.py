"""A fair race: its grid, what is chosen, how it goes on by itself, and what it says of ranks."""

from dataclasses import replace
from math import inf, isnan, log10, nan

import numpy as np
import pytest
from test_page_compare import run
from test_store import finished
from visits import spec

from components.figures.sensitivity import sensitivity
from components.figures.slope import slope_chart
from components.race.modes import DEFAULTS, SHARED, TUNED, row_names, shown
from components.race.ranking import Ranking, correlation, in_words, ranking
from components.sweep import Sweep, rateless, sweeps
from training.design import Design
from training.memory import Memory
from training.presets import PRESETS
from training.queue import Queue
from training.race import Race, again, choose, defaults, opening, shared, tuned, tuning
from training.schema import Database
from training.spec import Experiment
from training.states import ComparisonState
from training.store import Store
from training.variants import Row

GRID = (0.01, 0.1, 1.0)
ROWS = (Row("", {"optimizer": "SGD"}), Row("Mine", {"optimizer": "Adam"}))


def design(rows: tuple[Row, ...] = ROWS) -> Design:
    return Design.of(Experiment.from_json(spec(seed=7)), rows, 2).raced(Race(GRID))


def rate_of(e: Experiment) -> float:
    return e.compile.optimizer.full("optimizer")["learning_rate"]


def test_the_grid_is_tried_with_the_bases_seed_and_the_others_are_kept_for_the_race() -> None:
    made = design()
    tried = [(e.compile.optimizer.name, rate_of(e), e.seed) for e in tuning(made)]
    assert tried == [(name, rate, 7) for name in ("SGD", "Adam") for rate in GRID]
    raced = [(e.compile.optimizer.name, rate_of(e), e.seed) for e in defaults(made)]
    assert raced == [
        *(("SGD", 0.01, seed) for seed in (8, 9)),
        *(("Adam", 0.001, seed) for seed in (8, 9)),
    ]
    assert set(made.comparison.experiments) == {*tuning(made), *defaults(made)}


def test_where_splits_vary_each_seed_of_a_race_has_its_own() -> None:
    varied = replace(design(), vary_split=True)
    assert {e.split for e in tuning(varied)} == {0}
    assert [(e.seed, e.split) for e in defaults(varied)] == [(8, 1), (9, 2)] * 2


def test_more_seeds_of_the_grid_are_those_of_the_race() -> None:
    made = design()
    twice = made.raced(Race(GRID, 2))
    assert {e.seed for e in tuning(twice)} == {7, 8}


def test_the_lowest_validation_loss_is_chosen_and_no_number_is_none() -> None:
    made = design()
    losses = {0.01: 0.5, 0.1: 0.2, 1.0: nan}
    ended = {e: {"val_loss": losses[rate_of(e)]} for e in tuning(made)[:3]}
    ended |= {key: {"val_loss": inf} for key in tuning(made)[3:5]}
    found = choose(made, ended)
    assert found.race.chosen == (0.1, None)
    assert [(rate_of(e), e.seed) for e in tuned(found)] == [(0.1, 8), (0.1, 9)]
    assert Design.from_json(found.to_json()) == found


def test_the_target_is_nearly_what_the_best_tuned_baseline_reaches_unless_one_was_set() -> None:
    made = design(rows=(*ROWS, Row("", {"optimizer": "Lion"})))
    reached = {"SGD": 0.8, "Adam": 0.9, "Lion": 0.99}
    (column,) = [c for c in made.base.columns if c.startswith("val_") and "loss" not in c]
    ended = {
        e: {"val_loss": rate_of(e), column: reached[e.compile.optimizer.name]} for e in tuning(made)
    }
    found = choose(made, ended)
    assert found.target.to_json() == {"column": column, "value": pytest.approx(0.855)}
    mine = made.aimed_at({"column": "val_loss", "value": 0.3})
    assert choose(mine, ended).target == mine.target
    others = design(rows=(made.rows[2], Row("", {"optimizer": "Nadam"})))
    ended = {e: {"val_loss": rate_of(e), column: 0.9} for e in tuning(others)}
    assert choose(others, ended).target is None


@pytest.mark.parametrize(
    ("race", "sentence"),
    [
        ({"rates": [0.1]}, "has 1 learning rate; take 2 to 30"),
        ({"rates": [0.1, 0.1]}, "has 1 learning rate; take 2 to 30"),
        ({"rates": [0.1, -1]}, "learning rates above 0"),
        ({"rates": "0.1"}, "learning rates above 0"),
        ({"rates": [0.1, float("nan")]}, "learning rates above 0"),
        ({"rates": [0.1, 1], "seeds": 0}, "seeds of the grid"),
        ({"speed": 1}, "set up by an object with rates and seeds"),
    ],
)
def test_a_grid_that_cannot_be_is_refused_in_a_sentence(race, sentence) -> None:
    with pytest.raises(ValueError, match=sentence):
        Race.from_json(race)


def test_rows_that_differ_in_the_rate_only_cannot_be_tuned_apart() -> None:
    rows = (Row("Slow", {"learning_rate": 0.001}), Row("Fast", {"learning_rate": 0.1}))
    with pytest.raises(ValueError, match=r"Row 1 \(Slow\) and Row 2 \(Fast\) differ in nothing"):
        design(rows=rows)


def test_a_race_that_is_too_large_is_refused_with_what_to_take_less_of() -> None:
    base = Experiment.from_json(spec())
    rows = [Row("", {"hidden": [n]}) for n in range(1, 13)]
    with pytest.raises(ValueError, match="takes up to 312 runs, and 300 are the most"):
        Design.of(base, rows, 3).raced(Race(tuple(10.0**-k for k in range(1, 21))))


@pytest.fixture
def store(tmp_path):
    opened = Store(Database(f"sqlite:///{tmp_path / 'lab.sqlite'}"))
    yield opened
    opened.database.close()


def train(store: Store, best: float) -> None:
    """Do what an engine would; the validation loss is the distance of the rate from `best`."""
    queue = Queue(store.database)
    job = queue.claim("ann")
    outcomes = {}
    for digest, e in zip(job.digests, job.experiments, strict=True):
        rows = finished().rows.copy()
        rows[-1, e.columns.index("val_loss")] = abs(log10(rate_of(e)) - log10(best))
        outcomes[digest] = finished(rows=rows)
    queue.end(outcomes)


def submitted(store: Store, made: Design) -> str:
    return store.submit(made.comparison, "ann", plan=made.to_json())


def test_when_the_grid_has_ended_the_best_rates_are_raced_without_anybody_asking(store) -> None:
    made = design()
    id = submitted(store, made)
    train(store, best=0.1)
    state = Memory(store).state(id)
    assert not state.ended
    raced = Design.from_json(state.plan)
    assert raced.race.chosen == (0.1, 0.1)
    waiting = [run.experiment for run in state.runs if run.status == "queued"]
    assert waiting == tuned(raced)
    train(store, best=0.1)
    state = Memory(store).state(id)
    assert state.ended
    assert len(state.runs) == len(opening(made)) + len(tuned(raced))


def test_a_race_over_a_grid_that_is_known_goes_on_at_once(store) -> None:
    first = submitted(store, design())
    train(store, best=0.1)
    again = submitted(store, design())
    plans = [Memory(store).state(id).plan for id in (first, again)]
    assert plans[0] == plans[1]
    assert plans[1]["race"]["chosen"] == [0.1, 0.1]


def test_a_rate_that_is_kerass_own_is_not_run_twice(store) -> None:
    id = submitted(store, design())
    train(store, best=0.01)
    state = Memory(store).state(id)
    assert state.plan["race"]["chosen"] == [0.01, 0.01]
    assert [run.experiment.compile.optimizer.name for run in state.runs if not run.ended] == [
        "Adam",
        "Adam",
    ]


def test_a_race_that_was_stopped_stays_stopped(store) -> None:
    id = submitted(store, design())
    job = Queue(store.database).claim("ann")
    store.want(id, "cancel")
    Queue(store.database).end({digest: finished() for digest in job.digests})
    state = Memory(store).state(id)
    assert state.ended
    assert "chosen" not in state.plan["race"]


def raced() -> tuple[ComparisonState, Design]:
    made = replace(design(), race=Race(GRID, chosen=(0.1, 1.0)))
    runs = tuple(run(e) for e in dict.fromkeys([*opening(made), *tuned(made)]))
    return ComparisonState("id", "", "me", 0.0, 1, "finished", runs, made.to_json()), made


def test_a_mode_shows_its_own_runs_under_the_names_of_the_rows() -> None:
    state, made = raced()
    assert row_names(made) == ["SGD", "Mine"]
    best = shown(state, made, TUNED, 0.1)
    assert best.names == ("SGD lr 0.1", "SGD lr 0.1", "Mine lr 1", "Mine lr 1")
    assert [r.experiment for r in best.state.runs] == tuned(made)
    assert best.title == "each tuned (3 trials)"
    usual = shown(state, made, DEFAULTS, 0.1)
    assert usual.names == ("SGD lr 0.01", "SGD lr 0.01", "Mine lr 0.001", "Mine lr 0.001")
    one = shown(state, made, SHARED, 1.0)
    assert one.names == ("SGD", "Mine")
    assert [r.experiment for r in one.state.runs] == shared(made, 1.0)
    assert "unfair" in one.title


def test_the_modes_of_a_race_that_still_tunes_are_empty_where_nothing_runs() -> None:
    state, made = raced()
    early = replace(made, race=Race(GRID))
    assert shown(state, early, TUNED, 0.1).state.runs == ()
    assert len(shown(state, early, SHARED, 0.1).state.runs) == 2


def test_a_sweep_takes_the_median_and_knows_where_most_seeds_diverged() -> None:
    made = [
        replace(run(e), diverged=2 if rate_of(e) == 1.0 and e.seed < 9 else None)
        for rate in GRID
        for e in [design().trials[0, rate].with_seed(seed) for seed in (7, 8, 9)]
    ]
    (sweep,) = sweeps(made, ["SGD"] * 9, "loss")
    assert sweep.rates == GRID
    assert sweep.middles()[:2] == pytest.approx([0.3, 0.3])
    assert isnan(sweep.middles()[2])
    assert sweeps(made[:6], ["SGD"] * 6, "loss") == []  # two rates are no sweep


def test_a_rate_that_was_stopped_or_waits_is_not_said_to_have_diverged() -> None:
    made = design().raced(Race((0.001, *GRID)))
    runs = {rate: run(made.trials[0, rate]) for rate in made.race.rates}
    runs[0.001] = replace(runs[0.001], status="queued", history=runs[1.0].history[:0])
    runs[0.1] = replace(runs[0.1], status="cancelled")
    runs[1.0] = replace(runs[1.0], status="diverged", diverged=2)
    (sweep,) = sweeps(list(runs.values()), ["SGD"] * 4, "loss")
    assert np.isfinite(sweep.middles()).tolist() == [False, True, False, False]
    (cross,) = (t for t in sensitivity([sweep], "loss", "60 epochs")["data"] if "name" not in t)
    assert cross["x"] == [1.0]


def test_the_sensitivity_chart_holds_its_bands_and_says_of_how_many_seeds() -> None:
    wide = Sweep("SGD", GRID, ((0.01, 0.5, 9.0), (0.4, 0.5, 0.6), (0.3, 0.3, 0.3)))
    figure = sensitivity([wide], "loss", "60 epochs")
    low, high = figure["layout"]["yaxis"]["range"]
    assert 10**low < 0.01
    assert 10**high > 9
    assert "n = 3 seeds" in figure["layout"]["title"]["text"]
    one = sensitivity([Sweep("SGD", GRID, ((0.5,),) * 3)], "loss", "60 epochs")
    assert "n =" not in one["layout"]["title"]["text"]


def test_the_width_counts_decades_within_a_tenth_of_the_best() -> None:
    rates = (0.001, 0.01, 0.1, 1.0)
    valley = Sweep("", rates, ((0.5,), (0.105,), (0.1,), (0.12,)))
    assert valley.best(lower=True) == 2
    assert valley.width(lower=True) == pytest.approx(1)
    share = Sweep("", rates, ((0.5,), (0.91,), (1.0,), (0.95,)))
    assert share.width(lower=False) == pytest.approx(2)
    assert Sweep("", rates, ((0.1,), (0.5,), (0.1,), (0.1,))).width(lower=True) == pytest.approx(0)
    assert Sweep("", rates, ((nan,),) * 4).best(lower=True) is None
    assert Sweep("", rates, ((nan,),) * 4).width(lower=True) == 0


def test_rows_at_other_rates_are_the_same_row_without_the_rate() -> None:
    trials = design().trials
    assert rateless(trials[0, 0.1].with_seed(3)) == rateless(trials[0, 1.0])
    assert rateless(trials[0, 0.1]) != rateless(trials[1, 0.1])


def test_ranks_follow_the_middle_of_the_seeds_and_a_diverged_row_is_last() -> None:
    made, rows = [], []
    for name, values in {"A": [0.3, 0.5], "B": [0.1, 0.2], "C": [0.0, nan]}.items():
        for seed, value in enumerate(values):
            one = run(design().trials[0, 0.1].with_seed(seed))
            history = np.full_like(one.history, value)
            made.append(replace(one, history=history))
            rows.append(name)
    found = ranking(made, rows, "loss", lower=True)
    assert found.ranks == {"A": 2, "B": 1, "C": 3}
    assert found.values["A"] == pytest.approx(0.4)
    assert found.values["C"] == inf
    assert ranking(made, rows, "loss", lower=False).ranks == {"A": 1, "B": 2, "C": 3}


@pytest.mark.parametrize(
    ("other", "value", "words"),
    [
        ((1, 2, 3, 4), 1, "much the same order"),
        ((4, 3, 2, 1), -1, "rather the opposite order"),
        ((2, 4, 1, 3), 0, "the one says nothing of the other"),
    ],
)
def test_the_rank_correlation_and_its_words(other, value, words) -> None:
    one = Ranking({}, dict(zip("ABCD", (1, 2, 3, 4), strict=True)))
    two = Ranking({}, dict(zip("ABCD", other, strict=True)))
    assert correlation(one, two) == pytest.approx(value, abs=1e-9)
    assert in_words(correlation(one, two)) == words


def test_no_correlation_is_claimed_of_two_rows_or_of_rows_that_rank_alike() -> None:
    two = Ranking({}, {"A": 1, "B": 2})
    alike = Ranking({}, {"A": 2, "B": 2, "C": 2})
    assert isnan(correlation(two, two))
    assert isnan(correlation(alike, Ranking({}, {"A": 1, "B": 2, "C": 3})))


def test_the_slope_chart_puts_the_best_on_top_of_both_sides() -> None:
    figure = slope_chart({"SGD": 0.1, "Adam": 0.3}, {"SGD": inf, "Adam": 0.2}, ("a", "b"), True)
    assert {t["name"]: t["y"] for t in figure["data"]} == {"SGD": [1, 2], "Adam": [2, 1]}
    assert figure["layout"]["yaxis"]["range"] == [2.5, 0.5]
    texts = {note["text"] for note in figure["layout"]["annotations"]}
    assert {"SGD 0.1", "SGD diverged", "Adam 0.3", "Adam 0.2"} <= texts


def test_the_sensitivity_chart_marks_what_was_chosen_and_what_diverged() -> None:
    swept = [
        Sweep("SGD", GRID, ((0.5, 0.7), (0.1, 0.3), (nan, nan))),
        Sweep("<b>", GRID, ((0.4,), (0.3,), (0.2,))),
    ]
    figure = sensitivity(swept, "loss", "60 epochs", {"SGD": 0.1})
    by = {(t["name"] if "name" in t else t["marker"]["symbol"]): t for t in figure["data"][1:]}
    assert by["SGD"]["y"] == [pytest.approx(0.6), pytest.approx(0.2), None]
    assert by["x"]["x"] == [1.0]
    assert by["circle-open"]["x"] == [0.1]
    assert "&lt;b&gt;" in by
    band = figure["data"][0]
    assert band["y"] == [0.5, 0.1, 0.3, 0.7]
    assert figure["layout"]["yaxis"]["type"] == "log"
    assert figure["layout"]["yaxis"]["tickformat"] == "~g"  # 0.2, where Plotly would write 2
    assert figure["layout"]["yaxis"]["dtick"] == "D2"  # 0.1, 0.2, 0.5: more would overlap
    assert "type" not in sensitivity(swept, "accuracy", "60 epochs")["layout"]["yaxis"]


def test_the_preset_of_the_race_can_be_raced() -> None:
    ready = PRESETS["race"].design()
    full = ready.raced(Race())
    assert len(tuning(full)) == 60


def test_a_row_that_is_called_race_does_not_make_one(store) -> None:
    rows = (Row("race", {"optimizer": "SGD"}), ROWS[1])
    plain = Design.of(Experiment.from_json(spec(seed=7)), rows, 2)
    id = submitted(store, plain)
    assert len(Memory(store).state(id).runs) == 4


def test_a_plan_that_cannot_be_read_any_more_stops_nobody(store) -> None:
    made = design()
    id = store.submit(made.comparison, "ann", plan={"race": {}, "of": "another version"})
    train(store, best=0.1)
    assert Memory(store).state(id).ended


@pytest.mark.parametrize("chosen", [1, None, [5.0], ["fast"]])
def test_rates_that_were_not_in_the_grid_cannot_have_been_chosen(chosen) -> None:
    with pytest.raises(ValueError, match="chosen must be a list of rates of the grid"):
        Race.from_json({"rates": [0.1, 1], "chosen": chosen})


def test_a_race_is_set_up_again_without_what_it_found_itself() -> None:
    numbers = [c for c in design().base.columns if c.startswith("val_")]
    ended = {e: dict.fromkeys(numbers, rate_of(e)) for e in tuning(design())}
    found = choose(design(), ended)
    assert found.target
    assert again(found) == design()
    mine = design().aimed_at({"column": "val_loss", "value": 0.3})
    assert again(choose(mine, ended)) == mine


def test_a_seed_without_room_for_the_others_is_refused() -> None:
    base = Experiment.from_json(spec(seed=2**31 - 3))
    with pytest.raises(ValueError, match="leaves no room for a race"):
        Design.of(base, ROWS, 3).raced(Race(GRID))


def test_a_run_that_was_stopped_has_no_rank() -> None:
    whole = [run(design().trials[i, 0.1]) for i in (0, 1)]
    cut = replace(whole[1], status="cancelled")
    found = ranking([whole[0], cut], ["SGD", "Adam"], "loss", lower=True)
    assert found.values["Adam"] == inf
    assert found.ranks == {"SGD": 1, "Adam": 2}
