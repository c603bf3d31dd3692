# ruff: noqa: E501, S311 -- small drawn tables read best unbroken; the draws are no secrets
"""Results of an invented country's survey, for tests of pages, sentences and files.

Two hundred and ten invented units of the country XX; nothing here is measured. `survey()` gives all
that a study can have; keywords replace fields.
"""

import datetime as dt
import math
import random

import polars as pl

from torg.report.survey import MeasureWords, RegisteredHypothesis, SurveyResults, WeightingNote
from torg.survey import ESTIMATES, FRAME, SHEET, Questionnaire, Wave
from torg.survey.questionnaire import Condition, Option, Question

ENDINGS = ("bekk", "dal", "fjell", "heim", "nes", "sund", "vik", "ås")
ONSETS = ("Bjørn", "Elv", "Fjær", "Gran", "Hav", "Kvit", "Lang", "Myr", "Nord", "Sol", "Tind", "Øy")
COUNTIES = ("Fjordmark", "Granheim", "Havlandet", "Myrfylket")
SIZES = (("<2k", 1200, 70), ("2-5k", 3100, 60), ("5-10k", 7200, 40), ("10-20k", 14_000, 20))
LARGE = (("20-50k", 31_000, 14), (">50k", 88_000, 6))
RATE = {"<2k": 0.36, "2-5k": 0.45, "5-10k": 0.5, "10-20k": 0.65, "20-50k": 0.78, ">50k": 1.0}


def both(english, norwegian):
    return {"en": english, "nb": norwegian}


def option(id_, english, norwegian=None):
    return Option(id_, both(english, norwegian or english))


CHANNELS = (
    option("facebook", "Facebook"),
    option("twitter", "Twitter"),
    option("youtube", "YouTube"),
    option("instagram", "Instagram"),
    option("blog", "Blog", "Blogg"),
)
SERVICES = (
    option("youth", "Youth services", "Ungdomstjenester"),
    option("library", "Library", "Bibliotek"),
    option("schools", "Schools", "Skoler"),
)
AREAS = (
    option("reputation", "Reputation", "Omdømme"),
    option("involve", "Involvement", "Medvirkning"),
)
TARGETS = (option("residents", "Residents", "Innbyggere"), option("young", "The young", "Unge"))
TRIED = (
    option("good", "good", "gode"),
    option("mixed", "mixed", "blandede"),
    option("bad", "bad", "dårlige"),
    option("not_tried", "not tried", "ikke prøvd"),
)
MATTERS = (
    option("none", "none", "ingen"),
    option("some", "some", "noen"),
    option("great", "great", "stor"),
)

QUESTIONS = (
    Question(
        "channels", "many",
        both("Which channels does the municipality use?", "Hvilke kanaler bruker kommunen?"),
        options=CHANNELS, disclosure="public", prefill="channel:facebook",
    ),
    Question(
        "guidelines", "planned",
        both("Are there guidelines for social media?", "Finnes det retningslinjer for sosiale medier?"),
        disclosure="public", allows_dont_know=True,
    ),
    Question(
        "leader", "one",
        both("Does the municipal director use social media at work?", "Bruker kommunedirektøren sosiale medier i jobben?"),
        break_at=("2015",), allows_dont_know=True,
    ),
    Question(
        "dialogue", "one",
        both("Is dialogue a goal of the guidelines?", "Er dialog et mål i retningslinjene?"),
        shown_if=Condition("guidelines", ("yes",)),
    ),
    Question(
        "effect", "scale",
        both("How much do social media matter for the municipality's reputation?", "Hvor mye betyr sosiale medier for omdømmet?"),
        options=MATTERS, allows_dont_know=True,
    ),
    Question(
        "editors", "number",
        both("How many people publish for the municipality?", "Hvor mange publiserer for kommunen?"),
        low=0,
    ),
    Question(
        "services", "matrix",
        both("Which services use which channels?", "Hvilke tjenester bruker hvilke kanaler?"),
        rows=SERVICES, columns=CHANNELS[:2], disclosure="public",
    ),
    Question(
        "experience", "matrix",
        both("What experience do you have?", "Hvilke erfaringer har dere?"),
        rows=AREAS, columns=TARGETS, options=TRIED, allows_dont_know=True,
    ),
    Question("training", "one", both("Are staff trained?", "Kurses de ansatte?"), waves=("2011", "2015")),
    Question("comment", "text", both("Anything else?", "Noe mer?")),
)  # fmt: skip

WAVES = tuple(
    Wave(
        str(year),
        opens=dt.date(year, 4, 1),
        closes=dt.date(year, 4, 30),
        frame_date=dt.date(year, 1, 1),
        titles={"en": f"The survey of {year}", "nb": f"Undersøkelsen {year}"},
    )
    for year in (2011, 2014, 2015)
)

