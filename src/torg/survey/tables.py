"""The tables that the survey's steps hand to one another, as columns of Polars frames.

A unit is known by its country and `unit`: a municipality's official code, or "county:NAME" of a
county. One unit that is both (a capital) is one row of the frame, of the kind "both".
"""

from collections.abc import Mapping

import polars as pl

Schema = Mapping[str, pl.DataType]

INSTANT = pl.Datetime("us", "UTC")

FRAME: Schema = {
    "wave": pl.String(),
    "country": pl.String(),
    "unit": pl.String(),
    "kind": pl.String(),  # "municipality", "county", "both"
    "name": pl.String(),
    "county": pl.String(),
    "population": pl.Int64(),
    "size_class": pl.String(),  # of the register; "county" of a county; null: population not known
}

# One row for each answer as it was given, also those that a later one replaced.
ANSWERS: Schema = {
    "wave": pl.String(),
    "country": pl.String(),
    "unit": pl.String(),
    "respondent": pl.String(),  # a number or random word, never a name or address
    "item": pl.String(),
    "value": pl.String(),  # a code, a number in decimal form, or a text; null: taken back
    "at": INSTANT,  # when it was given
}

# One row for each unit that answered anything and each item of the questionnaire.
SHEET: Schema = {
    "wave": pl.String(),
    "country": pl.String(),
    "unit": pl.String(),
    "item": pl.String(),
    "state": pl.String(),  # one of STATES
    "code": pl.String(),  # where `answered` and the item has codes ("dont_know" is one)
    "number": pl.Float64(),  # where `answered` and the item is a number
}

STATES = (
    "answered",  # "don't know" is an answer
    "no_answer",  # asked, and left blank
    "not_applicable",  # its condition was not met
    "not_asked",  # the wave does not have it: not "no"
    "disagreed",  # several respondents, and the study counts only what they agreed on
)

WEIGHTS: Schema = {
    "wave": pl.String(),
    "country": pl.String(),
    "unit": pl.String(),
    "weight": pl.Float64(),  # units of the frame that it stands for; they sum to the frame's size
}

# What was observed of the units of a frame, asked or not: a row for each unit and measure.
OBSERVED: Schema = {
    "country": pl.String(),
    "unit": pl.String(),
    "measure": pl.String(),  # "has_page:facebook", "posts_per_week", "answered_24h" ...
    "value": pl.Float64(),  # null: not observed, with the reason in `missing`
    "access": pl.String(),
    "missing": pl.String(),
}

ESTIMATES: Schema = {
    "wave": pl.String(),
    "item": pl.String(),
    "category": pl.String(),  # null: the mean of a number
    "group": pl.String(),  # "all", "size:2-5k", "county:NAME", "kind:county", "A - B"
    "estimate": pl.Float64(),
    "low": pl.Float64(),
    "high": pl.Float64(),
    "base": pl.String(),  # what it is a share of: "units that answered", "... that use facebook"
    "n": pl.Int64(),  # answers in the base, unweighted
    "weighted_by": pl.String(),  # "size", "size + region + activity", "" for unweighted
    "missing": pl.String(),  # why there is no figure: "not_asked", "no_answers", "suppressed"
    "flags": pl.String(),  # words apart by blanks: "wide", "few", "exact", "break"
}


def empty(schema: Schema) -> pl.DataFrame:
    """A frame of no rows with the columns of `schema`."""
    return pl.DataFrame(schema=dict(schema))
