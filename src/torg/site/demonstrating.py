"""The demo: an invented country, what it answered, and people to try the site as."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any

import polars as pl

from torg import main
from torg.errors import TorgError
from torg.experience import change_of
from torg.register import read_register
from torg.release import Release
from torg.simulate import SimulatedStudy
from torg.site.accounts.actions import add_account, link_account, make_room_link
from torg.site.accounts.letters import account_path, room_path
from torg.site.accounts.models import Account
from torg.site.accounts.visiting import Visitor
from torg.site.answers.actions import link_for, store_answers
from torg.site.answers.inviting import make_invitation
from torg.site.answers.models import Answer, Contact, FrameUnit, Respondent
from torg.site.current import serve_study
from torg.site.experience.actions import (
    accept_experience,
    begin_campaign,
    begin_experience,
    join_campaign,
    make_request,
    send_experience,
)
from torg.site.experience.content import Content
from torg.site.experience.models import Experience
from torg.site.experience.observed import hidden_of, key_of, weeks_of
from torg.site.joined import answered_survey, drawn
from torg.site.room.channels import channels_of
from torg.study import Study
from torg.surveying import wave_of

WAVE = "2024-autumn"  # the wave that stays open
STAFF = "analyst@study.example"
_USUAL = (5_000, 20_000)  # inhabitants of the municipalities that the demo speaks for


@dataclass(frozen=True)
class Demonstrated:
    """A study to look around in: its release, and the addresses to come in by, what each is for."""

    study: Study
    release: Release
    ways_in: tuple[tuple[str, str], ...]


def demo(
    folder: Path, *, municipalities: int = 357, weeks: int = 17, seed: int = 1
) -> Demonstrated:
    """Simulate a country and run the whole road on it.

    The same call again changes nothing of it, and makes new links.
    """
    study, made = main.demo_study(folder, municipalities=municipalities, weeks=weeks, seed=seed)
    for wave in made.answers:
        _answer(study, made, wave)
    release = main.run(study, survey=answered_survey(study))
    serve_study(study)  # what is told has to fit what the release says
    units = _units(study)
    if not Experience.objects.exists():
        _tell(units)
    return Demonstrated(study, release, tuple(_ways_in(study, units)))


def _answer(study: Study, made: SimulatedStudy, name: str) -> None:
    """Draw the wave's frame and keep what its units would answer."""
    frame = drawn(study, wave_of(made.questionnaire, name))
    answers = made.answers[name].join(
        frame, on=["country", "unit"], how="semi", maintain_order="left"
    )
    store_answers(study, answers, name=f"simulated {name}", simulated=True)


def _units(study: Study) -> list[FrameUnit]:
    """The municipalities that the demo speaks for: of a usual size, and not heard yet."""
    heard = Answer.objects.filter(how="simulated", form__unit__wave=WAVE).values("form__unit")
    silent = FrameUnit.objects.filter(wave=WAVE).exclude(id__in=heard)
    usual = silent.filter(population__range=_USUAL).order_by("unit")
    return list(usual) or list(silent.order_by("unit"))


def _visitor(unit: FrameUnit) -> Visitor:
    return Visitor(role="municipality", is_named="the demo", country=unit.country, unit=unit.unit)


def _tell(units: list[FrameUnit]) -> None:
    """Let some municipalities tell, ask and join."""
    said = tomllib.loads((files("torg.site") / "invented.toml").read_text(encoding="utf-8"))
    editor = Visitor(role="editor", is_named="the demo")
    first = Content(**said["trials"][0])
    fits = max(units, key=lambda unit: _went_well(first, key_of(unit.country, unit.unit)))
    who = [_visitor(unit) for unit in (fits, *(unit for unit in units if unit is not fits))]
    for place, trial in enumerate((*said["trials"], said["waiting"])):
        visitor = who[place % len(who)]
        number = begin_experience(visitor, Content(**trial))
        send_experience(visitor, number)
        if trial is not said["waiting"]:
            accept_experience(editor, number)
    make_request(who[-1], **said["request"])
    campaign = begin_campaign(who[0], **said["campaign"])
    for visitor in who[1:6]:
        join_campaign(visitor, campaign)


