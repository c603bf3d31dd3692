"""A survey's estimates as everybody may see them."""

import polars as pl
import pytest

from tests.lib.answering import COUNTRY, frame, options, question, questionnaire, wave
from torg.disclose import (
    REASONS,
    SUPPRESSED,
    guard,
    protect,
    protect_flows,
    protect_nowcasts,
    protect_panel,
    protect_stated,
)
from torg.survey import ESTIMATES, SHEET, Surveyed, weigh
from torg.survey.estimating import estimate
from torg.survey.questionnaire import Condition

OPINIONS = question("benefit", "scale", options=options("good", "bad"))
ASKED = questionnaire(
    question("use", "one", options=options("yes", "no"), disclosure="public"),
    question("guidelines", "one", options=options("yes", "no")),
    question(
        "owner", "one", options=options("web", "press"), shown_if=Condition("guidelines", ("yes",))
    ),
    question("staff", "number"),
    OPINIONS,
    waves=(wave("2014", day="2014-01-01"), wave("2015")),
)  # fmt: skip
SIZES = ("<2k", "2-5k", ">50k")


def surveyed(*counts, item="guidelines", of="2015", also=()):
    """A wave of three classes of size in which so many said each code: [{code: number}, ...].

    `also` are more answers: (unit, item, code).
    """
    said = [
        (size, code)
        for size, own in zip(SIZES, counts, strict=True)
        for code, number in own.items()
        for _ in range(number)
    ]
    lines = [f"{n} | {size} | {1000 + n}" for n, (size, _) in enumerate(said)]
    units = frame("\n".join(["unit | size_class | population", *lines]), of=of)
    rows = [(str(n), item, code) for n, (_, code) in enumerate(said)] + list(also)
    sheet = [
        (of, COUNTRY, unit, name, "answered", *_value(name, code)) for unit, name, code in rows
    ]
    table = pl.DataFrame(sheet, schema=dict(SHEET), orient="row")
    when = ASKED.wave(of)
    weighting = weigh(units, table.select("country", "unit").unique(), method="none")
    return Surveyed(when, units, table, weighting)


def _value(name, code):
    return (None, float(code)) if name == "staff" else (code, None)


def rows(*of, items=("guidelines",), groups=("all", "size")):
    return pl.concat([estimate(each, ASKED, items=items, groups=groups) for each in of])


def shown(table, *, item="guidelines"):
    """{(group, category): estimate, or the reason that there is none}."""
    return {
        (row["group"], row["category"]): row["missing"] or row["estimate"]
        for row in table.filter(pl.col("item") == item).iter_rows(named=True)
    }


SMALL = surveyed({"yes": 4, "no": 1}, {"yes": 3, "no": 3}, {"yes": 5, "no": 5})


def test_a_small_cell_goes_and_takes_with_it_what_would_give_it_away():
    found = protect(rows(SMALL), [SMALL], ASKED)
    assert found.schema == ESTIMATES
    said = shown(found)
    assert said["size:<2k", "no"] == said["size:<2k", "yes"] == SUPPRESSED
    assert said["size:2-5k", "no"] == said["size:2-5k", "yes"] == SUPPRESSED
    assert said["size:>50k", "no"] == said["size:>50k", "yes"] == 0.5
    assert said["all", "yes"] == 12 / 21
    assert REASONS[SUPPRESSED].endswith(".")


def test_a_suppressed_row_has_no_figure_and_no_interval_and_keeps_its_n():
    found = protect(rows(SMALL), [SMALL], ASKED)
    row = found.filter(pl.col("group") == "size:<2k").row(0, named=True)
    assert (row["estimate"], row["low"], row["high"], row["flags"]) == (None, None, None, "")
    assert row["n"] == 5  # who answered is not a secret


def test_public_facts_pass():
    facts = surveyed({"yes": 4, "no": 1}, {"yes": 3, "no": 3}, {"yes": 5, "no": 5}, item="use")
    table = rows(facts, items=("use",))
    assert protect(table, [facts], ASKED).equals(table)


def test_wide_intervals_are_flagged_and_shown():
    few = surveyed({"yes": 3, "no": 3}, {"yes": 3, "no": 3}, {"yes": 3, "no": 3})
    table = rows(few).with_columns(flags=pl.lit("wide few"))
    assert protect(table, [few], ASKED).equals(table)


def test_opinions_need_five():
    four = surveyed(
        {"good": 6, "bad": 4}, {"good": 8, "bad": 8}, {"good": 9, "bad": 9}, item="benefit"
    )
    said = shown(protect(rows(four, items=("benefit",)), [four], ASKED), item="benefit")
    assert said["size:<2k", "bad"] == SUPPRESSED
    facts = surveyed({"yes": 6, "no": 4}, {"yes": 8, "no": 8}, {"yes": 9, "no": 9})
    assert SUPPRESSED not in shown(protect(rows(facts), [facts], ASKED)).values()


