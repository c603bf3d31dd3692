"""What is read: frames of answers, what became of a wave, and the history of one item."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl
from django.db.models import Exists, OuterRef

from torg.site.answers.models import Answer, Event, Form, FrameUnit, Letter
from torg.site.answers.permissions import check_says_that_it_is_made_up
from torg.site.opening import with_people
from torg.study import Study
from torg.survey import ANSWERS, FRAME

_INSTANT = ANSWERS["at"]

STATUS = {
    "group": pl.String(),  # "all", "size:2-5k", "county:NAME"
    "units": pl.Int64(),  # of the frame: the base of the rate
    "asked": pl.Int64(),  # units with a letter that went out
    "opened": pl.Int64(),
    "begun": pl.Int64(),  # gave an answer
    "submitted": pl.Int64(),  # the n of the rate
    "refused": pl.Int64(),  # and none of the unit's others submitted
    "bounced": pl.Int64(),  # no letter reached any of the unit's addresses
    "rate": pl.Float64(),  # submitted / units
}

HISTORY = {
    "respondent": pl.String(),
    "item": pl.String(),
    "value": pl.String(),  # null: taken back
    "at": _INSTANT,
    "how": pl.String(),  # "given", "confirmed", "elsewhere", "simulated"
    "source": pl.String(),  # the file's name
}

PARADATA = {
    "respondent": pl.String(),
    "country": pl.String(),
    "unit": pl.String(),
    "event": pl.String(),
    "at": _INSTANT,
}

RESPONDENTS = {
    "respondent": pl.String(),
    "country": pl.String(),
    "unit": pl.String(),
    "role": pl.String(),
    "language": pl.String(),
    "state": pl.String(),  # "waiting", "sent", "bounced", "revoked", "replaced"; null: not invited
    "letters": pl.Int64(),  # that went out
    "opened": _INSTANT,
    "submitted": _INSTANT,
    "refused": _INSTANT,
}

NOT_ANSWERED = {
    "country": pl.String(),
    "unit": pl.String(),
    "name": pl.String(),
    "size_class": pl.String(),
    "state": pl.String(),  # the first of: refused, begun, opened, bounced, asked, not_asked
}

_TICK = dt.timedelta(microseconds=1)


@with_people
def frame(study: Study, *, wave: str) -> pl.DataFrame:
    """The frame of a wave as it was drawn: rows of FRAME, by country and unit."""
    rows = FrameUnit.objects.filter(wave=wave).values_list(*FRAME)
    return _table(rows, FRAME).sort("country", "unit")


@with_people
def answers_of(study: Study, *, wave: str) -> pl.DataFrame:
    """All answers of a wave: rows of ANSWERS, those that were replaced too.

    Of several of the same item and moment, those that were kept later are moved on by a
    microsecond each, so that the newest is always the one that counts. Raises SurveyError where
    they are made up and study.toml does not say so.
    """
    check_says_that_it_is_made_up(study)
    rows = (
        Answer.objects.filter(form__unit__wave=wave)
        .order_by("id")
        .values_list("form__unit__country", "form__unit__unit", "form__respondent__code",
                     "item", "value", "at")
    )  # fmt: skip
    columns = {name: kind for name, kind in ANSWERS.items() if name != "wave"}
    key = ["country", "unit", "respondent", "item"]
    found = _table(rows, columns).with_columns(wave=pl.lit(wave, pl.String()))
    place = pl.int_range(pl.len(), dtype=pl.Int64())
    moment = pl.col("at").dt.epoch("us")
    # Each at least a microsecond after the one before: moments less their places never fall.
    growing = ((moment - place).cum_max() + place).over(key)
    ordered = found.sort(*key, "at", maintain_order=True).with_columns(at=growing)
    return ordered.select(pl.col(name).cast(kind) for name, kind in ANSWERS.items())


@with_people
def history(study: Study, *, wave: str, country: str, unit: str, item: str) -> pl.DataFrame:
    """What a unit has said to one item over time: rows of HISTORY, by respondent and moment."""
    rows = (
        Answer.objects.filter(
            form__unit__wave=wave, form__unit__country=country, form__unit__unit=unit, item=item
        )
        .order_by("form__respondent__code", "at", "id")
        .values_list("form__respondent__code", "item", "value", "at", "how", "source__name")
    )
    return _table(rows, HISTORY)


@with_people
def status(study: Study, *, wave: str) -> pl.DataFrame:
    """How a wave stands: rows of STATUS, in all, by size class and by county.

    A unit counts once, however many are asked there, and it counts in the frame as it was drawn.
    """
    units = _standing(wave)
    if units.is_empty():
        return pl.DataFrame(schema=STATUS)
    smallest_first, by_name = pl.col("population").min(), pl.col("group").first()
    parts = [
        _counted(units.with_columns(group=pl.lit("all")), by_name),
        _counted(units.with_columns(group="size:" + pl.col("size_class")), smallest_first),
        _counted(units.with_columns(group="county:" + pl.col("county")), by_name),
    ]
    rated = pl.concat(parts).with_columns(rate=pl.col("submitted") / pl.col("units"))
    return rated.select(pl.col(name).cast(kind) for name, kind in STATUS.items())


@with_people
def not_answered(study: Study, *, wave: str) -> pl.DataFrame:
    """The frame's units that have not submitted, and how far they came: rows of NOT_ANSWERED."""
    steps = ("refused", "begun", "opened", "bounced", "asked")
    furthest = pl.coalesce(
        *(pl.when(pl.col(step)).then(pl.lit(step)) for step in steps), pl.lit("not_asked")
    )
    left = _standing(wave).filter(~pl.col("submitted")).with_columns(state=furthest)
    return left.select(*NOT_ANSWERED).sort("country", "unit")


