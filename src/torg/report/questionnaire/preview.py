"""A page that shows a questionnaire as respondents will see it; nothing on it is sent anywhere."""

from collections.abc import Sequence
from pathlib import Path

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined

from torg import __version__
from torg.locale import Words, own_name
from torg.report.questionnaire.asked import OPEN, asked_in, words_for
from torg.survey.questionnaire import Questionnaire, Wave, text_in


def write_preview(
    questionnaire: Questionnaire, wave: Wave, folder: Path, *, languages: Sequence[str] = ()
) -> None:
    """Write the questionnaire of a wave into the folder, one page a language: `sv-FI.html`.

    `languages`: in which; without them all that the questionnaire has. The pages link one another,
    ask the network for nothing and run no script. The same input gives the same bytes.
    """
    chosen = tuple(languages) or questionnaire.languages
    folder.mkdir(parents=True, exist_ok=True)
    template = _environment().get_template("preview.html.jinja")
    for language in chosen:
        words = words_for(language)
        page = template.render(
            language=language,
            languages=[(name, _own_name(name)) for name in chosen],
            # Torg's own words are English where it has none in the language of the page.
            spoken=None if words.language == language.split("-")[0] else words.language,
            say=words.say,
            count=words.count,
            version=__version__,
            **_about(questionnaire, wave, language, words),
        )
        (folder / f"{language}.html").write_text(page + "\n", encoding="utf-8", newline="\n")


def _about(
    questionnaire: Questionnaire, wave: Wave, language: str, words: Words
) -> dict[str, object]:
    return {
        "title": text_in(questionnaire.titles, language),
        "introduction": text_in(questionnaire.introductions, language).split("\n\n"),
        "wave": text_in(wave.titles, language) or wave.id,
        "open": words.say(
            OPEN[wave.mode], opens=words.date(wave.opens), closes=words.date(wave.closes)
        ),
        "questionnaire": questionnaire.id,
        "questions": asked_in(questionnaire, wave, language=language, words=words),
    }


def _own_name(language: str) -> str:
    return own_name(language.replace("-", "_"))


def _environment() -> Environment:
    return Environment(
        loader=ChoiceLoader(
            [PackageLoader("torg.report.questionnaire"), PackageLoader("torg.report")]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
