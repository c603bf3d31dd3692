"""Ask: addresses taken in, letters looked at and sent, what came back, one unit's own case."""

from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse

from torg.errors import SurveyError, TorgError
from torg.locale import message, translate
from torg.site.accounts.forms import asked, number_said, said
from torg.site.answers.actions import add_addresses, bounced, note_refusal, replace, revoke
from torg.site.answers.models import FrameUnit
from torg.site.audit.actions import note
from torg.site.current import current_study
from torg.site.doors import door
from torg.site.joined import drawn
from torg.site.staff.asked import (
    AskedWave,
    addresses_by_unit,
    check_can_send,
    letter_in,
    would_go_out,
)
from torg.site.staff.jobs import LETTERS, letters_kind
from torg.site.staff.telling import staff_page, told
from torg.site.staff.views.waves import asked_of, wave_or_404
from torg.site.work.actions import ask_for
from torg.site.work.models import Job

MOST_BYTES = 5_000_000  # of a list of addresses, or of reports that came back

ADDED = message("%(new)s addresses are new, %(changed)s changed, %(same)s were there before.")
CAME_BACK = message(
    "%(marked)s letters did not arrive, %(known)s were known, %(delayed)s are still tried, "
    "%(other)s say nothing."
)
REPLACED = message("The new address is asked with the next invitations.")


@door("reader")
def addresses(request: HttpRequest, wave: str) -> HttpResponse:
    """How many addresses each unit has; the addresses themselves are not shown."""
    return _addresses_page(request, wave_or_404(wave))


@door("analyst", methods=("POST",))
def take_addresses(request: HttpRequest, wave: str) -> HttpResponse:
    """Take a list of addresses in: all of it, or nothing and why."""
    asked = wave_or_404(wave)
    try:
        with transaction.atomic():
            drawn(asked.study, asked.wave)
            added = _with_files(request, lambda files: add_addresses(asked.study, files[0]))
            counts = {"new": added.new, "changed": added.changed, "same": added.same}
            note(request.visitor, "took addresses in", about=f"wave {wave}", counts=counts)
    except TorgError as error:
        return _addresses_page(request, asked, fault=error)
    return told(request, ADDED, "staff_addresses", says=counts, wave=wave)


@door("analyst", methods=("POST",))
def take_bounces(request: HttpRequest, wave: str) -> HttpResponse:
    """Take reports of failed delivery in."""
    asked = wave_or_404(wave)
    what, names = "took reports of failed delivery in", ("marked", "known", "delayed", "other")
    try:
        with transaction.atomic():
            came = _with_files(request, lambda files: bounced(asked.study, files))
            counts = {name: getattr(came, name) for name in names}
            note(request.visitor, what, about=f"wave {wave}", counts=counts)
    except TorgError as error:
        return _addresses_page(request, asked, fault=error)
    return told(request, CAME_BACK, "staff_addresses", says=counts, wave=wave)


@door("reader")
def letters(request: HttpRequest, wave: str, kind: str) -> HttpResponse:
    """The letters as they would go out, in each language, and how many."""
    if kind not in LETTERS:
        raise Http404
    return _letters_page(request, wave_or_404(wave), kind)


@door("analyst", methods=("POST",))
def send(request: HttpRequest, wave: str, kind: str) -> HttpResponse:
    """Send the letters that were looked at, in the background, once that is confirmed."""
    asked = wave_or_404(wave)
    try:
        letters_kind(kind)
        if said(request, "confirmed") != "yes":
            raise SurveyError("the number of letters is not confirmed: tick the box.")
        check_can_send(asked, kind, expected=number_said(request, "letters"))
        job = _asked_for_letters(request, wave, kind)
    except TorgError as error:
        return _letters_page(request, asked, kind, fault=error)
    return told(request, message("The letters are on their way."), "staff_job", number=job.pk)


@door("reader")
def unit(request: HttpRequest, wave: str) -> HttpResponse:
    """One unit of the wave: who is asked there, and what can be done about it."""
    country, _, code = asked(request, "place").partition(":")
    return _unit_page(request, wave_or_404(wave), country, code)


@door("analyst", methods=("POST",))
def replace_address(request: HttpRequest, wave: str) -> HttpResponse:
    """Ask another address of the unit."""

    def act(country: str, code: str) -> tuple[str, dict[str, Any]]:
        old = said(request, "old", longest=300) or None
        replace(
            current_study(), wave=wave, country=country, unit=code, old=old,
            address=said(request, "address", longest=300),
        )  # fmt: skip
        return REPLACED, {}

    return _done_to_unit(request, wave, "replaced an address", act)