def test_what_was_hidden_is_hidden_weighted_and_unweighted():
    both = pl.concat([rows(SMALL), rows(SMALL).with_columns(weighted_by=pl.lit("size"))])
    found = protect(both, [SMALL], ASKED).filter(pl.col("missing") == SUPPRESSED)
    assert found["weighted_by"].value_counts()["count"].to_list() == [4, 4]


def weighted(counts):
    """Two classes of size, of which every second and every third has answered."""
    one = surveyed(*counts, {})
    silent = [n for n, _ in enumerate(one.frame.rows())]
    lines = [f"9{n} | {SIZES[0] if n < 8 else SIZES[1]} | {1000 + n}" for n in silent]
    more = frame("\n".join(["unit | size_class | population", *lines]))
    units = pl.concat([one.frame, more])
    who = one.sheet.select("country", "unit").unique()
    weights = weigh(units, who, method="poststratify", margins=("size",), least=2)
    plain = weigh(units, who, method="none")
    return (Surveyed(one.wave, units, one.sheet, weights),
            Surveyed(one.wave, units, one.sheet, plain))  # fmt: skip


def test_weighted_figures_are_no_sum_that_only_one_choice_of_answers_fits():
    """And no group is told both ways: of two sums each tells what the other does not."""
    both = weighted([{"yes": 7, "no": 5}, {"yes": 6, "no": 8}])
    found = guard([rows(*both)], both[:1], ASKED)
    said = found.one_of_two(found.protect(rows(*both))).filter(pl.col("category") == "yes")
    assert said.filter(pl.col("group") == "all")["weighted_by"].to_list() == ["size"]
    whole = said.row(0, named=True)
    exact = rows(both[0]).row(0, named=True)
    assert whole["estimate"] == round(exact["estimate"], 2) != exact["estimate"]
    assert exact["low"] - 0.01 < whole["low"] <= exact["low"]
    assert exact["high"] <= whole["high"] < exact["high"] + 0.01
    # Within a class all weigh the same: its share is its count, weighted or not.
    of_size = said.filter(pl.col("group") == "size:<2k")
    assert of_size["estimate"].to_list() == pytest.approx([7 / 12, 7 / 12])


def test_of_few_answers_that_weigh_unlike_the_count_is_told():
    both = weighted([{"yes": 3, "no": 0}, {"yes": 0, "no": 5}])
    found = guard([rows(*both)], both[:1], ASKED).one_of_two(rows(*both))
    assert set(found.filter(pl.col("group") == "all")["weighted_by"]) == {""}


def test_the_base_of_a_question_that_hangs_on_a_hidden_answer_is_hidden_too():
    """Its n is the number of those who said yes."""
    also = [(str(n), "owner", "web") for n in range(4)]
    wide = surveyed({"yes": 4, "no": 1}, {"yes": 3, "no": 3}, {"yes": 5, "no": 5}, also=also)
    table = rows(wide, items=("guidelines", "owner"))
    found = protect(table, [wide], ASKED).filter(pl.col("item") == "owner")
    of_small = found.filter(pl.col("group") == "size:<2k").row(0, named=True)
    assert (of_small["estimate"], of_small["n"], of_small["missing"]) == (None, None, SUPPRESSED)
    # Of the large ones nothing was hidden, so their n may stand.
    assert found.filter(pl.col("group") == "size:>50k")["n"].null_count() == 0


EVEN = surveyed({"yes": 4, "no": 4}, {"yes": 3, "no": 3}, {"yes": 5, "no": 5}, of="2014")


def derived(**names):
    """One row of a figure that is made of others."""
    return rows(SMALL).head(1).with_columns(pl.lit(v).alias(k) for k, v in names.items())


@pytest.mark.parametrize(
    ("names", "is_out"),
    [
        ({"group": "size:<2k - size:>50k"}, True),  # one end is hidden
        ({"group": "all - size:>50k"}, False),
        ({"wave": "2014 - 2015", "group": "size:<2k"}, True),  # hidden in 2015
        ({"wave": "2014 - 2015", "group": "size:>50k"}, False),
        ({"wave": "2014 - 2015", "group": "panel"}, False),
        ({"wave": "2014 - 2015", "group": "size:2-5k"}, True),
        ({"category": "by_plan", "group": "size:<2k"}, True),  # yes and planned
        ({"category": "by_plan:0.5", "group": "size:<2k"}, True),  # with yes, planned follows
        ({"category": "by_plan:0.5", "group": "size:>50k"}, False),
        ({"group": "county:North"}, True),  # nobody can look into it
        ({"wave": "2013", "group": "all"}, True),
    ],
)
def test_what_is_made_of_others_is_shown_where_all_of_them_are(names, is_out):
    table = pl.concat([rows(SMALL, EVEN), derived(**names)])
    last = protect(table, [SMALL, EVEN], ASKED).row(-1, named=True)
    assert (last["missing"] == SUPPRESSED) is is_out


