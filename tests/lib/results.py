# ruff: noqa: E501, S311 -- small drawn tables read best unbroken; the draws are no secrets
"""Results of an invented country, for tests of pages and tables. Nothing here is measured."""

import datetime as dt
import json
import math
import random

import polars as pl

from torg.measure import DEFINITIONS
from torg.measure import REASONS as OF_MEASURES
from torg.report import Meaning, Results, RuleAccuracy
from torg.score import REASONS as OF_SCORES

ONSETS = (
    "Bjørn",
    "Elv",
    "Fjær",
    "Gran",
    "Hav",
    "Kvit",
    "Lang",
    "Myr",
    "Nord",
    "Sol",
    "Tind",
    "Ulv",
    "Ås",
    "Øy",
)
ENDINGS = (
    "bekk",
    "berg",
    "dal",
    "fjell",
    "heim",
    "kulp",
    "li",
    "mark",
    "nes",
    "sund",
    "tangen",
    "vik",
    "voll",
    "ås",
)
COUNTIES = (
    "Fjordmark",
    "Granheim",
    "Havlandet",
    "Indre Tinder",
    "Myrfylket",
    "Solsiden",
    "Vestvidda",
)
CLASSES = ((2000, "<2k"), (5000, "2-5k"), (10000, "5-10k"), (20000, "10-20k"), (50000, "20-50k"))

#   id                              typical  spread
DEFINED = [
    ("posts", 120, 0.6),
    ("posts_per_week", 7, 0.6),
    ("followers", 2100, 0.9),
    ("followers_per_1000", 420, 0.4),
    ("p1", 0.93, 0.05),
    ("p2", 18, 0.6),
    ("c2", 2.6, 0.6),
    ("e", 14, 0.5),
    ("comments_received", 240, 0.8),
    ("question_answered_24h", 0.42, 0.35),
    ("question_answered_72h", 0.55, 0.3),
    ("question_answer_hours_rmst72", 41, 0.3),
    ("two_way_ratio", 0.22, 0.5),
]

OF_AGE = ("p1", "p2", "c2", "e")  # figures that change with the age at which posts were read

CRITERIA = [
    ("dialogue", "question_answered_24h", 1.0, "linear"),
    ("dialogue", "question_answer_hours_rmst72", 1.0, "linear"),
    ("reputation", "e", 1.0, "log1p"),
    ("reputation", "posts_per_week", 0.5, "enough"),
]

START, END, POPULATION_DATE = dt.date(2025, 1, 6), dt.date(2025, 5, 4), dt.date(2025, 1, 1)


def sample(*, count=357, seed=4, invented=True, **changes):
    """Results as a run would make them, with gaps of every kind. `changes` replaces fields."""
    drawn = random.Random(seed)
    places = _municipalities(drawn, count)
    known = [place for i, place in enumerate(places) if i % 16 != 7]
    observed = [place for i, place in enumerate(known) if i % 18 != 4]
    measured = _measures(drawn, places, known, observed)
    scores, not_ranked = _scores(drawn, places, known, observed)
    facts = {
        "title": "Municipalities on social media, spring 2025",
        "study_id": "3f9c0d7714aa02be",
        "invented": invented,
        "start": START,
        "end": END,
        "population_date": POPULATION_DATE,
        "zone": "Europe/Oslo",
        "code_version": "0.1.0",
        "archive_versions": {"posts": 4, "replies": 4, "snapshots": 4, "sources": 5},
        "archive_digest": "9b1d5e0c6f2a4b7788c1d2e3f4a5b6c7d8e9f0a1b2c3d4e5f60718293a4b5c6d",
        "top": 10,
        "confidence": 0.95,
        "definitions": _definitions(),
        "reasons": {**OF_MEASURES, **OF_SCORES},
        "question_rules": (
            RuleAccuracy(
                rule="nb-1",
                precision=0.91,
                recall=0.86,
                n=400,
                sample="constructed sample",
            ),
        ),
        "top_set": tuple(
            (row[0], row[1])
            for row in scores
            if row[2:4] == ("all", "simultaneous") and row[6] <= 10
        ),
        "measures": measured,
        "ranks": _frame(RANK_COLUMNS, scores + not_ranked),
        "criteria": _criteria(),
        "points": _points(scores),
        "not_ranked": _frame(
            ("country", "municipality", "reason"), [(r[0], r[1], r[10]) for r in not_ranked]
        ),
        "municipalities": _frame(PLACE_COLUMNS, places),
        "channels": _channels(known),
        "sources": _sources(),
        "corrections": _corrections(places),
        "unclaimed": _unclaimed(),
        "findings": _findings(places, known),
    }
    return Results(**(facts | changes))