def _went_well(content: Content, place: str) -> tuple[int, int]:
    """How well the figures beside an experience fit that it went well: few fell, many rose."""
    told = [
        change_of(
            weeks_of(name).get(place, {}), begins=content.begins, ends=content.ends,
            hidden=hidden_of(name).get(place, frozenset()),
        ).change or 0
        for name in content.shown_measures if content.begins is not None
    ]  # fmt: skip
    return -sum(each < 0 for each in told), sum(each > 0 for each in told)


def _ways_in(study: Study, units: list[FrameUnit]) -> list[tuple[str, str]]:
    asked, (other, file) = units[0], _with_file(study, units)
    staff = Account.objects.filter(address=STAFF).first()
    made = link_account(study, staff.pk) if staff else add_account(study, STAFF, role="analyst")
    link = link_for(study, wave=WAVE, respondent=_ask(asked))
    _ask(other)  # so that its room has the survey in it
    room = room_path(make_room_link(study, other.country, other.unit))
    return [
        (f"Answer the survey for {asked.name}", _path(link)),
        (f"Enter the room of {other.name}, and hand in {file}", room),
        (f"Be the staff, as {STAFF}, with an app for one-time codes", account_path(made.token)),
    ]


def _with_file(study: Study, units: list[FrameUnit]) -> tuple[FrameUnit, Path]:
    """The last of the municipalities that posted, and an export of its own page to hand in."""
    (whole,) = (study.folder / "simulated" / "exports").glob("facebook_posts_*.csv")
    posts = pl.read_csv(whole, infer_schema=False)
    register = read_register(study.register_folder)
    for unit in reversed(units):
        own = channels_of(register, unit.country, unit.unit)
        rows = posts.filter(pl.col("Facebook Id").is_in([n for each in own for n in each.names]))
        if not rows.is_empty():
            break
    file = study.folder / "simulated" / "hand-in" / whole.name
    file.parent.mkdir(exist_ok=True)
    rows.write_csv(file, quote_style="non_numeric")
    return unit, file


def _path(link: str) -> str:
    """The link without the server: the demo may run at another port than study.toml says."""
    return "/answer/" + link.rpartition("/")[2]


def _ask(unit: FrameUnit) -> str:
    """The respondent who was invited for a unit."""
    at = dt.datetime.now(dt.UTC)
    contact, _ = Contact.objects.get_or_create(
        country=unit.country, unit=unit.unit, address=f"post@{unit.unit}.example",
        defaults={"role": "registry", "language": "", "added": at},  # its browser says which
    )  # fmt: skip
    known = Respondent.objects.filter(wave=unit.wave, contact=contact).first()
    return str((known or make_invitation(contact, [unit], unit.wave, at).respondent).code)


def check_front_page(study: Study) -> str:
    """Ask the site itself for its front page, as a browser would; gives the page's title.

    Raises TorgError where it does not answer with a page.
    """
    from torg.site.application import application_of

    status: list[str] = []
    answer = application_of(study)(_call("/en/"), lambda said, _headers: status.append(said))
    text = b"".join(answer).decode()
    if status != ["200 OK"] or "</html>" not in text:
        raise TorgError(f"the site's front page was not shown: {' '.join(status)}.")
    return text.partition("<title>")[2].partition("</title>")[0]


def _call(path: str) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "SCRIPT_NAME": "", "QUERY_STRING": "",
        "SERVER_NAME": "localhost", "SERVER_PORT": "8000", "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.input": BytesIO(), "wsgi.url_scheme": "http", "wsgi.errors": BytesIO(),
        "wsgi.multithread": True, "wsgi.multiprocess": False, "wsgi.run_once": False,
    }  # fmt: skip