def test_what_one_table_hides_another_does_not_give_away():
    """The middle class is hidden for the small one's sake, of which the changes say nothing."""
    change = derived(group="size:2-5k", wave="2014 - 2015", category="no")
    alone = protect(change, [SMALL, EVEN], ASKED)
    assert alone["missing"].to_list() == [None]
    together = guard([rows(SMALL, EVEN), change], [SMALL, EVEN], ASKED)
    assert together.protect(change)["missing"].to_list() == [SUPPRESSED]


def test_a_cross_table_is_looked_into_as_well():
    """Of the nine that said no one says bad, and nobody else does: the whole would tell it."""
    also = [(str(n), "benefit", "bad" if n == 4 else "good") for n in range(21)]
    both = surveyed({"yes": 4, "no": 6}, {"yes": 3, "no": 3}, {"yes": 5, "no": 5}, also=also)
    table = rows(both, items=("benefit",), groups=("all", "item:guidelines"))
    said = shown(protect(table, [both], ASKED), item="benefit")
    assert said["item:guidelines=no", "bad"] == SUPPRESSED
    assert said["all", "bad"] == SUPPRESSED
    assert said["item:guidelines=yes", "good"] == 1.0  # of twelve; it gives nothing away now


def test_a_mean_that_two_make_up_is_hidden():
    staff = [("0", "staff", "40"), ("1", "staff", "35"), ("2", "staff", "1")]
    more = [(str(n), "staff", "5") for n in range(5, 21)]
    wide = surveyed({"yes": 5}, {"yes": 3, "no": 3}, {"yes": 5, "no": 5}, also=[*staff, *more])
    said = shown(protect(rows(wide, items=("staff",)), [wide], ASKED), item="staff")
    assert said["size:<2k", None] == SUPPRESSED
    assert [v for v in said.values() if v == SUPPRESSED] == [SUPPRESSED] * 2  # and one beside it
    assert said["all", None] != SUPPRESSED


def test_the_order_of_the_rows_stays_and_does_not_matter():
    table = rows(SMALL, EVEN)
    found = protect(table, [SMALL, EVEN], ASKED)
    assert found.select("wave", "item", "category", "group").equals(
        table.select("wave", "item", "category", "group")
    )
    assert protect(table[::-1], [EVEN, SMALL], ASKED)[::-1].equals(found)


def test_a_nowcast_goes_with_any_of_its_waves():
    nowcasts = rows(SMALL).head(2).select("item", "category", group=pl.Series(["all", "size:<2k"]))
    full = nowcasts.with_columns(
        estimate=0.5, low=0.4, high=0.6, n=20, waves=pl.lit("2014, 2015"), missing=pl.lit(None),
        flags=pl.lit(""),
    )  # fmt: skip
    found = protect_nowcasts(full, [SMALL, EVEN], ASKED)
    assert found.columns == full.columns
    assert found["estimate"].to_list() == [0.5, None]


# Gross flows and stated against observed.


def flows(*counts, item="guidelines"):
    cells = [("yes", "yes"), ("yes", "no"), ("no", "yes"), ("no", "no")]
    made = [
        {"wave": "2014 - 2015", "item": item, "before": b, "after": a, "n": n, "missing": None}
        for (b, a), n in zip(cells, counts, strict=True)
    ]
    return pl.DataFrame(made, schema_overrides={"missing": pl.String})


@pytest.mark.parametrize(
    ("table", "is_out"),
    [
        (flows(40, 3, 12, 30), False),
        (flows(40, 2, 12, 30), True),
        (flows(40, 0, 12, 30), False),
        (flows(40, 2, 12, 30, item="use"), False),  # public facts
        (flows(9, 0, 0, 0), True),  # a list of names, with what each said twice
        (flows(10, 0, 0, 0), False),
    ],
)
def test_a_table_of_flows_with_a_small_cell_goes_as_a_whole(table, is_out):
    found = protect_flows(table, ASKED)
    assert found["n"].null_count() == (4 if is_out else 0)
    assert found["missing"].drop_nulls().unique().to_list() == ([SUPPRESSED] if is_out else [])