@with_people
def respondents(study: Study, *, wave: str) -> pl.DataFrame:
    """Who is asked, without names and addresses: rows of RESPONDENTS, one a form."""
    letters = _letters_by_invitation(wave)
    forms = Form.objects.filter(unit__wave=wave).select_related("unit", "respondent__invitation")
    rows = [
        (
            form.respondent.code, form.unit.country, form.unit.unit, form.respondent.role,
            form.respondent.language, invitation.state if invitation else None,
            letters.get(invitation.id, 0) if invitation else 0,
            form.opened, form.submitted, form.refused,
        )
        for form in forms
        for invitation in [getattr(form.respondent, "invitation", None)]
    ]  # fmt: skip
    return _table(rows, RESPONDENTS).sort("country", "unit", "respondent")


@with_people
def paradata(study: Study, *, wave: str) -> pl.DataFrame:
    """What happened when, without what was answered: rows of PARADATA, by moment.

    Events are "sent", "reminded", "bounced", "opened", "saved", "submitted", "refused",
    "passed_on", "replaced", "revoked", "erased".
    """
    events = Event.objects.filter(respondent__wave=wave).values_list(
        "respondent__code", "form__unit__country", "form__unit__unit", "kind", "at"
    )
    saved = (
        Answer.objects.filter(form__unit__wave=wave, source__isnull=True)
        .values_list("form__respondent__code", "form__unit__country", "form__unit__unit", "at")
        .distinct()
    )
    rows = [*events, *((*where, "saved", at) for *where, at in saved)]
    return _table(rows, PARADATA).sort("at", "respondent", "event")


def given_in(form: int) -> Mapping[str, str]:
    """What counts now of the answers of one form: item -> value."""
    rows = Answer.objects.filter(form=form).order_by("at", "id").values_list("item", "value")
    return {item: value for item, value in dict(rows).items() if value is not None}


def _standing(wave: str) -> pl.DataFrame:
    """The frame's units with what became of each: a column for each step, true or false."""
    drawn = _table(
        FrameUnit.objects.filter(wave=wave).values_list("id", *FRAME), {"id": pl.Int64(), **FRAME}
    )
    schema = {"id": pl.Int64(), **dict.fromkeys(_STEPS, pl.Boolean())}
    forms = _table(_steps(wave), schema)
    of_units = forms.group_by("id").agg(
        *(pl.col(step).any() for step in _STEPS if step != "bounced"), pl.col("bounced").all()
    )
    joined = drawn.join(of_units, on="id", how="left").with_columns(
        pl.col(step).fill_null(value=False) for step in _STEPS
    )
    return joined.with_columns(refused=pl.col("refused") & ~pl.col("submitted"))


def _counted(units: pl.DataFrame, order: pl.Expr) -> pl.DataFrame:
    """How many units of each group took each step."""
    known = units.drop_nulls("group").group_by("group")
    steps = (pl.col(step).sum() for step in _STEPS)
    return (
        known.agg(order.alias("order"), pl.len().alias("units"), *steps)
        .sort("order", "group", nulls_last=True)
        .drop("order")
    )


_STEPS = ("asked", "opened", "begun", "submitted", "refused", "bounced")


def _steps(wave: str) -> list[tuple[Any, ...]]:
    """Of each form: its unit, and which steps were taken."""
    letters = _letters_by_invitation(wave)
    forms = (
        Form.objects.filter(unit__wave=wave)
        .annotate(is_begun=Exists(Answer.objects.filter(form=OuterRef("pk"))))
        .values_list(
            "unit_id", "respondent__invitation__id", "opened", "is_begun", "submitted", "refused",
            "respondent__invitation__bounced",
        )
    )  # fmt: skip
    return [
        (unit, bool(letters.get(invitation)), bool(opened), begun, bool(submitted), bool(refused),
         bool(bounced))
        for unit, invitation, opened, begun, submitted, refused, bounced in forms
    ]  # fmt: skip


def _letters_by_invitation(wave: str) -> Mapping[int, int]:
    """How many letters went out, or may have, by invitation."""
    rows = Letter.objects.filter(invitation__respondent__wave=wave).exclude(
        state__in=("later", "refused")
    )
    counts: dict[int, int] = {}
    for invitation in rows.values_list("invitation_id", flat=True):
        counts[invitation] = counts.get(invitation, 0) + 1
    return counts


def _table(rows: Iterable[tuple[Any, ...]], schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema=dict(schema), orient="row")