QUESTIONNAIRE = Questionnaire(
    "invented",
    both("Social media in municipalities", "Sosiale medier i kommunene"),
    ("en", "nb"),
    WAVES,
    QUESTIONS,
)

#  item or question -> share that says yes, or the shares of its codes, at the last wave
TRUTH = {
    "channels.facebook": 0.89, "channels.twitter": 0.41, "channels.youtube": 0.4,
    "channels.instagram": 0.27, "channels.blog": 0.02,
    "guidelines": {"yes": 0.46, "planned": 0.23, "no": 0.27, "dont_know": 0.04},
    "leader": {"yes": 0.24, "no": 0.7, "dont_know": 0.06},
    "dialogue": {"yes": 0.41, "no": 0.59},
    "effect": {"none": 0.15, "some": 0.5, "great": 0.3, "dont_know": 0.05},
    "training": {"yes": 0.36, "no": 0.64},
    "services.youth.facebook": 0.73, "services.library.facebook": 0.67,
    "services.schools.facebook": 0.32, "services.youth.twitter": 0.12,
    "services.library.twitter": 0.15, "services.schools.twitter": 0.04,
}  # fmt: skip
CELL = {"good": 0.35, "mixed": 0.2, "bad": 0.05, "not_tried": 0.25, "dont_know": 0.15}


def survey(**changes):
    """Everything that a survey can have. `changes` replaces fields."""
    frame = _frame()
    response = _response(frame)
    facts = {
        "title": "Social media in municipalities",
        "study_id": "3f9c0d7714aa02be",
        "invented": True,
        "code_version": "0.3.0",
        "confidence": 0.95,
        "questionnaire": QUESTIONNAIRE,
        "country": "XX",
        "asker": "The Association of Invented Municipalities",
        "measures": {
            "has_page:facebook": MeasureWords(title="Has a page on Facebook", unit="share"),
            "posts_per_week": MeasureWords(title="Posts a week", unit="posts"),
        },
        "weightings": tuple(_weighting(wave.id) for wave in WAVES),
        "hypotheses": (
            RegisteredHypothesis(
                id="h1",
                texts=both(
                    "The best ten ask more questions.", "De ti beste stiller flere spørsmål."
                ),
                measure="question_share",
                direction="higher",
                registered_on=dt.date(2015, 3, 1),
            ),
        ),
        "frame": frame,
        "response": response,
        "estimates": _estimates(response),
        "facts": _facts(frame),
        **_further(),
    }
    return SurveyResults(**(facts | changes))


def alone():
    """A survey of one wave of which nothing but answers is known."""
    full = survey()
    return survey(
        weightings=(), hypotheses=(), measures={},
        response=full.response.filter(wave="2015"),
        estimates=full.estimates.filter(wave="2015", weighted_by=""),
        frame=full.frame.filter(wave="2015"),
        **{name: getattr(full, name).clear() for name in (*_further(), "facts")},
    )  # fmt: skip


def rows(schema, *each):
    return pl.DataFrame(list(each), schema=dict(schema), orient="row")


def _frame():
    names = [f"{onset}{ending}" for onset in ONSETS for ending in ENDINGS]
    names += [f"{name} og {other}" for name, other in zip(names, reversed(names), strict=True)]
    names += [f"Nye {name}" for name in names[:96]]
    made = []
    for wave in WAVES:
        number = 0
        for size, people, count in (*SIZES, *LARGE):
            for _ in range(count):
                county = COUNTIES[number % 4]
                code = f"{101 + 7 * number:04}"
                row = (
                    wave.id,
                    "XX",
                    code,
                    "municipality",
                    names[number],
                    county,
                    people + number,
                    size,
                )
                made.append(row)
                number += 1
    return rows(FRAME, *made)


def _response(frame):
    made = []
    for wave in WAVES:
        units = frame.filter(wave=wave.id)
        sizes = {size: units.filter(size_class=size).height for size, *_ in (*SIZES, *LARGE)}
        answered = {size: round(n * RATE[size]) for size, n in sizes.items()}
        made.append((wave.id, "all", units.height, sum(answered.values())))
        made += [(wave.id, f"size:{size}", sizes[size], answered[size]) for size in sizes]
        for at, county in enumerate(COUNTIES):
            asked = units.filter(county=county).height
            made.append((wave.id, f"county:{county}", asked, round(asked * (0.4 + 0.06 * at))))
    frame = pl.DataFrame(made, schema=["wave", "group", "asked", "answered"], orient="row")
    return frame.with_columns(rate=pl.col("answered") / pl.col("asked"))


def _answered(response, wave):
    found = response.filter(wave=wave)
    return dict(found.select("group", "answered").iter_rows())


