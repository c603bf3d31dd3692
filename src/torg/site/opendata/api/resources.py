"""What can be asked for, as one table: which of a release's tables, and by what it is filtered."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from torg.deposit import TABLES


@dataclass(frozen=True, kw_only=True)
class Resource:
    """Rows of a table of a release, in pages.

    `filters`: parameter -> what it asks for; the column has the same name. `of_places`: rows can
    also be asked for by county and size class, which stand in another table. `whole_only`: columns
    that are empty unless they are asked for.
    """

    path: str
    name: str  # of the rows, in the schema
    table: str
    summary: str
    about: str
    filters: Mapping[str, str] = field(default_factory=dict, hash=False)
    of_places: bool = False
    whole_only: tuple[str, ...] = ()


COUNTRY = "Only this country, by its two letters."
MUNICIPALITY = "Only this municipality, by its official code, as 0301."
COUNTY = "Only municipalities of this county."
SIZE_CLASS = "Only municipalities of this size class, as 2-5k."
MEASURE = "Only this measure, by its id."
GROUP = "Only this group: all, size:CLASS, county:NAME and others."
WAVE = "Only this wave."
ITEM = "Only this item."
CATEGORY = "Only this answer."

_PLACE = {"country": COUNTRY, "municipality": MUNICIPALITY}
_ESTIMATES = {"wave": WAVE, "item": ITEM, "category": CATEGORY, "group": GROUP}
_FILTERS = {**_ESTIMATES, "measure": MEASURE}


def _as_told(path: str, name: str, *filters: str) -> Resource:
    """Rows of the table of that path, of which the codebook says enough."""
    table = path.replace("/", "-") if path.startswith("survey/") else path.replace("-", "_")
    told = TABLES[table]
    return Resource(
        path=path,
        name=name,
        table=table,
        summary=told.title,
        about=told.about,
        filters={each: _FILTERS[each] for each in filters},
    )


RESOURCES: tuple[Resource, ...] = (
    Resource(
        path="municipalities",
        name="Municipality",
        table="municipalities",
        summary="Municipalities",
        about="All municipalities of the study.",
        filters={**_PLACE, "county": COUNTY, "size_class": SIZE_CLASS},
    ),
    Resource(
        path="names",
        name="Name",
        table="names",
        summary="Names of municipalities",
        about="The names of municipalities in their languages.",
        filters={**_PLACE, "language": "Only names in this language."},
    ),
    Resource(
        path="channels",
        name="Channel",
        table="channels",
        summary="Official channels",
        about="The official channels of municipalities.",
        filters={**_PLACE, "platform": "Only this platform."},
        of_places=True,
    ),
    Resource(
        path="measures",
        name="Measure",
        table="definitions",
        summary="Definitions of measures",
        about="What each measure is: formula, base, unit, source.",
        filters={"measure": MEASURE},
    ),
    Resource(
        path="figures",
        name="Figure",
        table="measures",
        summary="Figures of municipalities",
        about="Figures with base, n, interval and how they were got. Without `platform` and "
        "`channel` those of whole municipalities; `platform=any` and `channel=any` give the parts.",
        filters={
            **_PLACE,
            "measure": MEASURE,
            "platform": "Only this platform; `any` for each.",
            "channel": "Only this channel; `any` for each.",
            "access": "Only figures that were got so.",
            "missing": "Only figures that are missing for this reason.",
        },
        of_places=True,
        whole_only=("platform", "channel"),
    ),
    Resource(
        path="ranks",
        name="Rank",
        table="ranks",
        summary="Places, each with its rank set",
        about="A place must not be quoted without rank_low and rank_high: the places that cannot "
        "be excluded.",
        filters={**_PLACE, "group": GROUP, "set": "Only this kind of rank set."},
        of_places=True,
    ),
    Resource(
        path="top-set",
        name="Top",
        table="top_set",
        summary="The top set",
        about="Those that cannot be excluded from the first places. They have no order.",
        filters=_PLACE,
        of_places=True,
    ),
    Resource(
        path="not-ranked",
        name="NotRanked",
        table="not_ranked",
        summary="Municipalities without a place",
        about="Those that were not ranked, and why.",
        filters={**_PLACE, "reason": "Only those for this reason."},
        of_places=True,
    ),
    Resource(
        path="criteria",
        name="Criterion",
        table="criteria",
        summary="Criteria of the ranking",
        about="The measures that earn points, and those that were dropped.",
        filters={"area": "Only this area.", "measure": MEASURE},
    ),
    Resource(
        path="points",
        name="Points",
        table="points",
        summary="Points of municipalities",
        about="What each criterion gave each municipality.",
        filters={**_PLACE, "area": "Only this area.", "measure": MEASURE},
        of_places=True,
    ),
    Resource(
        path="weeks",
        name="Week",
        table="weeks",
        summary="Weeks of municipalities",
        about="Posts, reactions, comments and replies, week by week.",
        filters=_PLACE,
        of_places=True,
    ),
    Resource(
        path="contrasts",
        name="Contrast",
        table="contrasts",
        summary="What sets the top apart",
        about="Registered comparisons of the top with others of its size class: association, not "
        "causes.",
        filters={"hypothesis": "Only this hypothesis, by its id.", "measure": MEASURE},
    ),
    Resource(
        path="totals",
        name="Total",
        table="totals",
        summary="Totals over what is withheld",
        about="Sums in two figures.",
        filters={"measure": MEASURE},
    ),
    Resource(
        path="sources",
        name="Source",
        table="sources",
        summary="Sources",
        about="What the figures were made from.",
    ),
    Resource(
        path="corrections",
        name="Correction",
        table="corrections",
        summary="Corrections",
        about="What was set right by hand.",
    ),
    Resource(
        path="notes",
        name="Note",
        table="notes",
        summary="Notes",
        about="What to know before any figure is read; reasons of missing values in words.",
        filters={"about": "Only notes about this: study, measure, missing because and so on."},
    ),
    _as_told("unclaimed", "Unclaimed"),
    _as_told("findings", "Finding"),
    _as_told("question-rules", "QuestionRule"),
    Resource(
        path="survey/items",
        name="SurveyItem",
        table="survey-items",
        summary="Questions of the survey",
        about="Each item in each language.",
        filters={"item": ITEM, "language": "Only in this language."},
    ),
    Resource(
        path="survey/response",
        name="SurveyResponse",
        table="survey-response",
        summary="Response to the survey",
        about="How many were asked and answered.",
        filters={"wave": WAVE, "group": GROUP},
    ),
    Resource(
        path="survey/estimates",
        name="SurveyEstimate",
        table="survey-estimates",
        summary="Estimates of the survey",
        about="Shares and means of all units, each with its interval, base and n.",
        filters=_ESTIMATES,
    ),
    Resource(
        path="survey/trends",
        name="SurveyTrend",
        table="survey-trends",
        summary="Trends of the survey",
        about="Shares and means of the waves that compare.",
        filters=_ESTIMATES,
    ),
    Resource(
        path="survey/changes",
        name="SurveyChange",
        table="survey-changes",
        summary="Changes between waves",
        about="After minus before, of all or of the panel.",
        filters=_ESTIMATES,
    ),
    Resource(
        path="survey/stated",
        name="SurveyStated",
        table="survey-stated",
        summary="Stated and observed",
        about="What was said beside what was observed. A gap is a difference, never a lie.",
        filters={**_ESTIMATES, "measure": MEASURE},
    ),
    Resource(
        path="survey/facts",
        name="SurveyFact",
        table="survey-facts",
        summary="Public facts",
        about="Answers unit by unit, only to questions whose answers are public facts.",
        filters={"wave": WAVE, "country": COUNTRY, "unit": MUNICIPALITY, "item": ITEM},
    ),
    _as_told("survey/units", "SurveyUnit", "wave"),
    _as_told("survey/flows", "SurveyFlow", "wave", "item"),
    _as_told("survey/nowcasts", "SurveyNowcast", "item", "category", "group"),
    _as_told("survey/plans", "SurveyPlan", "wave", "item", "category", "group"),
    _as_told("survey/representativity", "SurveyRepresentativity", "wave"),
    _as_told("survey/bias", "SurveyBias", "wave", "measure"),
    _as_told("survey/classes", "SurveyClass", "wave"),
    _as_told("survey/coverage", "SurveyCoverage", "wave", "measure"),
    _as_told("survey/agreement", "SurveyAgreement", "wave", "item"),
    _as_told("survey/disagreements", "SurveyDisagreement", "wave", "item"),
    _as_told("survey/printed", "SurveyPrinted", "wave", "item"),
    _as_told("survey/notes", "SurveyNote", "wave"),
)
