"""The pages take hostile text, gaps of every kind and results of nearly nothing."""

import polars as pl
import pytest

from tests.lib.results import sample
from torg.errors import LackingPart
from torg.locale import translate
from torg.report import Results, write_report
from torg.report.national import National
from torg.report.pages import write_report as pages
from torg.report.places import Place

HOSTILE = "<script>alert(1)</script>\"'&"


def test_text_from_files_is_never_mark_up(tmp_path):
    write_report(_hostile(), tmp_path, language="en")
    for page in tmp_path.rglob("*.html"):
        assert "<script" not in page.read_text(encoding="utf-8").lower()
    assert "&lt;script&gt;" in (tmp_path / "index.html").read_text(encoding="utf-8")


def _hostile():
    """Results in which every text that comes from a file is hostile."""
    plain = sample(count=20)
    spoilt = {
        "municipalities": ("name", "county"),
        "channels": ("address", "platform"),
        "sources": ("name", "format"),
        "corrections": ("what", "who", "why"),
        "unclaimed": ("channel_name",),
        "findings": ("message",),
        "measures": ("base",),
    }
    frames = {
        name: getattr(plain, name).with_columns(pl.lit(HOSTILE).alias(c) for c in columns)
        for name, columns in spoilt.items()
    }
    finding = pl.DataFrame([{"kind": "x", "country": "ZZ", "code": "1", "message": HOSTILE}])
    return sample(count=20, **{**frames, "findings": finding, "title": HOSTILE})


@pytest.mark.parametrize("code", ["../../etc", "a/b", "..", "C:\\x", "x\x00y", ""])
def test_a_code_from_a_file_cannot_choose_where_a_page_is_written(code):
    place = Place(country="..", code=code, name="", county=None, population=None, size_class=None)
    assert not set(place.file.removesuffix(".html")) & set("./\\:\x00")


def test_two_codes_never_share_a_page():
    codes = ["0301", "030.1", "030_2e_1", "030-1"]
    files = {
        Place(country="NO", code=c, name="", county=None, population=None, size_class=None).file
        for c in codes
    }
    assert len(files) == len(codes)


def test_the_same_results_give_the_same_bytes_whatever_order_they_come_in(tmp_path):
    first, shuffled = sample(count=20), sample(count=20)
    mixed = {
        name: getattr(shuffled, name).sample(fraction=1.0, shuffle=True, seed=3)
        for name in ("measures", "ranks", "municipalities", "channels", "sources")
    }
    write_report(first, tmp_path / "a", language="nb")
    write_report(sample(count=20, **mixed), tmp_path / "b", language="nb")
    assert _bytes(tmp_path / "a") == _bytes(tmp_path / "b")


def _bytes(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*.html")}


def test_results_of_nearly_nothing_make_a_page(tmp_path):
    full = sample(count=20)
    empty = {
        name: getattr(full, name).clear()
        for name in (
            "measures", "ranks", "criteria", "points", "not_ranked", "channels", "sources",
            "corrections", "unclaimed", "findings",
        )
    }  # fmt: skip
    write_report(sample(count=20, top_set=(), **empty), tmp_path, language="en")
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "There was not enough to go by to rank anybody." in page
    assert len(list((tmp_path / "municipalities").iterdir())) == 20


def followers_listed(ranks):
    """The places of all, as those of a list of followers: without sampling error, and no set."""
    nothing = pl.lit(None, dtype=pl.Int64)
    return ranks.filter(group="all", set="simultaneous").with_columns(
        pl.lit("classic:likes").alias("group"),
        pl.lit("none").alias("set"),
        pl.lit('{"dialogue":null,"reputation":null,"crisis":null}').alias("areas"),
        nothing.alias("rank_low"),
        nothing.alias("rank_high"),
    )


def test_a_list_without_sampling_error_says_so(tmp_path):
    listed = followers_listed(sample(count=20).ranks)
    write_report(sample(count=20, ranks=listed), tmp_path, language="en")
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "Most followers" in page
    assert "no sampling error" in page
    assert "The areas that count" not in page
    code = listed.drop_nulls("rank")["municipality"][0]
    card = (tmp_path / "municipalities" / f"ZZ-{code}.html").read_text(encoding="utf-8")
    assert "Most followers" in card


def test_a_list_beside_a_score_takes_nothing_from_it(tmp_path):
    ranks = sample(count=20).ranks.filter(group="all")
    alone = sample(count=20, ranks=ranks)
    both = sample(count=20, ranks=pl.concat([ranks, followers_listed(ranks)]))
    words = translate("en")
    assert National.of(both, words).lines == National.of(alone, words).lines
    assert National.of(both, words).areas == National.of(alone, words).areas
    assert National.of(both, words).standings.placed == National.of(alone, words).standings.placed
    write_report(both, tmp_path, language="en")
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "Most followers" in page
    assert "The areas that count" in page


def test_figures_are_compared_only_within_an_access_tier():
    full = sample(count=60)
    own = pl.when(pl.col("municipality") < "0600").then(pl.lit("owner")).otherwise("access")
    mixed = full.measures.with_columns(access=own)
    national = National.of(sample(count=60, measures=mixed), translate("en"))
    overviews = national.overviews["posts"]
    assert [each.access for each in overviews] == ["owner", "public_page"]
    everybody = National.of(full, translate("en")).overviews["posts"][0].everybody.n
    assert sum(each.everybody.n for each in overviews) == everybody


def test_the_share_told_apart_counts_pairs_whose_sets_do_not_meet():
    #  sets 1-1, 2-3, 2-4, 4-4: apart are (1)(2), (1)(3), (1)(4), (2)(4): 4 of 6 pairs
    full = sample(count=20)
    four = full.ranks.filter(pl.col("set") == "simultaneous", pl.col("rank") <= 4).sort("rank")
    ranks = four.with_columns(rank_low=pl.Series([1, 2, 2, 4]), rank_high=pl.Series([1, 3, 4, 4]))
    sure = National.of(sample(count=20, ranks=ranks), translate("en")).sureness
    assert sure.told_apart == pytest.approx(4 / 6)
    assert sure.mean_width == pytest.approx((1 + 2 + 3 + 1) / 4)


def test_a_study_of_lists_alone_is_not_said_to_rank_nobody(tmp_path):
    full = sample(count=20)
    listed = full.ranks.filter(group="all").with_columns(pl.lit("classic:talking").alias("group"))
    write_report(sample(count=20, ranks=listed, top_set=()), tmp_path, language="en")
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "They are ranked in 1 list, each of its own." in page
    assert "There was not enough to go by" not in page


def test_an_area_that_no_criterion_is_in_is_named_as_empty(tmp_path):
    results = sample(count=20)
    asked = results.criteria.filter(pl.col("area") != "crisis")
    write_report(sample(count=20, criteria=asked), tmp_path, language="en")
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "how well municipalities do in the area “Crisis and preparedness”" in page


def test_results_lacking_a_column_are_refused():
    with pytest.raises(ValueError, match=r"results.ranks lacks the column\(s\) rank_low"):
        sample(count=20, ranks=sample(count=20).ranks.drop("rank_low"))


def test_a_language_without_words_is_refused(tmp_path):
    with pytest.raises(LackingPart):
        pages(sample(count=20), tmp_path, language="tlh")


def test_results_are_a_value():
    results = sample(count=20)
    assert isinstance(results, Results)
    with pytest.raises(AttributeError):
        results.title = "another"
