"""A questionnaire before it is checked: own tables, put together with those of a ready one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from torg.survey.questionnaire.lines import Path as Place
from torg.survey.questionnaire.lines import line_at
from torg.survey.questionnaire.saying import meant
from torg.survey.questionnaire.shape import (
    EVERY,
    Offered,
    OptionTable,
    QuestionTable,
    Table,
    TopTable,
    WaveTable,
)
from torg.survey.questionnaire.source import Fault, Placed, Source, source_of

T = TypeVar("T", bound=Table)

Told = tuple[Place, str]  # where, and what is wrong there with the remedy


@dataclass(frozen=True)
class Draft:
    """The tables of a questionnaire, from one file or two, each with its place in the own one."""

    own: Source
    ready: str  # the name of the ready questionnaire, or ""
    top: TopTable
    waves: tuple[Placed[WaveTable], ...]
    questions: tuple[Placed[QuestionTable], ...]
    lists: Mapping[str, Offered]
    replaced: Mapping[str, Placed[QuestionTable]]  # questions of the ready one, by id

    def fault(self, told: Told) -> Fault:
        """A fault with its line."""
        place, message = told
        return Fault(line_at(self.own.lines, place), message)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which every text must be there."""
        return self.top.languages or ()

    @property
    def unknown(self) -> frozenset[str]:
        """The ids of questions whose items are not known, because a fault hides their options."""
        named = (
            (placed.table.id, written.named)
            for placed in self.questions
            for written in (placed.table.options, placed.table.rows, placed.table.columns)
            if written is not None
        )
        lacking = {id_ for id_, name in named if name is not None and name not in self.lists}
        return self.own.unread | lacking

    def offered(self, written: Offered | None) -> tuple[OptionTable, ...]:
        """The options that are meant, of a list or written out."""
        if written is None:
            return ()
        if written.named is not None:
            return self.lists[written.named].options if written.named in self.lists else ()
        return written.options


def draft_of(path: Path, ready: Mapping[str, Path]) -> tuple[Draft, tuple[Fault, ...]]:
    """The draft of a file, and the faults of what could not be read of it."""
    own = source_of(path)
    name = own.top.ready
    if name is None:
        return _alone(own), own.faults
    if name not in ready:
        said = f"no ready questionnaire is called '{name}'{meant(name, tuple(ready))}"
        unjudged = replace(own, is_whole=False)  # what it lacks may stand in the one that is meant
        return _alone(unjudged), (*own.faults, Fault(line_at(own.lines, ("ready",)), said))
    return _joined(own, source_of(ready[name]), name), own.faults


def _alone(own: Source) -> Draft:
    return Draft(own, "", own.top, own.waves, own.questions, own.top.lists, {})


def _joined(own: Source, ready: Source, name: str) -> Draft:
    """Own waves replace the ready one's; own questions replace those of their id, or follow."""
    mine = {placed.table.id: placed for placed in own.questions}
    theirs = {placed.table.id: placed for placed in ready.questions}
    waves = own.waves or tuple(_from_ready(each, name) for each in ready.waves)
    kept = [_in_waves(_from_ready(each, name), own, ready) for each in ready.questions]
    questions = [mine.get(each.table.id, each) for each in kept]
    return Draft(
        own,
        name,
        _top(own.top, ready.top),
        waves,
        (*questions, *(each for each in own.questions if each.table.id not in theirs)),
        {**ready.top.lists, **own.top.lists},
        theirs,
    )


def _from_ready(placed: Placed[T], name: str) -> Placed[T]:
    """What comes from a ready questionnaire stands where the own file calls for it."""
    return replace(placed, path=("ready",), ready=name)


def _in_waves(placed: Placed[QuestionTable], own: Source, ready: Source) -> Placed[QuestionTable]:
    """In waves that the ready one knows a question is asked as it says; in new ones, by their mode.

    What units were asked is not put to observers, nor the other way round.
    """
    if not own.waves:
        return placed
    asked = placed.table.waves
    known = {each.table.id: each.table.mode for each in ready.waves}
    of_it = {id_: mode for id_, mode in known.items() if not asked or id_ in asked}
    here = tuple(
        wave.table.id
        for wave in own.waves
        if wave.table.id in of_it
        or (wave.table.id not in known and wave.table.mode in of_it.values())
    )
    # A wave that is not there: the question is kept, and asked in none.
    return replace(placed, table=placed.table.model_copy(update={"waves": here or tuple(of_it)}))


def _top(own: TopTable, ready: TopTable) -> TopTable:
    said = {name for name in ("id", "title", "introduction", "languages") if getattr(own, name)}
    return ready.model_copy(update={name: getattr(own, name) for name in sorted(said)})


def lacking(texts: Mapping[str, str], languages: tuple[str, ...]) -> Iterator[str]:
    """The languages in which a text is not there; one in "sv" serves "sv-FI" too."""
    for language in languages:
        if not {EVERY, language, language.split("-")[0]} & set(texts):
            yield language
