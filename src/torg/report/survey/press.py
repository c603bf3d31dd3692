"""The press release's sentences as plain text, with what they rest on."""

import textwrap
from collections.abc import Iterator

from torg.locale import message
from torg.report.survey.chapter import Chapter

WIDTH = 88  # characters of a line
TIE = "\u00a0"  # a blank at which no line ends


def press_release(chapter: Chapter) -> str:
    """The text of one wave: what it is, what was answered, and how it was made."""
    parts = [*_head(chapter), *_body(chapter), *_foot(chapter)]
    return "\n\n".join(_filled(part) for part in parts)


def _filled(part: str) -> str:
    """Lines of a width; an n stays with its number."""
    tied = part.replace("n = ", f"n{TIE}={TIE}")
    lines = textwrap.fill(tied, WIDTH, break_long_words=False, break_on_hyphens=False)
    return lines.replace(f"n{TIE}={TIE}", "n = ")


def _head(chapter: Chapter) -> Iterator[str]:
    words, survey = chapter.phrases.words, chapter.survey
    if survey.invented:
        yield words.say(message("All names and figures on this page are invented.")).upper()
    yield chapter.phrases.wave(chapter.wave)
    yield survey.title


def _body(chapter: Chapter) -> Iterator[str]:
    """One paragraph for each question, as the sentences come."""
    about: dict[str, list[str]] = {}
    for sentence in chapter.sentences:
        about.setdefault(sentence.about.split(".")[0], []).append(sentence.whole)
    yield from (" ".join(sentences) for sentences in about.values())


def _foot(chapter: Chapter) -> Iterator[str]:
    words, survey, wave = chapter.phrases.words, chapter.survey, chapter.wave
    yield words.say(
        message(
            "Open from %(start)s to %(end)s. “Between” gives the ends of an interval that holds "
            "the share of all with %(confidence)s confidence; n is the number of answers. Where an "
            "unweighted share stands too, it is that of those that answered, and the share before "
            "it is weighted, to be that of all. An order is told only where the intervals are "
            "apart."
        ),
        start=words.date(wave.opens),
        end=words.date(wave.closes),
        confidence=words.percent(survey.confidence),
    )
    note = chapter.weighting
    if note and note.method != "none":
        yield words.say(
            message("Weighted figures are weighted by %(by)s."),
            by=chapter.phrases.margins(note.by),
        )
    if survey.asker:
        yield words.say(message("Asked by %(asker)s."), asker=survey.asker)
    yield words.say(
        message("Made with Torg %(version)s from study %(study)s."),
        version=survey.code_version,
        study=survey.study_id,
    )
