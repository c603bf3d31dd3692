"""The sentences of a press release, written from the figures: each with its base and n.

A sentence is made where its figure is there, and claims only what the policy in `amounts` lets it.
"""

from collections.abc import Iterator

from torg.locale import message
from torg.report.survey.amounts import per_cent
from torg.report.survey.answered import KINDS, channels
from torg.report.survey.lookup import (
    BY_PLAN,
    Pair,
    estimates,
    is_of_all,
    is_of_one_channel,
)
from torg.report.survey.responding import Responding
from torg.report.survey.talk import Sentence, Talk

_ANSWERED = {
    "municipality": message(
        "The survey was answered by %(answered)s of %(asked)s municipalities, a response rate of "
        "%(rate)s per cent."
    ),
    "county": message(
        "The survey was answered by %(answered)s of %(asked)s counties, a response rate of "
        "%(rate)s per cent."
    ),
    "both": message(
        "The survey was answered by %(answered)s of %(asked)s municipalities and counties, a "
        "response rate of %(rate)s per cent."
    ),
}


_FRAMES = {
    "top": message(
        "Only the %(of)s with the most points in the ranking were asked: the figures are theirs, "
        "and say nothing of the others."
    ),
    "answered": message(
        "Only those that answered “%(of)s” were asked: the figures are theirs, and say nothing of "
        "the others."
    ),
}


def sentences(talk: Talk) -> tuple[Sentence, ...]:
    """All that can be said of a wave, in the order of a press release."""
    parts = (_response, _frame, _questions, _plans, _nowcasts, _stated)
    return tuple(sentence for part in parts for sentence in part(talk))


def _response(talk: Talk) -> Iterator[Sentence]:
    """How many answered, and who did most and least."""
    found = Responding.of(talk.phrases.survey, talk.wave.id)
    if found.all is None:
        return
    words = talk.phrases.words
    yield talk.sentence(
        "response",
        _ANSWERED[talk.phrases.kind_of()],
        answered=words.number(found.all.answered),
        asked=words.number(found.all.asked),
        rate=words.number(found.all.share * 100, decimals=1),
    )
    if found.uneven:
        most, least = found.uneven
        yield talk.sentence(
            "response",
            message(
                "Of those with %(most)s inhabitants %(most_n)s of %(most_of)s answered, of those "
                "with %(least)s %(least_n)s of %(least_of)s."
            ),
            most=talk.phrases.group(most.group),
            most_n=words.number(most.answered),
            most_of=words.number(most.asked),
            least=talk.phrases.group(least.group),
            least_n=words.number(least.answered),
            least_of=words.number(least.asked),
        )


def _frame(talk: Talk) -> Iterator[Sentence]:
    """Who was asked, where that was not everybody."""
    kind, _, of = talk.wave.frame.partition(":")
    if kind in _FRAMES:
        asked = {wave.id: wave for wave in talk.phrases.survey.questionnaire.waves}
        named = talk.phrases.wave(asked[of]) if of in asked else of
        yield talk.sentence("frame", _FRAMES[kind], of=named)


def _questions(talk: Talk) -> Iterator[Sentence]:
    """What was answered to each question of the wave."""
    asked = talk.phrases.survey.questionnaire.asked_in(talk.wave.id)
    of_channels = [question for question in asked if is_of_one_channel(question)]
    yield from channels(talk, of_channels)
    for question in asked:
        if question.kind in KINDS and question not in of_channels:
            yield from KINDS[question.kind](talk, question)


def _plans(talk: Talk) -> Iterator[Sentence]:
    """What it will be when what is planned is done."""
    for each in estimates(talk.phrases.survey.plans):
        if each.wave == talk.wave.id and each.category == BY_PLAN and is_of_all(each):
            item = talk.phrases.survey.questionnaire.items[each.item]
            yield talk.sentence(
                item.id,
                message(
                    "By plan it will be yes to “%(question)s” for %(amount)s %(of)s, %(tail)s."
                ),
                question=talk.phrases.whole(item),
                **talk.said(item, Pair(main=each, plain=None)),
            )


def _nowcasts(talk: Talk) -> Iterator[Sentence]:
    """What is estimated of a day after the latest wave."""
    survey, words = talk.phrases.survey, talk.phrases.words
    rows = survey.nowcasts.iter_rows(named=True) if talk.wave == survey.waves[-1] else ()
    for row in rows:
        item = survey.questionnaire.items[row["item"]]
        if row["group"] not in {"all", None} or row["estimate"] is None or item.question.shown_if:
            continue  # of a part of those asked the table tells; in sentences it would be a litany
        yield talk.sentence(
            "ahead",
            message(
                "On %(day)s the share for “%(item)s” is estimated to be about %(share)s, between "
                "%(low)s and %(high)s, from the surveys %(waves)s (n = %(n)s)."
            ),
            day=words.date(row["day"]),
            item=talk.phrases.whole(item),
            share=per_cent(row["estimate"], words),
            low=words.number((row["low"] or 0) * 100),
            high=per_cent(row["high"] or 0, words),
            waves=row["waves"],
            n=words.number(row["n"]),
        )


def _stated(talk: Talk) -> Iterator[Sentence]:
    """What is said beside what was seen of the same units: a difference, no more."""
    words = talk.phrases.words
    for row in talk.phrases.survey.stated.iter_rows(named=True):
        if row["wave"] != talk.wave.id or row["group"] not in {"all", None} or row["missing"]:
            continue
        item = talk.phrases.survey.questionnaire.items[row["item"]]
        yield talk.sentence(
            "seen",
            message(
                "%(stated)s answered “%(answer)s” to “%(item)s”; “%(measure)s” was observed of "
                "%(observed)s of the same (n = %(n)s): a difference of %(points)s points."
            ),
            stated=per_cent(row["stated"], words),
            answer=talk.phrases.answer(item, row["category"]),
            item=talk.phrases.whole(item),
            measure=talk.phrases.measure(row["measure"]),
            observed=per_cent(row["observed"], words),
            n=words.number(row["n"]),
            points=words.number(row["difference"] * 100),
        )
