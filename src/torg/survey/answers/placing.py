"""Which unit of the frame an answer belongs to, and which answers belong to none.

An answer under the code of a municipality that has merged since belongs to the one in which the
whole of it lives on; where it was split nobody can say whose it is. What a county says that is a
municipality as well belongs to the one unit that is both.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from torg.register import Register
from torg.survey.frame import BOTH, Unit, carrier, unit_of_county
from torg.survey.questionnaire import Item, Questionnaire, Wave, fault_of
from torg.survey.tables import Schema

# Answers that the sheet has no place for. None is dropped without a word.
SET_ASIDE: Schema = {
    "country": pl.String(),
    "unit": pl.String(),
    "item": pl.String(),
    "reason": pl.String(),  # one of REASONS
    "answers": pl.Int64(),
}

REASONS = (
    "unknown_unit",  # the frame does not have it, and nobody carries the whole of it on
    "unknown_item",  # the questionnaire does not have it
    "not_in_wave",  # the wave does not ask it
    "bad_value",  # no answer to the item: a code that it lacks, a number out of its bounds
    "not_applicable",  # answered, though the condition of its question is not met
)

# Answers given under the code of a unit that another one of the frame carries on.
CARRIED: Schema = {
    "country": pl.String(),
    "unit": pl.String(),  # as it was given
    "carried_by": pl.String(),
    "answers": pl.Int64(),
}


@dataclass(frozen=True)
class Placed:
    """The answers that belong to a unit and an item, with `given_as` beside `unit`."""

    answers: pl.DataFrame
    set_aside: pl.DataFrame  # rows of SET_ASIDE
    carried: pl.DataFrame  # rows of CARRIED


def placed(
    answers: pl.DataFrame,
    questionnaire: Questionnaire,
    wave: Wave,
    *,
    frame: pl.DataFrame,
    register: Register | None,
) -> Placed:
    """The answers of a wave by the units of its frame; the rest set aside with a reason."""
    ours = answers.filter(pl.col("wave") == wave.id)
    owners = _owners(ours, wave, frame, register)
    faults = _faults(ours, questionnaire, wave)
    known = ours.rename({"unit": "given_as"}).join(
        owners, on=["country", "given_as"], how="left", maintain_order="left"
    )
    judged = known.join(faults, on=["item", "value"], how="left", nulls_equal=True).with_columns(
        reason=pl.when(pl.col("unit").is_null())
        .then(pl.lit("unknown_unit"))
        .otherwise(pl.col("reason"))
    )
    taken = judged.filter(pl.col("reason").is_null())
    return Placed(taken.drop("reason"), _set_aside(judged), _carried(taken))


def _owners(
    ours: pl.DataFrame, wave: Wave, frame: pl.DataFrame, register: Register | None
) -> pl.DataFrame:
    """The unit of the frame for each unit as it was given: country, given_as, unit."""
    in_frame = set(frame.select("country", "unit").iter_rows())
    as_county = {
        (country, unit_of_county(county)): (country, unit)
        for country, county, unit in frame.filter(pl.col("kind") == BOTH)
        .select("country", "county", "unit")
        .iter_rows()
    }
    given: Iterable[Unit] = sorted(set(ours.select("country", "unit").iter_rows()))
    found = {unit: unit if unit in in_frame else as_county.get(unit) for unit in given}
    if register is not None:
        found |= {
            unit: carrier(register, unit, day=wave.frame_date, units=in_frame)
            for unit, owner in found.items()
            if owner is None
        }
    rows = [(*unit, owner[1]) for unit, owner in found.items() if owner]
    columns = {"country": pl.String, "given_as": pl.String, "unit": pl.String}
    return pl.DataFrame(rows, schema=columns, orient="row")


def _faults(ours: pl.DataFrame, questionnaire: Questionnaire, wave: Wave) -> pl.DataFrame:
    """Why values cannot be answers to their items: item, value, reason."""
    pairs = set(ours.select("item", "value").iter_rows())
    told = {(item, value): _fault(questionnaire.items, wave, item, value) for item, value in pairs}
    rows = [(*pair, reason) for pair, reason in told.items() if reason]
    columns = {"item": pl.String, "value": pl.String, "reason": pl.String}
    return pl.DataFrame(rows, schema=columns, orient="row")


def _fault(items: Mapping[str, Item], wave: Wave, name: str, value: str | None) -> str | None:
    item = items.get(name)
    if item is None:
        return "unknown_item"
    if not item.question.is_asked_in(wave.id):
        return "not_in_wave"
    return "bad_value" if value is not None and fault_of(item, value) else None


def _set_aside(judged: pl.DataFrame) -> pl.DataFrame:
    rows = judged.filter(pl.col("reason").is_not_null())
    return counted(rows.drop("unit").rename({"given_as": "unit"}), SET_ASIDE)


def _carried(taken: pl.DataFrame) -> pl.DataFrame:
    rows = taken.filter(pl.col("given_as") != pl.col("unit"))
    return counted(rows.rename({"unit": "carried_by", "given_as": "unit"}), CARRIED)


def counted(rows: pl.DataFrame, schema: Schema) -> pl.DataFrame:
    """How many `answers` there are of each combination of the other columns, sorted."""
    keys = [name for name in schema if name != "answers"]
    counts = rows.group_by(keys).agg(answers=pl.len().cast(pl.Int64))
    return counts.select(list(schema)).sort(keys)