def _estimates(response):
    made = []
    for step, wave in enumerate(reversed(WAVES)):
        groups = {
            group: n
            for group, n in _answered(response, wave.id).items()
            if not group.startswith("county")
        }
        for item in QUESTIONNAIRE.items.values():
            if item.question.kind == "text":
                continue
            if not item.question.is_asked_in(wave.id):
                made.append(
                    _row(wave.id, item.id, "yes", "all", None, 0, "size + region", "not_asked")
                )
                continue
            for at, (group, n) in enumerate(groups.items()):
                for by in ("", "size + region"):
                    made += _of_item(
                        wave.id, item, group, n, by, shift=0.12 * step, lean=0.04 * (at - 2)
                    )
    return rows(ESTIMATES, *made)


def _of_item(wave, item, group, n, by, *, shift, lean):
    if item.is_number:
        mean = 4.2 - 2 * shift
        row = _row(wave, item.id, None, group, mean, n, by, None)
        return [(*row[:5], mean - 0.6, mean + 0.6, *row[7:])]
    truth = TRUTH.get(item.id, CELL)
    shares = {"yes": truth} if isinstance(truth, float) else truth
    lowered = {code: max(0.0, p - (shift if code == "yes" else 0)) for code, p in shares.items()}
    weighting = 0.03 if by else 0
    tilt = 0 if group == "all" else lean
    n = round(n * 0.46) if item.id == "dialogue" else n
    return [
        _row(
            wave,
            item.id,
            code,
            group,
            _inside(p + (tilt if code == "yes" else 0) - weighting * p),
            n,
            by,
            None,
        )
        for code, p in lowered.items()
    ]


def _inside(p):
    return min(1.0, max(0.0, p))


def _row(wave, item, category, group, p, n, by, missing):
    if missing:
        return (
            wave,
            item,
            category,
            group,
            None,
            None,
            None,
            "units that answered",
            0,
            by,
            missing,
            None,
        )
    if group == "size:>50k" and n < 10:
        return (
            wave,
            item,
            category,
            group,
            None,
            None,
            None,
            "units that answered",
            n,
            by,
            "suppressed",
            None,
        )
    half = 1.96 * math.sqrt(max(p * (1 - p), 0.01) / max(n, 1) / 2)  # about half were drawn
    low, high = max(0.0, p - half), min(1.0, p + half)
    flags = "wide" if high - low > 0.2 else None
    return (wave, item, category, group, p, low, high, "units that answered", n, by, None, flags)


def _facts(frame):
    drawn = random.Random(7)
    made = []
    for unit in frame.filter(wave="2015")["unit"].to_list()[::2]:
        for item in QUESTIONNAIRE.items.values():
            codes = item.codes
            code = drawn.choice(codes) if codes else None
            number = float(drawn.randint(1, 9)) if item.is_number else None
            state = "answered" if drawn.random() < 0.9 else "no_answer"
            if item.question.kind == "text" or item.id == "training":
                state, code, number = "not_asked", None, None
            if state != "answered":
                code, number = None, None
            made.append(("2015", "XX", unit, item.id, state, code, number))
    return rows(SHEET, *made)


def _weighting(wave):
    return WeightingNote(
        wave=wave, method="rake", by="size + region", kish=1.14, effective_n=88.6, least=0.9,
        most=2.8, trimmed=2, joined=("size: 20-50k + >50k",),
    )  # fmt: skip