@door("analyst", methods=("POST",))
def revoke_links(request: HttpRequest, wave: str) -> HttpResponse:
    """Take the unit's links back."""

    def act(country: str, code: str) -> tuple[str, dict[str, Any]]:
        n = revoke(current_study(), wave=wave, country=country, unit=code)
        sentence = translate(request.language).count(
            "%(n)s link opens nothing any more.", "%(n)s links open nothing any more.", n
        )
        return sentence, {"n": n}

    return _done_to_unit(request, wave, "took a unit's links back", act)


@door("analyst", methods=("POST",))
def refuse_for(request: HttpRequest, wave: str) -> HttpResponse:
    """Note that the unit said no."""

    def act(country: str, code: str) -> tuple[str, dict[str, Any]]:
        n = note_refusal(current_study(), wave=wave, country=country, unit=code)
        sentence = translate(request.language).count(
            "%(n)s respondent has refused, and is not reminded.",
            "%(n)s respondents have refused, and are not reminded.", n,
        )  # fmt: skip
        return sentence, {"n": n}

    return _done_to_unit(request, wave, "noted a refusal", act)


def _done_to_unit(
    request: HttpRequest,
    wave: str,
    what: str,
    act: Callable[[str, str], tuple[str, dict[str, Any]]],
) -> HttpResponse:
    asked = wave_or_404(wave)
    country, _, code = said(request, "place").partition(":")
    try:
        with transaction.atomic():
            sentence, detail = act(country, code)
            note(request.visitor, what, about=f"wave {wave}", country=country, unit=code, **detail)
    except TorgError as error:
        return _unit_page(request, asked, country, code, fault=error)
    return told(request, sentence, "staff_unit", query=f"place={country}:{code}", wave=wave)


def _asked_for_letters(request: HttpRequest, wave: str, kind: str) -> Job:
    with transaction.atomic():
        under_way = Job.objects.filter(kind="send letters", state__in=("waiting", "running"))
        if under_way.exists():
            raise SurveyError("letters are under way already: wait until they are out.")
        job = ask_for("send letters", by=request.visitor.is_named, wave=wave, letters=kind)
        note(request.visitor, "sent letters", about=f"wave {wave}", kind=kind, job=job.pk)
    return job


def _with_files(request: HttpRequest, function: Callable[[Sequence[Path]], Any]) -> Any:  # noqa: ANN401
    """Call a function with the files that were sent, which lie in a folder of their own till then.

    Faults name the file as its sender calls it. Raises SurveyError where none came, or too much.
    """
    files = request.FILES.getlist("file")
    if not files:
        raise SurveyError("no file came: choose one.")
    if sum(each.size for each in files) > MOST_BYTES:
        raise SurveyError(f"that is more than {MOST_BYTES // 1_000_000} MB: send less at a time.")
    with TemporaryDirectory(prefix="torg-") as folder:
        paths = [Path(folder, f"{number}.file") for number, _ in enumerate(files)]
        for path, sent in zip(paths, files, strict=True):
            path.write_bytes(sent.read())
        try:
            return function(paths)
        except SurveyError as error:
            raise SurveyError(_as_sent(str(error), paths, files)) from None


def _as_sent(text: str, paths: Sequence[Path], files: Sequence[Any]) -> str:
    for path, sent in zip(paths, files, strict=True):
        text = text.replace(str(path), sent.name)
    return text


def _addresses_page(
    request: HttpRequest, asked: AskedWave, *, fault: TorgError | None = None
) -> HttpResponse:
    return staff_page(
        request, "addresses", here="staff_survey", wave=asked.wave, fault=fault,
        units=addresses_by_unit(asked.wave.id),
    )  # fmt: skip


def _letters_page(
    request: HttpRequest, asked: AskedWave, kind: str, *, fault: TorgError | None = None
) -> HttpResponse:
    written, letters = [], 0
    try:
        languages = asked.questionnaire.languages
        written = [(language, letter_in(asked, kind, language)) for language in languages]
        shown = would_go_out(asked, kind)
        letters = shown.letters if shown else 0
    except TorgError as error:
        fault = fault or error
    return staff_page(
        request, "letters", here="staff_survey", wave=asked.wave, kind=kind, written=written,
        letters=letters, is_open=asked.is_open, fault=fault,
    )  # fmt: skip


def _unit_page(
    request: HttpRequest, asked: AskedWave, country: str, code: str,
    *, fault: TorgError | None = None,
) -> HttpResponse:  # fmt: skip
    found = FrameUnit.objects.filter(wave=asked.wave.id, country=country, unit=code).first()
    if found is None and fault is None:
        raise Http404
    return staff_page(
        request, "unit", here="staff_survey", wave=asked.wave, unit=found, fault=fault,
        place=f"{country}:{code}", respondents=asked_of(asked.wave.id, country, code),
    )  # fmt: skip
