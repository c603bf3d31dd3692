"""Keep a wave's frame as it was drawn, so that response rates do not move with the register."""

import polars as pl
from django.db import transaction

from torg.errors import SurveyError
from torg.site.answers.models import Form, FrameUnit
from torg.site.answers.queries import frame as kept_frame
from torg.site.opening import with_people
from torg.study import Study
from torg.survey import FRAME


@with_people
def draw_frame(study: Study, frame: pl.DataFrame, *, anew: bool = False) -> pl.DataFrame:
    """Keep a wave's frame (rows of FRAME, one wave), and give it as it is kept.

    A frame that was drawn before stays, whatever the register says since. `anew` puts this one in
    its place, as long as nobody was asked and nothing answered. Raises SurveyError where that is
    too late.
    """
    wave = _wave_of(frame)
    with transaction.atomic():
        kept = FrameUnit.objects.filter(wave=wave)
        if anew and Form.objects.filter(unit__wave=wave).exists():
            raise SurveyError(
                f"wave '{wave}' has invitations or answers already, so its frame stays as it was "
                "drawn: make another wave."
            )
        if anew:
            kept.delete()
        if not kept.exists():
            rows = frame.select(*FRAME).sort("country", "unit").iter_rows(named=True)
            FrameUnit.objects.bulk_create(FrameUnit(**row) for row in rows)
    return kept_frame(study, wave=wave)


def _wave_of(frame: pl.DataFrame) -> str:
    waves = frame.get_column("wave").unique().to_list()
    if len(waves) != 1:
        raise ValueError(f"a frame is of one wave, and this one of {len(waves)}")
    return str(waves[0])