def _further():
    base, by = "units that answered", "size + region"
    return {
        "trends": rows(
            ESTIMATES,
            ("2011", "channels.facebook", "yes", "all", 0.62, 0.54, 0.7, base, 100, by, None, None),
            ("2014", "channels.facebook", "yes", "all", 0.77, 0.7, 0.83, base, 101, by, None, None),
            ("2015", "channels.facebook", "yes", "all", 0.86, 0.8, 0.91, base, 101, by, None, None),
            ("2011", "leader", "yes", "all", 0.11, 0.06, 0.17, base, 100, by, None, None),
            ("2014", "leader", "yes", "all", 0.2, 0.14, 0.27, base, 101, by, None, None),
            ("2015", "leader", "yes", "all", 0.23, 0.17, 0.3, base, 101, by, None, "break"),
            ("2011", "training", "yes", "all", 0.2, 0.14, 0.27, base, 100, by, None, None),
            ("2014", "training", "yes", "all", None, None, None, base, 0, by, "not_asked", None),
            ("2015", "training", "yes", "all", 0.35, 0.28, 0.43, base, 101, by, None, None),
        ),
        "changes": rows(
            ESTIMATES,
            (
                "2014 - 2015",
                "channels.facebook",
                "yes",
                "all",
                0.09,
                0.02,
                0.16,
                base,
                101,
                by,
                None,
                None,
            ),
            (
                "2014 - 2015",
                "channels.facebook",
                "yes",
                "panel",
                0.1,
                0.05,
                0.15,
                base,
                61,
                by,
                None,
                None,
            ),
            (
                "2014 - 2015",
                "channels.twitter",
                "yes",
                "all",
                0.02,
                -0.06,
                0.1,
                base,
                101,
                by,
                None,
                None,
            ),
            ("2014 - 2015", "leader", "yes", "all", 0.03, -0.04, 0.1, base, 101, by, None, "break"),
        ),
        "nowcasts": pl.DataFrame(
            [
                {
                    "item": "channels.facebook",
                    "category": "yes",
                    "group": "all",
                    "day": dt.date(2016, 1, 1),
                    "estimate": 0.9,
                    "low": 0.8,
                    "high": 0.96,
                    "n": 101,
                    "waves": "2014, 2015",
                    "missing": None,
                    "flags": None,
                }
            ]
        ),
        "plans": rows(
            ESTIMATES,
            ("2015", "guidelines", "by_plan", "all", 0.68, 0.6, 0.75, base, 101, by, None, None),
        ),
        "flows": pl.DataFrame(
            [
                {
                    "wave": "2014 - 2015",
                    "item": "channels.facebook",
                    "before": "no",
                    "after": "yes",
                    "n": 9,
                    "missing": None,
                },
                {
                    "wave": "2014 - 2015",
                    "item": "channels.facebook",
                    "before": "yes",
                    "after": "no",
                    "n": None,
                    "missing": "suppressed",
                },
            ]
        ),
        "representativity": pl.DataFrame(
            [
                {
                    "wave": "2015",
                    "figure": "r",
                    "variable": None,
                    "category": None,
                    "value": 0.78,
                    "low": 0.71,
                    "high": 0.85,
                },
                {
                    "wave": "2015",
                    "figure": "largest_bias",
                    "variable": None,
                    "category": None,
                    "value": 0.11,
                    "low": None,
                    "high": None,
                },
                {
                    "wave": "2015",
                    "figure": "partial",
                    "variable": "size",
                    "category": None,
                    "value": 0.09,
                    "low": None,
                    "high": None,
                },
                {
                    "wave": "2015",
                    "figure": "partial",
                    "variable": "region",
                    "category": None,
                    "value": 0.02,
                    "low": None,
                    "high": None,
                },
            ]
        ),
        "coverage": pl.DataFrame(
            [
                {
                    "wave": "2015",
                    "measure": "has_page:facebook",
                    "observed": 210,
                    "frame_n": 210,
                    "passed": True,
                    "reason": None,
                },
                {
                    "wave": "2015",
                    "measure": "posts_per_week",
                    "observed": 120,
                    "frame_n": 210,
                    "passed": False,
                    "reason": "too_few_observed",
                },
            ]
        ),
        "bias": pl.DataFrame(
            [
                {
                    "wave": "2015",
                    "measure": "has_page:facebook",
                    "frame_n": 210,
                    "n": 101,
                    "all": 0.8,
                    "respondents": 0.88,
                    "weighted": 0.82,
                    "before": 0.08,
                    "after": 0.02,
                    "weighted_by": by,
                }
            ]
        ),
        "stated": pl.DataFrame(
            [
                {
                    "wave": "2015",
                    "item": "channels.facebook",
                    "category": "yes",
                    "measure": "has_page:facebook",
                    "group": "all",
                    "stated": 0.89,
                    "observed": 0.84,
                    "difference": 0.05,
                    "low": 0.01,
                    "high": 0.09,
                    "n": 101,
                    "missing": None,
                    "flags": None,
                },
                {
                    "wave": "2015",
                    "item": "channels.blog",
                    "category": "yes",
                    "measure": "posts_per_week",
                    "group": "all",
                    "stated": None,
                    "observed": None,
                    "difference": None,
                    "low": None,
                    "high": None,
                    "n": 3,
                    "missing": "suppressed",
                    "flags": None,
                },
            ]
        ),
        "disagreements": pl.DataFrame([{"wave": "2015", "item": "guidelines", "units": 6}]),
        "agreement": pl.DataFrame(
            [
                {
                    "wave": "2015",
                    "item": "channels.facebook",
                    "alpha": 0.91,
                    "low": 0.84,
                    "high": 0.97,
                    "agreement": 0.96,
                    "n": 42,
                }
            ]
        ),
        "printed": pl.DataFrame(
            [
                {
                    "wave": "2015",
                    "item": "channels.facebook",
                    "category": "yes",
                    "printed": "89 %",
                    "source": "Kommunförbundet, press release of 12 June 2015",
                },
                {
                    "wave": "2015",
                    "item": "guidelines",
                    "category": "yes",
                    "printed": "nearly half",
                    "source": "Kommunförbundet, press release of 12 June 2015",
                },
            ]
        ),
    }
