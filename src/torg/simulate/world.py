"""How the invented country behaves: every constant of the simulator with its unit and its reason.

None of these is an estimate for a real country. They give a country the traits that make a ranking
hard: sizes over three orders of magnitude, heavy tails, weeks that hang together, and few questions
where few people live.
"""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

COUNTRY = "XX"  # kept free by ISO 3166-1 for users: no country will ever have it
START = dt.date(2024, 1, 8)  # a Monday, after the holidays of the new year
ZONE = ZoneInfo("Europe/Oslo")
PLATFORM = "facebook"
ACCESS = "public_page"  # the access tier of what the country's exports can show

OPENS, CLOSES = 8.0, 15.5  # the office's hours, Monday to Friday, local time
EXPORT_AFTER_DAYS = 8  # from the last day of the window: the youngest post is a week old by then


@dataclass(frozen=True)
class World:
    """The parameters of a simulated country; spreads are standard deviations on the log scale."""

    start: dt.date = START  # the first day; a Monday
    counties: int = 11  # more where one would have over ninety municipalities

    # Sizes: two half lognormals that meet at the median; large towns spread more than small.
    median_population: int = 5_000
    spread_below: float = 1.03
    spread_above: float = 1.50
    smallest: int = 200
    largest: int = 700_000

    # Channels, as shares of the municipalities.
    page_share: float = (
        0.94  # have a page for the whole municipality; of the others nothing is known
    )
    dormant_share: float = 0.02  # have a page and never post
    person_share: float = 0.12  # beside it a page of the mayor
    service_share: float = 0.15  # beside it a page of a service
    merging: int = 3  # municipalities that become part of another during the period

    # Followers, per inhabitant.
    coverage_median: float = 0.35
    coverage_spread: float = 0.45
    coverage_slope: float = (
        -0.12
    )  # change of the log per log inhabitant: small places know each other
    growth_mean: float = 0.002  # per week
    growth_spread: float = 0.0015  # a standard deviation per week, not on the log scale

    # Posts a week.
    posts_median: float = 4.5
    posts_spread: float = 0.50
    posts_slope: float = 0.15

    # What one post brings, per 1,000 followers, in a municipality of median size.
    reactions_rate: float = 9.0
    comments_rate: float = 0.9  # by citizens on the top level
    shares_rate: float = 1.2
    level_spread: float = 0.45  # of a municipality's own level, common to the three
    kind_spread: float = 0.20  # and of each kind by itself
    level_slope: float = -0.15
    post_spread: float = 1.0  # of single posts: one in a hundred has ten times the usual
    dispersion: float = 4.0  # size of the negative binomial

    # Weeks.
    national_spread: float = 0.15  # of weeks that all municipalities share
    week_spread: float = 0.25  # of a municipality's own weeks
    week_memory: float = 0.40  # correlation of one week with the next
    crisis_counties: int = 2
    crisis_posts: float = 3.0  # times as many posts in the week of the crisis
    crisis_rates: float = 2.0  # times as much to each post

    # Dialogue.
    question_share: float = 0.25  # of citizens' comments, on the mean
    question_evenness: float = 30.0  # a + b of the beta distribution between municipalities
    answer_share: float = 0.62  # of questions that are ever answered, on the mean
    answer_evenness: float = 4.0
    answer_weeks: float = 12.0  # a + b of the beta distribution between a municipality's weeks
    other_answers: float = 0.25  # what is no question is answered this much as often
    thanks_share: float = 0.15  # of answers that get a word of thanks
    answer_hours_median: float = 2.5  # office hours, in the median municipality
    answer_hours_spread: float = 0.8  # between municipalities
    delay_spread: float = 1.4  # between the answers of one municipality
    comment_lag_median: float = 2.0  # hours from the post
    comment_lag_spread: float = 1.2
    comment_lag_longest: float = 144.0

    def __post_init__(self) -> None:
        """Refuse a world in which nothing could be drawn."""
        if self.start.weekday():
            raise ValueError("start must be a Monday")
        if not 0 <= self.week_memory < 1:
            raise ValueError("week_memory must be at least 0 and below 1")
        if not 0 <= self.dormant_share <= self.page_share <= 1:
            raise ValueError("dormant_share cannot be larger than page_share")
        if not 0 < self.smallest <= self.median_population <= self.largest:
            raise ValueError("smallest, median_population and largest must ascend")