PLACE_COLUMNS = (
    "country",
    "municipality",
    "name",
    "county",
    "population",
    "population_date",
    "size_class",
)
RANK_COLUMNS = (
    "country", "municipality", "group", "set", "score", "rank", "rank_low", "rank_high", "band", "areas", "missing",
)  # fmt: skip
MEASURE_COLUMNS = (
    "country", "municipality", "channel", "platform", "measure", "period",
    "value", "low", "high", "n", "base", "access", "missing", "at_age_share",
)  # fmt: skip


def _frame(columns, rows):
    return pl.DataFrame(rows, schema=list(columns), orient="row", infer_schema_length=None)


def _municipalities(drawn, count):
    names = sorted(
        {f"{a}{b}" for a in ONSETS for b in ENDINGS}
        | {
            f"{a}{b} og {c}"
            for a in ONSETS[:7]
            for b in ENDINGS[:7]
            for c in ("Holmen", "Vika", "Skogen", "Myra")
        }
    )
    chosen = drawn.sample(names, count)
    return [_municipality(drawn, i, name) for i, name in enumerate(chosen)]


def _municipality(drawn, i, name):
    people = int(min(700_000, max(190, math.exp(drawn.gauss(8.55, 1.15)))))
    size = next((label for limit, label in CLASSES if people < limit), ">50k")
    county = COUNTIES[min(len(COUNTIES) - 1, int(abs(drawn.gauss(0, 2.6))))]
    return ("ZZ", f"{301 + 11 * i:04}", name, county, people, POPULATION_DATE, size)


def _measures(drawn, places, known, observed):
    rows = []
    for place in places:
        level = drawn.gauss(0, 1)
        for name, typical, spread in DEFINED:
            unit, base = DEFINITIONS[name].unit, DEFINITIONS[name].base
            why = _why_missing(drawn, place, name, known, observed)
            figures = (
                (None, None, None, 0) if why else _figures(drawn, unit, typical, spread, level)
            )
            rows.append(
                (
                    place[0],
                    place[1],
                    None,
                    None,
                    name,
                    f"{START}/{END}",
                    *figures,
                    base,
                    None if why == "no_channel" else "public_page",
                    why,
                    None if why or name not in OF_AGE else 0.25,
                )
            )
    rows += [(*row[:3], "facebook", *row[4:]) for row in rows if row[-2] is None]
    return _frame(MEASURE_COLUMNS, rows)


def _why_missing(drawn, place, name, known, observed):
    if place not in known:
        return "no_channel"
    if place not in observed:
        return "no_posts"
    if name.startswith("question") and (place[4] < 900 or drawn.random() < 0.08):
        return "too_few_questions"
    return "no_followers" if name in ("e", "followers_per_1000") and drawn.random() < 0.05 else None


def _figures(drawn, unit, typical, spread, level):
    value = typical * math.exp(spread * (0.5 * level + drawn.gauss(0, 0.7)))
    if unit == "share":
        odds = math.log(typical / (1 - typical)) + 2 * spread * (0.5 * level + drawn.gauss(0, 0.7))
        value = 1 / (1 + math.exp(-odds))
    if unit in ("posts", "followers", "comments"):
        return (float(round(value)), None, None, round(value))
    value = min(value, 72.0) if unit == "hours" else value
    width = 0.12 + 0.2 * drawn.random()
    high = value * (1 + width)
    return (
        value,
        value * (1 - width),
        min(high, 1.0) if unit == "share" else high,
        drawn.randint(8, 190),
    )


def _scores(drawn, places, known, observed):
    ranked, left = [], []
    for place in places:
        why = "no_channel" if place not in known else "no_posts" if place not in observed else None
        why = why or ("few_posts" if place[4] < 700 else None)
        if why:
            left.append((*place[:2], "all", "none", None, None, None, None, None, None, why))
        else:
            areas = {
                "dialogue": drawn.uniform(20, 85),
                "reputation": drawn.uniform(30, 80),
                "crisis": None,
            }
            ranked.append((place, math.sqrt(areas["dialogue"] * areas["reputation"]), areas))
    rows = _places(drawn, ranked, "all", "simultaneous", 0.34)
    rows += [_narrower(row) for row in rows]
    for kind, at in (("size", 6), ("county", 3)):
        for label in sorted({place[at] for place, _, _ in ranked}):
            rows += _places(
                drawn, [r for r in ranked if r[0][at] == label], f"{kind}:{label}", "marginal", 0.24
            )
    return rows, left


