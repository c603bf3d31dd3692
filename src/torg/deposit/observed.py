"""The tables of what was observed, in words."""

from collections.abc import Mapping

from torg.deposit.columns import (
    COMMENTS,
    DAYS,
    DEGREES,
    MUNICIPALITIES,
    OF_ITS_MEASURE,
    PLACES,
    POINTS,
    ROWS,
    SHARE,
    Column,
)
from torg.deposit.told import Told, told
from torg.locale import message

_VALUE_LOW = Column("number", message("The lower end of the interval."), OF_ITS_MEASURE)
_VALUE_HIGH = Column("number", message("The upper end of the interval."), OF_ITS_MEASURE)
_WHY = Column("text", message("Why that is not known, as a code."))

OBSERVED: Mapping[str, Told] = {
    "notes": told(
        message("Notes"),
        message("What to know before any figure is read: of what it is, from when, and how."),
        "about name note",
        about=Column("text", message("What the note is about: study, measure, reason and so on.")),
        name=Column("text", message("Of which one: the measure's id, the reason's code.")),
        note=Column("text", message("The note, in English.")),
    ),
    "measures": told(
        message("Figures"),
        message(
            "A row for each municipality and measure; with a platform or channel named, of that "
            "platform or channel alone."
        ),
        "country municipality channel platform measure period value low high n base access missing "
        "at_age_share",
        channel=Column("text", message("The channel's id. Empty: the whole municipality.")),
        period=Column("text", message("The days that the value holds for, first and last.")),
        value=Column("number", message("The value. Empty: missing says why."), OF_ITS_MEASURE),
        low=_VALUE_LOW,
        high=_VALUE_HIGH,
        n=Column("integer", message("The number that base names."), message("as base says")),
        at_age_share=Column(
            "number",
            message("Share of the posts whose counts were read at seven days of age."),
            SHARE,
        ),
    ),
    "ranks": told(
        message("Places"),
        message(
            "Places in the ranking. A place must not be quoted without its rank set, rank_low to "
            "rank_high: the places that cannot be excluded."
        ),
        "country municipality group set score rank rank_low rank_high band areas missing",
        group=Column(
            "text",
            message("Among whom: all, size:CLASS, county:NAME, access:TIER or classic:LIST."),
        ),
        set=Column(
            "text",
            message("Simultaneous: right for all at once; marginal: for one at a time; or none."),
        ),
        score=Column("number", message("The score over all areas, from 1 to 100."), POINTS),
        rank=Column("integer", message("The place; never without its rank set."), PLACES),
        rank_low=Column("integer", message("The best place that is not excluded."), PLACES),
        rank_high=Column("integer", message("The last place that is not excluded."), PLACES),
        band=Column("text", message("A to E: every band that the rank set touches.")),
        areas=Column("text", message("The points of each area, as JSON.")),
    ),
    "criteria": told(
        message("Criteria"),
        message("The measures that earn points, and those that were dropped."),
        "area measure weight transform reference kept reason",
        weight=Column("number", message("The weight against the others of its area.")),
        transform=Column("text", message("How the value becomes points: linear, log1p, enough.")),
        reference=Column("number", message("The median that points are counted from.")),
        kept=Column("boolean", message("Whether it counts.")),
        reason=Column("text", message("Why it was dropped.")),
    ),
    "points": told(
        message("Points"),
        message("What each criterion gave each municipality."),
        "country municipality area measure points",
        key="country municipality area measure",
        points=Column("number", message("The points of this criterion."), POINTS),
    ),
    "not_ranked": told(
        message("Without a place"),
        message("Municipalities that were not ranked, and why."),
        "country municipality reason",
        reason=Column("text", message("Why not, as a code; the notes say it in words.")),
    ),
    "municipalities": told(
        message("Municipalities"),
        message("All municipalities of the study, as the register had them on the day."),
        "country municipality name county population population_date size_class lat lon",
        key="country municipality",
        population_date=Column("date", message("The day of the number of inhabitants.")),
        lat=Column("number", message("A point in the municipality: latitude."), DEGREES),
        lon=Column("number", message("A point in the municipality: longitude."), DEGREES),
    ),
    "names": told(
        message("Names"),
        message("The names of a municipality in its languages."),
        "country municipality language name",
        language=Column("text", message("The language of the name, as nb or fi.")),
        name=Column("text", message("The name in that language.")),
    ),
    "channels": told(
        message("Channels"),
        message("The official channels; those of persons in official roles are left out."),
        "country municipality platform address scope valid_from valid_to",
        platform=Column("text", message("The platform.")),
        address=Column("text", message("Where the channel is found.")),
        scope=Column("text", message("For whom it speaks: municipality, service or campaign.")),
        valid_from=Column("date", message("The first day that it counts. Empty: not known.")),
        valid_to=Column("date", message("The last day that it counts. Empty: still.")),
    ),
    "sources": told(
        message("Sources"),
        message("What the figures were made from."),
        "name format sha256 exported_at exported_at_basis rows_read rows_accepted rows_rejected "
        "access may_publish",
        name=Column("text", message("The file, or the run of collecting.")),
        format=Column("text", message("What wrote it.")),
        sha256=Column("text", message("The checksum of the file.")),
        exported_at=Column("instant", message("When it was exported.")),
        exported_at_basis=Column("text", message("How that moment is known.")),
        rows_read=Column("integer", message("Rows that were read."), ROWS),
        rows_accepted=Column("integer", message("Rows that were taken in."), ROWS),
        rows_rejected=Column("integer", message("Rows that could not be read."), ROWS),
        access=Column("text", message("How it was got, as its access tier.")),
        may_publish=Column(
            "boolean", message("Whether it may be shown without its owner's agreement.")
        ),
    ),
    "corrections": told(
        message("Corrections"),
        message("What was set right by hand."),
        "what who when why",
        what=Column("text", message("What was set right, and to what.")),
        who=Column("text", message("Who did it.")),
        when=Column("date", message("On which day.")),
        why=Column("text", message("Why.")),
    ),
    "totals": told(
        message("Totals"),
        message("Sums over what is withheld one by one, in two figures."),
        "country measure access owners total",
        owners=Column("integer", message("How many municipalities it is of."), MUNICIPALITIES),
        total=Column("number", message("The sum, in two figures."), OF_ITS_MEASURE),
    ),
    "unclaimed": told(
        message("Unclaimed channels"),
        message("Channels whose posts are there, and which no municipality in the register has."),
        "platform channel channel_name posts replies",
        platform=Column("text", message("The platform.")),
        channel=Column("text", message("The channel's id.")),
        channel_name=Column("text", message("What it calls itself.")),
        posts=Column("integer", message("How many posts were read."), message("posts")),
        replies=Column("integer", message("How many replies were read."), message("replies")),
    ),
    "weeks": told(
        message("Weeks"),
        message("What municipalities and residents wrote, week by week."),
        "country municipality week days posts posts_missing reactions reactions_of "
        "reactions_missing comments comments_missing owner_replies owner_replies_missing",
        key="country municipality week",
        week=Column("date", message("The week, by its Monday.")),
        days=Column("integer", message("Days of the week that lie in the window."), DAYS),
        posts=Column("integer", message("How many posts were published."), message("posts")),
        posts_missing=_WHY,
        reactions=Column(
            "integer",
            message(
                "Reactions to the posts of the week. Empty where several platforms have posts."
            ),
            message("reactions"),
        ),
        reactions_of=Column(
            "integer", message("Posts whose reactions are known."), message("posts")
        ),
        reactions_missing=_WHY,
        comments=Column(
            "integer", message("Comments by residents, to the posts themselves."), COMMENTS
        ),
        comments_missing=_WHY,
        owner_replies=Column(
            "integer", message("Replies under the channel's own name."), message("replies")
        ),
        owner_replies_missing=_WHY,
    ),
    "contrasts": told(
        message("What sets the top apart"),
        message(
            "Comparisons of the top with others of its size class, as they were registered before "
            "any test. They tell of association, not of causes."
        ),
        "hypothesis measure direction registered_by top access n_top n_contrast top_median "
        "contrast_median difference low high delta p_value p_holm in_ranking missing",
        key="hypothesis",
        hypothesis=Column("text", message("The hypothesis's id.")),
        direction=Column(
            "text", message("What was expected of the top: higher, lower, different.")
        ),
        registered_by=Column(
            "text", message("Whose hypothesis it is: the study's, or Torg's own.")
        ),
        top=Column("integer", message("The first so many. Empty: the top set."), PLACES),
        n_top=Column("integer", message("How many of the top have the figure."), MUNICIPALITIES),
        n_contrast=Column(
            "integer", message("How many of the others have the figure."), MUNICIPALITIES
        ),
        top_median=Column("number", message("The median of the top."), OF_ITS_MEASURE),
        contrast_median=Column("number", message("The median of the others."), OF_ITS_MEASURE),
        difference=Column(
            "number",
            message("The difference of a pair of the same size class, in the middle."),
            OF_ITS_MEASURE,
        ),
        low=_VALUE_LOW,
        high=_VALUE_HIGH,
        delta=Column(
            "number",
            message("The share of pairs with the top above, less the share with it below."),
            message("from -1 to 1"),
        ),
        p_value=Column("number", message("The p-value of the test."), SHARE),
        p_holm=Column("number", message("The same, for all hypotheses together (Holm)."), SHARE),
        in_ranking=Column(
            "text", message("Whether the ranking is made from it: then it proves little.")
        ),
    ),
    "findings": told(
        message("Findings"),
        message("What a check of the register found."),
        "kind country code message",
        kind=Column("text", message("The kind of finding.")),
        code=Column("text", message("The official code that it is about.")),
        message=Column("text", message("What was found, in English.")),
    ),
    "top_set": told(
        message("Top set"),
        message("Those that cannot be excluded from the first places. They have no order."),
        "country municipality",
        key="country municipality",
    ),
    "definitions": told(
        message("Definitions"),
        message("What each measure is: its formula, base, unit and source."),
        "measure title unit base formula why source",
        key="measure",
        measure=Column("text", message("The measure's id.")),
        title=Column("text", message("What it is called.")),
        unit=Column("text", message("What it is counted in; a share goes from 0 to 1.")),
        formula=Column("text", message("How it is reckoned.")),
        why=Column("text", message("What it is good for.")),
        source=Column("text", message("Where the formula is from.")),
    ),
    "question_rules": told(
        message("Rules for questions"),
        message("How often the rule that finds questions is right, on hand-coded comments."),
        "rule precision recall n sample",
        rule=Column("text", message("The rule's name and version.")),
        precision=Column("number", message("How many that it finds are questions."), SHARE),
        recall=Column("number", message("How many questions it finds."), SHARE),
        n=Column("integer", message("How many comments it was tried on."), COMMENTS),
        sample=Column("text", message("Which comments.")),
    ),
}
