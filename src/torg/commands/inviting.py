"""Ask, remind, and see who has answered."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

from typer import Argument, Option

from torg import show, site, surveying
from torg.commands.answers import Json
from torg.commands.app import chosen_study, survey_app
from torg.errors import UserError
from torg.study import Study
from torg.survey import Questionnaire
from torg.survey import Wave as AskedWave

Wave = Annotated[
    str | None, Option(metavar="ID", help="Which wave; without it the one that opens last.")
]
Address = Annotated[str, Argument(metavar="ADDRESS", help="A mail address.")]
Unit = Annotated[
    str, Argument(metavar="COUNTRY:CODE", help="A unit, as NO:0301 or 'NO:county:Akershus'.")
]
DryRun = Annotated[
    bool, Option("--dry-run", help="Send nothing; show one letter and say how many there are.")
]


def chosen_wave(wave: str | None) -> tuple[Study, Questionnaire, AskedWave]:
    """The study that the call is about, its questionnaire, and the wave it names."""
    study = chosen_study()
    questionnaire = surveying.questionnaire_of(study)
    return study, questionnaire, surveying.wave_of(questionnaire, wave)


@survey_app.command()
def addresses(
    path: Annotated[Path, Argument(metavar="FILE", help="CSV: country,unit,address,role,language")],
    *,
    wave: Wave = None,
    json: Json = False,
) -> None:
    """Take in whom to write to: the address of a role, not of a person, where there is one."""
    study, _, asked = chosen_wave(wave)
    site.drawn(study, asked)
    show.rows([asdict(site.add_addresses(study, path))], as_json=json)


@survey_app.command()
def invite(
    *,
    wave: Wave = None,
    dry_run: DryRun = False,
    again: Annotated[
        bool, Option("--again", help="Also those of whom it is unsure whether a letter went out.")
    ] = False,
    json: Json = False,
) -> None:
    """Send each respondent a letter with a personal link.

    Behind the link is the form on the study's site: it must run, at the address in `link`.
    """
    study, questionnaire, asked = chosen_wave(wave)
    site.drawn(study, asked)
    if dry_run:
        _show_letter(study, questionnaire, asked, kind="invitation", as_json=json)
        return
    with show.working("Writing letters"):
        sent = site.invite(study, questionnaire, wave=asked.id, again=again)
    _show_sent(sent, as_json=json)


@survey_app.command()
def remind(
    *,
    wave: Wave = None,
    after_days: Annotated[int, Option(min=1, help="Not sooner after the last letter.")] = 7,
    dry_run: DryRun = False,
    json: Json = False,
) -> None:
    """Write again to those who have not answered."""
    study, questionnaire, asked = chosen_wave(wave)
    if dry_run:
        _show_letter(study, questionnaire, asked, kind="reminder", as_json=json)
        return
    with show.working("Writing letters"):
        sent = site.remind(study, questionnaire, wave=asked.id, after_days=after_days)
    _show_sent(sent, as_json=json)


def _show_letter(
    study: Study, questionnaire: Questionnaire, wave: AskedWave, *, kind: str, as_json: bool
) -> None:
    shown = site.preview_letter(study, questionnaire, wave=wave.id, kind=kind)
    if shown is None:
        show.rows([], as_json=as_json, nothing="There is nobody to write to.")
    elif as_json:
        show.rows([asdict(shown)], as_json=True)
    else:
        show.line(f"{shown.letters} letters; the first:\n\n{shown.subject}\n\n{shown.text}")


def _show_sent(sent: Any, *, as_json: bool) -> None:  # noqa: ANN401 -- site's values have no types
    lacking = [f"{country}:{unit}" for country, unit in sent.without_address]
    show.rows([{**asdict(sent.letters), "without_address": lacking}], as_json=as_json)


@survey_app.command()
def status(
    *,
    representativity: Annotated[
        bool,
        Option("--representativity", help="How like all those are that answered."),
    ] = False,
    wave: Wave = None,
    json: Json = False,
) -> None:
    """Say who was asked and who has answered: in all, by size class, by county."""
    study, questionnaire, asked = chosen_wave(wave)
    if representativity:
        found = surveying.likeness(study, site.collected(study, questionnaire), asked)
    else:
        found = site.status(study, wave=asked.id)
    nothing = "Nobody is asked yet: see 'torg survey invite'."
    show.rows(found.to_dicts(), as_json=json, nothing=nothing)


@survey_app.command()
def bounces(
    paths: Annotated[list[Path], Argument(help="Delivery reports: .eml, mbox, Maildir folders.")],
    *,
    json: Json = False,
) -> None:
    """Mark the addresses that delivery reports say do not exist."""
    found = asdict(site.bounced(chosen_study(), paths))
    show.rows([found], as_json=json)


@survey_app.command()
def replace(
    unit: Unit,
    address: Address,
    *,
    old: Annotated[str | None, Option(metavar="ADDRESS", help="Which, of several.")] = None,
    wave: Wave = None,
) -> None:
    """Ask another address of a unit; the old link is revoked."""
    study, _, asked = chosen_wave(wave)
    country, code = _unit(unit)
    site.replace(study, wave=asked.id, country=country, unit=code, address=address, old=old)
    show.line(f"{unit} is asked at the new address with the next 'torg survey invite'.")


@survey_app.command()
def revoke(unit: Unit, *, wave: Wave = None) -> None:
    """Make a unit's personal links worthless; what was answered stays."""
    study, _, asked = chosen_wave(wave)
    country, code = _unit(unit)
    count = site.revoke(study, wave=asked.id, country=country, unit=code)
    show.line(f"{count} links of {unit} open nothing any more.")


@survey_app.command()
def refuse(unit: Unit, *, wave: Wave = None) -> None:
    """Note that a unit said no, by letter or telephone: it is not reminded any more."""
    study, _, asked = chosen_wave(wave)
    country, code = _unit(unit)
    count = site.note_refusal(study, wave=asked.id, country=country, unit=code)
    show.line(f"{count} respondents of {unit} have refused.")


@survey_app.command()
def erase(address: Address) -> None:
    """Erase a respondent's address and name; the municipality's answers stay."""
    count = site.erase(chosen_study(), address=address)
    show.line(f"{count} respondents have neither name nor address any more.")


def _unit(text: str) -> tuple[str, str]:
    country, _, code = text.partition(":")
    if not country or not code:
        raise UserError(f"'{text}' is no unit: write COUNTRY:CODE, as NO:0301.")
    return country, code