def test_with_the_flows_goes_what_bounds_them():
    """Of a panel of one: of 60 units 2 to 60 can have moved so, and 0 to 58 otherwise."""
    bounded = flows(0, 0, 1, 0).with_columns(least=pl.Series([0, 0, 2, 0]), most=pl.lit(60))
    found = protect_flows(bounded, ASKED)
    assert found["least"].null_count() == found["most"].null_count() == 4


@pytest.mark.parametrize(
    ("table", "is_out"),
    [
        (flows(6, 3, 3, 6), True),  # in 2014 12 said yes: 9 and three; 9 no: nine, and none
        (flows(4, 3, 3, 3), False),  # three each in both waves
        (flows(4, 3, 4, 4), True),  # of the nine that said no in 2014 all but one are in it
    ],
)
def test_who_answered_one_wave_only_is_what_the_panel_leaves_of_all(table, is_out):
    waves = [
        surveyed({"yes": 4, "no": 3}, {"yes": 3, "no": 3}, {"yes": 5, "no": 3}, of="2014"),
        surveyed({"yes": 4, "no": 3}, {"yes": 3, "no": 3}, {"yes": 5, "no": 3}),
    ]
    found = protect_flows(table, ASKED, waves)
    assert found["n"].null_count() == (4 if is_out else 0)


def test_the_change_of_a_panel_goes_with_its_flows():
    """Of a panel of one its change is its answers."""
    panel, whole = (
        derived(wave="2014 - 2015", group=group, estimate=1.0) for group in ("panel", "all")
    )
    rest = pl.concat([panel, whole])
    for table, is_out in ((flows(0, 0, 1, 0), True), (flows(4, 3, 3, 3), False)):
        found = protect_panel(rest, protect_flows(table, ASKED), ASKED)
        assert found["estimate"].to_list() == [None if is_out else 1.0, 1.0]


@pytest.mark.parametrize(("n", "is_out"), [(1, True), (9, True), (10, False)])
def test_the_change_of_a_number_needs_a_panel_of_ten(n, is_out):
    row = derived(wave="2014 - 2015", group="panel", item="staff", estimate=1.0, n=n)
    assert protect_panel(row, flows(40, 5, 12, 30), ASKED)["estimate"][0] == (
        None if is_out else 1.0
    )


def compared(*lines, item="guidelines"):
    """Rows of stated against observed: (group, n, says, shows)."""
    made = [
        {
            "wave": "2015", "pair": "p", "item": item, "measure": "m", "group": group,
            "stated": says / n, "observed": shows / n, "difference": (says - shows) / n,
            "low": -1.0, "high": 1.0, "sensitivity": 0.5, "specificity": 0.5, "p_value": 0.5,
            "n": n, "says": says, "shows": shows, "both": 0, "missing": None, "flags": "",
        }
        for group, n, says, shows in lines
    ]  # fmt: skip
    return pl.DataFrame(made, schema_overrides={"missing": pl.String})


def hidden(table):
    found = protect_stated(table, ASKED)
    assert not {"says", "shows", "both"} & set(found.columns)
    out = found.filter(pl.col("missing") == SUPPRESSED)
    assert out["difference"].null_count() == out["n"].null_count() == out.height
    return sorted(out["group"])


def test_stated_against_observed_is_public_from_five_on_each_side():
    assert hidden(compared(("all", 40, 20, 10))) == []
    assert hidden(compared(("all", 40, 36, 10))) == ["all"]  # four do not say so
    assert hidden(compared(("all", 40, 4, 10))) == ["all"]
    assert hidden(compared(("all", 4, 2, 2))) == ["all"]
    assert hidden(compared(("all", 40, 36, 10), item="use")) == []  # it is public who says so
    assert hidden(compared(("all", 4, 2, 2), item="use")) == ["all"]


def test_one_hidden_class_is_not_what_the_others_leave():
    lines = (("all", 40, 20, 10), ("size:a", 8, 4, 2), ("size:b", 20, 10, 5), ("size:c", 12, 6, 3))
    assert hidden(compared(*lines)) == ["size:a", "size:c"]


@pytest.mark.parametrize(
    ("n", "item", "is_out"),
    [(20, "guidelines", True), (17, "guidelines", True), (16, "guidelines", False),
     (21, "guidelines", False), (20, "use", False)],
)  # fmt: skip
def test_the_few_that_were_not_observed_are_not_what_all_who_answered_leave(n, item, is_out):
    """Of 21 answers 20 were compared: the last one's is what the others do not explain."""
    found = protect_stated(compared(("all", n, 9, 6), item=item), ASKED, SMALL)
    assert (found["missing"][0] == SUPPRESSED) is is_out


def test_shares_on_few_are_not_shown_beside():
    found = protect_stated(compared(("all", 40, 20, 3)), ASKED).row(0, named=True)
    assert (found["sensitivity"], found["specificity"]) == (None, 0.5)
