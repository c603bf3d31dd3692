"""The study for a data archive: DDI-Codebook 2.5 (DDI Alliance, 2012), as XML.

Every item is a variable with its question, its answers and their shares. Those whose answers are
public facts name the file that they are in; of the others the archive gets the figures only.
"""

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from pathlib import Path

from torg.report.survey.exports.variables import (
    LONGEST_LABEL,
    MISSING,
    Variable,
    phrases_of,
    variables,
)
from torg.report.survey.files import file_of
from torg.report.survey.lookup import Figures
from torg.report.survey.phrases import Phrases
from torg.report.survey.results import SurveyResults
from torg.survey import Item, Wave
from torg.survey.questionnaire import text_in

NAMESPACE = "ddi:codebook:2_5"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

Part = ET.Element


def write_codebook(survey: SurveyResults, path: Path, *, language: str) -> None:
    """Write the codebook. `language`: of titles, questions and labels; others stand beside."""
    ET.register_namespace("", NAMESPACE)
    root = _codebook(survey, language)
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    path.write_text(f"{head}{text}\n", encoding="utf-8", newline="\n")


def _codebook(survey: SurveyResults, language: str) -> Part:
    root = Part(_tag("codeBook"), {"version": "2.5", XML_LANG: language})
    _study(_add(root, "stdyDscr"), survey, phrases_of(survey, language))
    public = {each.item.id: each for each in variables(survey, language=language)}
    for wave, name in _files(survey).items():
        _file(_add(root, "fileDscr", ID=name), survey, survey.questionnaire.wave(wave))
    data, figures = _add(root, "dataDscr"), Figures(survey)
    for at, item in enumerate(_items(survey), start=1):
        _variable(data, figures, item, at, public, language)
    return root


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _add(parent: Part, name: str, text: str | None = None, /, **attributes: str) -> Part:
    part = ET.SubElement(parent, _tag(name), attributes)
    if text is not None:
        part.text = _sound(text)
    return part


def _sound(text: str) -> str:
    """Without the control characters that XML 1.0 cannot hold."""
    return "".join(sign for sign in text if sign >= " " or sign in "\t\n")


def _items(survey: SurveyResults) -> list[Item]:
    return [i for i in survey.questionnaire.items.values() if i.question.kind != "text"]


# --- the study ---------------------------------------------------------------------------------


def _study(study: Part, survey: SurveyResults, phrases: Phrases) -> None:
    _citation(_add(study, "citation"), survey, phrases)
    _info(_add(study, "stdyInfo"), survey, phrases)
    _method(_add(study, "method"), survey)
    use = _add(_add(study, "dataAccs"), "useStmt")
    _add(use, "conditions", _CONDITIONS)
    if survey.invented:
        _add(study, "notes", "All names and figures are invented.", type="simulated")


_CONDITIONS = (
    "Answers unit by unit are of questions whose answers are public facts. Of the other questions "
    "there are sums only; small cells are suppressed, and what would give them away."
)


def _citation(citation: Part, survey: SurveyResults, phrases: Phrases) -> None:
    titles = _add(citation, "titlStmt")
    name = text_in(survey.questionnaire.titles, phrases.words.language) or survey.title
    _add(titles, "titl", f"{'INVENTED. ' if survey.invented else ''}{name}")
    for language in survey.questionnaire.languages:
        parallel = _add(titles, "parTitl", text_in(survey.questionnaire.titles, language))
        parallel.set(XML_LANG, language)
    _add(titles, "IDNo", survey.study_id, agency="Torg")
    if survey.asker:
        _add(_add(citation, "rspStmt"), "AuthEnty", survey.asker)
    made = _add(citation, "prodStmt")
    last = max(wave.closes for wave in survey.waves)
    _add(made, "prodDate", str(last), date=str(last))
    _add(made, "software", "Torg", version=survey.code_version)


def _info(info: Part, survey: SurveyResults, phrases: Phrases) -> None:
    said = text_in(survey.questionnaire.introductions, phrases.words.language)
    _add(info, "abstract", said or survey.title)
    about = _add(info, "sumDscr")
    for wave in survey.waves:
        for event, day in (("start", wave.opens), ("end", wave.closes)):
            _add(about, "collDate", str(day), date=str(day), event=event, cycle=wave.id)
    for country in survey.countries:
        _add(about, "nation", country, abbr=country)
    _add(about, "anlyUnit", phrases.words.say(_UNIT[phrases.kind_of()]))
    frames = "; ".join(f"{wave.id}: units of {wave.frame_date}" for wave in survey.waves)
    _add(about, "universe", f"All {_UNIT[phrases.kind_of()]} ({frames}).")
    _add(about, "dataKind", "survey data")


_UNIT = {
    "municipality": "municipalities",
    "county": "counties",
    "both": "municipalities and counties",
}