def _places(drawn, ranked, group, kind, width):
    rows, total = [], len(ranked)
    for rank, (place, score, areas) in enumerate(sorted(ranked, key=lambda r: -r[1]), start=1):
        low = max(1, round(rank - width * total * drawn.uniform(0.5, 1) * math.sqrt(rank / total)))
        high = min(
            total,
            round(rank + width * total * drawn.uniform(0.5, 1) * math.sqrt(1.2 - rank / total)),
        )
        bands = sorted({"ABCDE"[min(4, (place_ - 1) * 5 // total)] for place_ in (low, high)})
        rows.append(
            (
                *place[:2],
                group,
                kind,
                score,
                rank,
                low,
                high,
                "-".join(bands),
                json.dumps(areas),
                None,
            )
        )
    return rows


def _narrower(row):
    """The marginal set of the same place: half as wide on either side."""
    rank, low, high = row[5:8]
    return (*row[:3], "marginal", *row[4:6], (rank + low + 1) // 2, (rank + high) // 2, *row[8:])


def _definitions():
    return {name: meaning_of(DEFINITIONS[name]) for name, *_ in DEFINED}


def meaning_of(definition):
    words = ("title", "unit", "base", "formula", "why", "source", "about_citizens")
    return Meaning(**{name: getattr(definition, name) for name in words})


def _criteria():
    rows = [(area, name, weight, how, 0.4, True, None) for area, name, weight, how in CRITERIA]
    rows.append(
        ("crisis", "crisis_first_post_hours", 1.0, "linear", None, False, "missing_for_all")
    )
    return _frame(("area", "measure", "weight", "transform", "reference", "kept", "reason"), rows)


def _points(scores):
    overall = [row for row in scores if row[2:4] == ("all", "simultaneous")]
    rows = [
        (r[0], r[1], area, name, json.loads(r[9])[area])
        for r in overall
        for area, name, _, _ in CRITERIA
    ]
    return _frame(("country", "municipality", "area", "measure", "points"), rows)


def _channels(known):
    rows = [
        (
            p[0],
            p[1],
            "facebook",
            f"facebook.com/{p[2].lower().replace(' ', '')}",
            "municipality",
            None,
            None,
        )
        for p in known
    ]
    rows += [
        (
            p[0],
            p[1],
            "instagram",
            f"instagram.com/{p[2].lower().replace(' ', '')}",
            "service",
            dt.date(2021, 3, 1),
            None,
        )
        for p in known[::5]
    ]
    return _frame(
        ("country", "municipality", "platform", "address", "scope", "valid_from", "valid_to"), rows
    )


def _sources():
    read = dt.datetime(2025, 5, 12, 8, 30, tzinfo=dt.UTC)
    rows = [
        (
            f"{what}-{part}.csv",
            form,
            f"{part:02}{'ab' * 31}",
            read,
            basis,
            total,
            total - bad,
            bad,
            "public_page",
            True,
        )
        for part, (what, form, basis, total, bad) in enumerate(
            (
                ("statuses-north", "page scraper, posts", "content", 21_402, 3),
                ("statuses-south", "page scraper, posts", "content", 24_118, 0),
                ("comments-north", "page scraper, comments", "name", 80_014, 11),
                ("comments-south", "page scraper, comments", "latest instant", 96_233, 2),
            ),
            start=1,
        )
    ]
    return _frame(
        (
            "name",
            "format",
            "sha256",
            "exported_at",
            "exported_at_basis",
            "rows_read",
            "rows_accepted",
            "rows_rejected",
            "access",
            "may_publish",
        ),
        rows,
    )


def _corrections(places):
    what = (
        f"{places[3][2]}: the page facebook.com/oldname is a private group, not the municipality's"
    )
    return _frame(
        ("what", "who", "when", "why"),
        [(what, "A. Reader", dt.date(2025, 5, 14), "Told by the municipality itself")],
    )


def _unclaimed():
    return _frame(
        ("platform", "channel", "channel_name", "posts", "replies"),
        [("facebook", "10000123", "Elvbekk bibliotek", 41, 12)],
    )


def _findings(places, known):
    rows = [
        ("unknown_channels", p[0], p[1], f"{p[2]} has no channel in the register.")
        for p in places
        if p not in known
    ]
    return _frame(("kind", "country", "code", "message"), rows)
