"""Answers that came from elsewhere: another survey system's file, or a simulation."""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import polars as pl
from django.db import transaction
from django.db.models import Max

from torg.errors import SurveyError
from torg.site.answers.models import Answer, Form, FrameUnit, Respondent, Source
from torg.site.answers.permissions import check_can_lie_together
from torg.site.opening import with_people
from torg.study import Study
from torg.survey import ANSWERS

_BATCH = 5000  # rows that go to the database at once
_MOST_NAMED = 5

Unit = tuple[str, str]
Key = tuple[str, str, str]  # respondent, country, unit
Place = tuple[int, str, dt.datetime]  # form, item, moment


@dataclass(frozen=True, kw_only=True)
class Stored:
    """What became of answers from elsewhere."""

    new: int
    known: int  # there already, word for word


@with_people
def store_answers(
    study: Study,
    answers: pl.DataFrame,
    *,
    name: str,
    sha256: str | None = None,
    simulated: bool = False,
    at: dt.datetime | None = None,
) -> Stored:
    """Keep rows of ANSWERS of one wave; `name` and `sha256` are the file's that they come from.

    The same file or the same rows twice change nothing. Without a `sha256` the rows' own is taken.
    Raises SurveyError where the wave has no frame, a unit is not in it, or made-up answers would
    lie beside real ones; then nothing is kept.
    """
    rows = answers.select(*ANSWERS).sort("country", "unit", "respondent", "at", maintain_order=True)
    if rows.is_empty():
        return Stored(new=0, known=0)
    check_can_lie_together(study, simulated=simulated)
    wave = str(rows.get_column("wave").unique().item())
    units = _units(wave, rows)
    seal = sha256 or hashlib.sha256(rows.write_csv().encode()).hexdigest()
    with transaction.atomic():
        if Source.objects.filter(wave=wave, sha256=seal).exists():
            return Stored(new=0, known=rows.height)
        how = "simulated" if simulated else "elsewhere"
        source = Source.objects.create(
            wave=wave, name=name, sha256=seal, how=how, at=at or dt.datetime.now(dt.UTC)
        )
        forms = _forms(wave, rows, units, source)
        fresh = list(_fresh(rows, forms, source))
        Answer.objects.bulk_create(fresh, batch_size=_BATCH)
        _submit(forms)
    return Stored(new=len(fresh), known=rows.height - len(fresh))


def _units(wave: str, rows: pl.DataFrame) -> Mapping[Unit, FrameUnit]:
    units = {(unit.country, unit.unit): unit for unit in FrameUnit.objects.filter(wave=wave)}
    if not units:
        raise SurveyError(f"wave '{wave}' has no frame yet: draw it first.")
    answering = rows.select("country", "unit").unique().sort("country", "unit").rows()
    strange = [" ".join(unit) for unit in answering if unit not in units]
    if strange:
        named = ", ".join(strange[:_MOST_NAMED])
        raise SurveyError(
            f"{len(strange)} units are not in the frame of wave '{wave}': {named}. Mend their "
            "codes, or leave them out."
        )
    return units


def _forms(
    wave: str, rows: pl.DataFrame, units: Mapping[Unit, FrameUnit], source: Source
) -> Mapping[Key, Form]:
    """A form for each respondent and unit, made where there is none."""
    wanted = rows.select("respondent", "country", "unit").unique().sort(pl.all()).rows()
    people = _people(wave, sorted({code for code, *_ in wanted}), source)
    known = _known_forms(wave)
    missing = [key for key in wanted if key not in known]
    made = Form.objects.bulk_create(
        (
            Form(respondent=people[code], unit=units[country, unit])
            for code, country, unit in missing
        ),
        batch_size=_BATCH,
    )
    every = {**known, **dict(zip(missing, made, strict=True))}
    return {key: every[key] for key in wanted}


def _known_forms(wave: str) -> dict[Key, Form]:
    forms = Form.objects.filter(unit__wave=wave).select_related("respondent", "unit")
    return {(form.respondent.code, form.unit.country, form.unit.unit): form for form in forms}


def _people(wave: str, codes: list[str], source: Source) -> Mapping[str, Respondent]:
    known = {each.code: each for each in Respondent.objects.filter(wave=wave)}
    made = Respondent.objects.bulk_create(
        (
            Respondent(wave=wave, code=code, source=source, made=source.at)
            for code in codes
            if code not in known
        ),
        batch_size=_BATCH,
    )
    return {**known, **{each.code: each for each in made}}


def _fresh(rows: pl.DataFrame, forms: Mapping[Key, Form], source: Source) -> Iterator[Answer]:
    """Answers for the rows that are not kept already."""
    said: dict[Place, list[str | None]] = defaultdict(list)
    for row in rows.iter_rows(named=True):
        form = forms[row["respondent"], row["country"], row["unit"]]
        said[form.id, row["item"], row["at"]].append(row["value"])
    kept = _kept(_wave_of(forms))
    for (form_id, item, at), values in said.items():
        for value in _new(values, kept.get((form_id, item, at), [])):
            yield Answer(
                form_id=form_id, item=item, value=value, at=at, how=source.how, source=source
            )


def _new(said: list[str | None], kept: list[str | None]) -> list[str | None]:
    """Of what is said of one item at one moment, in its order, what has to be added."""
    if kept[len(kept) - len(said) :] == said:
        return []
    return said[len(kept) :] if said[: len(kept)] == kept else said


def _kept(wave: str) -> Mapping[Place, list[str | None]]:
    kept: dict[Place, list[str | None]] = defaultdict(list)
    rows = Answer.objects.filter(form__unit__wave=wave).order_by("id")
    for form, item, at, value in rows.values_list("form", "item", "at", "value").iterator():
        kept[form, item, at].append(value)
    return kept


def _wave_of(forms: Mapping[Key, Form]) -> str:
    return str(next(iter(forms.values())).unit.wave)


def _submit(forms: Mapping[Key, Form]) -> None:
    """What comes from elsewhere was handed in there: at the moment of its last answer."""
    wave = _wave_of(forms)
    newest = dict(
        Answer.objects.filter(form__unit__wave=wave).values_list("form").annotate(newest=Max("at"))
    )
    changed = list(forms.values())
    for form in changed:
        form.submitted, form.refused = newest[form.id], None
    Form.objects.bulk_update(changed, ["submitted", "refused"], batch_size=500)