def _method(method: Part, survey: SurveyResults) -> None:
    collected = _add(method, "dataColl")
    kind = "repeated census" if len(survey.waves) > 1 else "census"
    _add(collected, "timeMeth", kind)
    _add(collected, "sampProc", "Every unit of the frame is asked; not all answer.")
    modes = sorted({wave.mode for wave in survey.waves})
    _add(collected, "collMode", "; ".join(_MODES[mode] for mode in modes))
    for note in survey.weightings:
        _add(
            collected,
            "weight",
            f"{note.wave}: {note.method} by {note.by or 'nothing'}; weights from {note.least:.3f} "
            f"to {note.most:.3f}; Kish factor {note.kish:.3f}.",
        )
    analysed = _add(method, "anlyInfo")
    for row in survey.response.filter(group="all").iter_rows(named=True):
        said = f"{row['wave']}: {row['answered']} of {row['asked']}"
        rate = "" if row["rate"] is None else f" ({row['rate'] * 100:.1f} per cent)"
        _add(analysed, "respRate", said + rate)
    _add(analysed, "EstSmpErr", f"Intervals at {survey.confidence * 100:g} per cent confidence.")


_MODES = {"questionnaire": "self-administered web questionnaire", "observation": "observation"}


def _files(survey: SurveyResults) -> dict[str, str]:
    """The waves that have a file of facts, each with the file's name in the codebook."""
    there = set(survey.facts["wave"])
    waves = [wave.id for wave in survey.waves if wave.id in there]
    return {wave: f"F{at}" for at, wave in enumerate(waves, start=1)}


def _file(part: Part, survey: SurveyResults, wave: Wave) -> None:
    text = _add(part, "fileTxt")
    _add(text, "fileName", f"facts-{file_of(wave)}.sav")
    _add(text, "fileCont", f"Answers of {wave.id} that are public facts, a row for each unit.")
    size = _add(text, "dimensns")
    units = survey.facts.filter(wave=wave.id).select("country", "unit").unique()
    _add(size, "caseQnty", str(units.height))
    _add(text, "fileType", "SPSS")


# --- the variables -----------------------------------------------------------------------------


def _variable(
    data: Part,
    figures: Figures,
    item: Item,
    at: int,
    public: Mapping[str, Variable],
    language: str,
) -> None:
    survey = figures.survey
    phrases, mine = phrases_of(survey, language), public.get(item.id)
    part = _add(data, "var", ID=f"V{at}", name=mine.name if mine else item.id)
    part.set("intrvl", "contin" if item.is_number else "discrete")
    if mine:
        there = _files(survey).items()
        files = " ".join(name for wave, name in there if item.question.is_asked_in(wave))
        if files:
            part.set("files", files)
    _add(part, "labl", phrases.whole(item)[:LONGEST_LABEL])
    _question(_add(part, "qstn"), survey, item)
    if mine:
        wrong = _add(part, "invalrng")
        for number in sorted(MISSING.values()):
            _add(wrong, "item", VALUE=str(number))
    base = phrases.of_base(item)
    _add(part, "universe", f"{base}; {_asked(survey, item)}")
    _categories(part, figures, item, mine, phrases)
    _add(part, "varFormat", type="numeric" if mine or item.is_number else "character")
    _add(part, "notes", f"Shares are of the latest wave: {_asked(survey, item)}.")
    if not mine:
        _add(part, "notes", "Sums only: the answers are in no file unit by unit.")


def _asked(survey: SurveyResults, item: Item) -> str:
    waves = [wave.id for wave in survey.waves if item.question.is_asked_in(wave.id)]
    return f"asked in {', '.join(waves) or 'no wave'}"


def _question(part: Part, survey: SurveyResults, item: Item) -> None:
    """The question as it was put, in every language of the questionnaire."""
    for language in survey.questionnaire.languages:
        parts = [text_in(item.question.texts, language)]
        parts += [text_in(p.texts, language) for p in (item.option, item.row, item.column) if p]
        _add(part, "qstnLit", " ".join(parts)).set(XML_LANG, language)


def _categories(
    part: Part, figures: Figures, item: Item, mine: Variable | None, phrases: Phrases
) -> None:
    """Each answer, with its share at the latest wave that asked."""
    asked = [wave.id for wave in figures.survey.waves if item.question.is_asked_in(wave.id)]
    for code in item.codes:
        category = _add(part, "catgry")
        _add(category, "catValu", str(mine.codes[code]) if mine else code)
        _add(category, "labl", phrases.answer(item, code))
        pair = figures.pair(asked[-1], item.id, code) if asked else None
        if pair and pair.main.estimate is not None:
            weighted = "wgtd" if pair.main.is_weighted else "not-wgtd"
            share = f"{pair.main.estimate * 100:.1f}"
            _add(category, "catStat", share, type="percent", wgtd=weighted)
