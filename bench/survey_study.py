"""An invented survey with many respondents, each signed in at the site already."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from torg.study import Study, create_study, read_study
from torg.survey import FRAME

WAVE = "2026"
_BOXES = 8

_TOP = """\
id = "load"
title = "Load"
languages = ["en"]

[[wave]]
id = "2026"
opens = {opens}
closes = {closes}
frame_date = 2026-01-01
"""
_QUESTIONS = {
    "strategy": 'kind = "planned"',
    "channels": 'kind = "many"\n[question.options]\n'
    + "\n".join(f'c{number} = "Channel {number}"' for number in range(_BOXES)),
    "pages": 'kind = "number"\nlow = 1',
    "why": 'kind = "text"',
}


@dataclass(frozen=True)
class Respondent:
    """One who answers: code, form, and the session that the link has opened."""

    code: str
    form: int
    session: str

    def turn(self, number: int) -> tuple[str, str, str]:
        """The question, item and value of their nth answer; no two are the same."""
        kinds = (
            ("strategy", "strategy", ("yes", "planned", "no")[number // 4 % 3]),
            ("pages", "pages", str(number)),
            ("channels", f"channels.c{number // 4 % _BOXES}", "yes"),
            ("why", "why", f"In our words, for the {number}th time."),
        )
        return kinds[number % len(kinds)]

    def cookies(self, csrf: str) -> str:
        """What the browser sends along."""
        return f"sessionid={self.session}; csrftoken={csrf}"


def made(folder: Path, *, respondents: int) -> list[Respondent]:
    """Make the study with its frame and respondents; the environment names the database."""
    study = _study(folder)
    from torg.site import add_observers, draw_frame

    codes = [f"{number:04}" for number in range(respondents)]
    draw_frame(study, _frame(codes))
    who = pl.DataFrame({"observer": codes, "country": ["XX"] * respondents, "unit": codes})
    add_observers(study, who, wave=WAVE)
    return list(_signed_in(study))


def _study(folder: Path) -> Study:
    study = create_study(folder, title="Load", template="default")
    today = dt.datetime.now(study.zone).date()
    days = {"opens": today - dt.timedelta(1), "closes": today + dt.timedelta(30)}
    parts = [_TOP.format(**days)]
    parts += [
        f'[[question]]\nid = "{name}"\ntext = "{name.capitalize()}?"\n{rest}\n'
        for name, rest in _QUESTIONS.items()
    ]
    study.questionnaire.write_text("\n".join(parts), encoding="utf-8")
    return read_study(study.folder)


def _frame(codes: list[str]) -> pl.DataFrame:
    rows = [
        {
            "wave": WAVE, "country": "XX", "unit": code, "kind": "municipality",
            "name": f"Town {code}", "county": "North", "population": 5000, "size_class": "5-10k",
        }
        for code in codes
    ]  # fmt: skip
    return pl.DataFrame(rows).select(pl.col(name).cast(kind) for name, kind in FRAME.items())


def _signed_in(study: Study) -> Iterator[Respondent]:
    """Everybody with a link of their own, and a session in which it was opened."""
    from django.contrib.sessions.backends.db import SessionStore

    from torg.site.accounts.visiting import ANSWER_LINK
    from torg.site.answers.models import Form, Link
    from torg.site.configured import configure_for

    configure_for(study)
    now = dt.datetime.now(dt.UTC)
    for form in Form.objects.select_related("respondent").order_by("id"):
        word = hashlib.sha256(secrets.token_bytes(32)).hexdigest()
        link = Link.objects.create(respondent=form.respondent, hash=word, made=now)
        session = SessionStore()
        session[ANSWER_LINK] = link.id
        session.save()
        yield Respondent(form.respondent.code, form.id, session.session_key)
