"""What was observed by hand, as rows for the archive, and as measures of the units of a frame."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl

from torg.register import Channel, Register
from torg.survey.answers import placed_answers
from torg.survey.observing.things import thing_of
from torg.survey.questionnaire import (
    DONT_KNOW,
    NO,
    YES,
    Item,
    Questionnaire,
    Wave,
    is_shown,
    items_of,
)
from torg.survey.tables import INSTANT, OBSERVED, Schema

# As the archive's table of observations has them.
OBSERVATION: Schema = {
    "wave": pl.String(),
    "country": pl.String(),
    "municipality": pl.String(),  # its code; "county:NAME" of a county
    "platform": pl.String(),  # null: of the municipality as a whole
    "channel": pl.String(),  # the platform's id or "@handle"; null where the register knows none
    "item": pl.String(),  # the thing that was looked at: "has_page", "followers"
    "number": pl.Float64(),  # of yes and no 1 and 0; null where the code is all there is
    "code": pl.String(),  # null where it is a number
    "observed_at": INSTANT,
    "observer": pl.Int64(),
}

_BINARY = {YES: 1.0, NO: 0.0}
MANUAL = "manual"


def observed_values(
    answers: pl.DataFrame,
    questionnaire: Questionnaire,
    wave: Wave,
    *,
    frame: pl.DataFrame,
    register: Register,
) -> pl.DataFrame:
    """What each observer saw: rows of OBSERVATION, sorted.

    What stands under a condition that the same observer's other answers do not meet is left out,
    and so are free texts, which may name people.
    """
    given = placed_answers(answers, questionnaire, wave, frame=frame, register=register)
    seen = _Seen(questionnaire, wave, _channels(register, wave), _numbers(given))
    looks = given.partition_by("country", "unit", "respondent", maintain_order=True)
    rows = [row for look in looks for row in _of_look(look, seen)]
    return pl.DataFrame(rows, schema=dict(OBSERVATION), orient="row").sort(pl.all())


@dataclass(frozen=True)
class _Seen:
    questionnaire: Questionnaire
    wave: Wave
    channels: Mapping[tuple[str, str, str], Channel]
    observers: Mapping[str, int]


def _channels(register: Register, wave: Wave) -> Mapping[tuple[str, str, str], Channel]:
    """The channel for the whole municipality on each platform; of several the first."""
    valid = register.as_of(wave.frame_date).channels
    whole = [channel for channel in reversed(valid) if channel.scope == "municipality"]
    return {(channel.country, channel.code, channel.platform): channel for channel in whole}


def _numbers(given: pl.DataFrame) -> Mapping[str, int]:
    """The observers by number: their own, or in the order of their ids."""
    names = sorted(set(given["respondent"]))
    own = {name: name.removeprefix("observer-") for name in names}
    if all(number.isdecimal() for number in own.values()):
        return {name: int(number) for name, number in own.items()}
    return {name: at for at, name in enumerate(names, start=1)}


def _of_look(look: pl.DataFrame, seen: _Seen) -> Iterator[tuple[object, ...]]:
    """The rows of what one observer saw of one unit."""
    country, unit, respondent = look.select("country", "unit", "respondent").row(0)
    given = {
        item: (value, at) for item, value, at in look.select("item", "value", "at").iter_rows()
    }
    values = {item: value for item, (value, _) in given.items()}
    for question in seen.questionnaire.asked_in(seen.wave.id):
        if question.kind == "text" or not is_shown(question, values):
            continue
        for item in items_of(question):
            if item.id in given:
                thing = thing_of(item)
                channel = seen.channels.get((country, unit, thing.platform or ""))
                value, at = given[item.id]
                name = channel.known_as if channel else None
                place = (seen.wave.id, country, unit, thing.platform, name, thing.name)
                yield (*place, *_number_and_code(item, value), at, seen.observers[respondent])


def _number_and_code(item: Item, value: str) -> tuple[float | None, str | None]:
    if item.is_number and value != DONT_KNOW:
        return float(value), None
    return _BINARY.get(value), value


def observed_measures(observations: pl.DataFrame, frame: pl.DataFrame) -> pl.DataFrame:
    """What was observed by hand of every unit of a frame: rows of OBSERVED, sorted.

    `observations`: rows of one wave with the columns of OBSERVATION. A measure is called
    "followers:facebook". Of a number the mean of what observers saw counts, of a yes or no what all
    of them saw. Missing is "not_observed" where nobody looked at the unit, "observers_disagree",
    "not_seen" where they could not tell, and "not_applicable" where there was nothing to look at,
    as followers of a page that is not there.
    """
    measured = observations.with_columns(
        measure=pl.concat_str(
            "item", pl.when(pl.col("platform").is_not_null()).then(":" + pl.col("platform")),
            ignore_nulls=True,
        ),
        unit="municipality",
    )  # fmt: skip
    names = sorted(set(measured.filter(pl.col("number").is_not_null())["measure"]))
    told = measured.group_by("country", "unit", "measure").agg(
        value=pl.col("number").drop_nulls().sort().mean(),
        differs=(pl.col("code").drop_nulls().n_unique() > 1),
    )
    looked = measured.select("country", "unit").unique().with_columns(looked=pl.lit(value=True))
    units = frame.select("country", "unit").join(pl.DataFrame({"measure": names}), how="cross")
    known = units.join(told, on=["country", "unit", "measure"], how="left").join(
        looked, on=["country", "unit"], how="left"
    )
    missing = (
        pl.when(pl.col("looked").is_null())
        .then(pl.lit("not_observed"))
        .when(pl.col("differs").is_null())
        .then(pl.lit("not_applicable"))
        .when(pl.col("differs"))
        .then(pl.lit("observers_disagree"))
        .when(pl.col("value").is_null())
        .then(pl.lit("not_seen"))
    )
    rows = known.with_columns(missing=missing, access=pl.lit(MANUAL)).with_columns(
        value=pl.when(pl.col("missing").is_null()).then("value")
    )
    return rows.select(list(OBSERVED)).cast(dict(OBSERVED)).sort("country", "unit", "measure")  # type: ignore[arg-type]
