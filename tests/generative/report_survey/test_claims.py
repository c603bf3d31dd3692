"""Whatever the figures: no word that the interval denies, and PX gives back what went in."""

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lib.px_reader import read_px
from tests.lib.survey_results import alone
from torg.report.survey.amounts import ABOUT, FAR, NEARLY, OVER, fraction
from torg.report.survey.exports.px import write_px
from torg.report.survey.lookup import Estimate
from torg.report.survey.results import SurveyResults

SHARES = st.floats(0, 1, allow_nan=False)


@st.composite
def figures(draw):
    low, estimate, high = sorted(draw(st.tuples(SHARES, SHARES, SHARES)))
    return Estimate(
        wave="2015", item="leader", category="yes", group="all", estimate=estimate, low=low,
        high=high, base="", n=100, weighted_by="", missing=None, flags=None,
    )  # fmt: skip


@given(figures())
def test_a_word_never_denies_what_the_interval_holds(share):
    word = fraction(share)
    for one, said in NEARLY.items():
        assert word != said or share.high < one
    for one, said in OVER.items():
        assert word != said or share.low > one
    for one, said in ABOUT.items():
        assert word != said or max(one - share.low, share.high - one) <= FAR + 1e-9


TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=300)


@settings(max_examples=25, deadline=None)
@given(estimate=SHARES, asker=TEXTS)
def test_px_gives_back_figures_and_texts(tmp_path_factory, estimate, asker):
    base = alone()
    table = base.estimates.with_columns(
        estimate=pl.when(pl.col("missing").is_null()).then(pl.lit(estimate))
    )
    fields = {name: getattr(base, name) for name in base.__dataclass_fields__}
    folder = tmp_path_factory.mktemp("px")
    write_px(SurveyResults(**(fields | {"estimates": table, "asker": asker})), folder)
    px = read_px(folder / "guidelines.px")
    where = {"Answer": "guidelines=yes", "Group": "all", "Survey": "2015"}
    assert abs(float(px.cell(**where, Figure="estimate")) - estimate * 100) <= 0.05 + 1e-9
    plain = " ".join(asker.replace('"', "'").split())
    assert px.one("SOURCE") == (plain or base.title)
