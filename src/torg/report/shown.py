"""Policy: which figures and channels are shown. Pages and tables both go through here.

A figure made from one to four comments (or people) can be traced to those who wrote them, and says
little about the municipality. It is withheld with its reason. None at all is a figure like others.
Where the figure of one channel or platform is withheld, so are those of the others: what is left of
the whole without them would give it away.

A person's channel is official, but a list of persons is not what this is for: their channels are
counted and not listed.
"""

from collections import Counter
from dataclasses import replace

import polars as pl

from torg.report.few import FEW_CITIZENS, LEAST_CITIZENS, weeks_shown
from torg.report.results import Results

_FEW = pl.col("n").is_between(1, LEAST_CITIZENS - 1)
_IS_PART = pl.col("platform").is_not_null() | pl.col("channel").is_not_null()
_WHOLE = ("country", "municipality", "measure")


def shown(results: Results) -> Results:
    """The results without what would point at single citizens, or list persons.

    What is shown already stays as it is.
    """
    return _without_persons(_without_few(results))


def _without_few(results: Results) -> Results:
    about = [id_ for id_, meaning in results.definitions.items() if meaning.about_citizens]
    some_part_is_few = (_FEW & _IS_PART).any().over(_WHOLE)
    gives_away = pl.col("measure").is_in(about) & (_FEW | (_IS_PART & some_part_is_few))
    # A figure that is missing anyway keeps its own reason; how many there were goes all the same.
    why = pl.when(gives_away & pl.col("value").is_not_null()).then(pl.lit(FEW_CITIZENS))
    kept = [
        pl.when(gives_away.not_().fill_null(value=True)).then(name).alias(name)
        for name in ("value", "low", "high", "n")
    ]
    measures = results.measures.with_columns(*kept, missing=why.otherwise("missing"))
    return replace(results, measures=measures, weeks=weeks_shown(results.weeks, measures))


def _without_persons(results: Results) -> Results:
    is_person = (pl.col("scope") == "person").fill_null(value=False)
    counted = results.channels.filter(is_person).group_by("country", "municipality").len("n")
    found = Counter({(country, code): n for country, code, n in counted.iter_rows()})
    found.update({(country, code): n for country, code, n in results.persons})
    return replace(
        results,
        channels=results.channels.filter(~is_person),
        persons=tuple((*id_, n) for id_, n in found.items()),
    )
