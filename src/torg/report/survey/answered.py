"""A question to sentences, by its kind. An order is told only where the intervals give one."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from torg.locale import message
from torg.report.survey.amounts import amount, is_more
from torg.report.survey.lookup import Pair
from torg.report.survey.talk import Sentence, Talk
from torg.survey import Item, Question
from torg.survey.questionnaire import DONT_KNOW, PLANNED, YES

MOST_NAMED = 5  # sentences about one question

_USED = message("%(option)s is used by %(amount)s %(of)s, %(tail)s.")
_NAMED_TOO = message("Of the same, %(amount)s named %(option)s, %(tail)s.")
_NAMED = message("Asked “%(question)s”, %(amount)s %(of)s named %(option)s, %(tail)s.")


Ranked = Sequence[tuple[Item, Pair]]


def _ticks(talk: Talk, question: Question) -> Iterator[Sentence]:
    """The options of a question by how often they are named."""
    asked = talk.phrases.question(question)
    ranked = talk.ranked(question, YES)
    if is_about_channels(question):
        yield from _in_order(talk, ranked, talk.phrases.short, _USED)
    else:
        yield from _in_order(talk, ranked, talk.phrases.short, _NAMED, question=asked)


def is_about_channels(question: Question) -> bool:
    """Whether its options are channels that are used, as the register fills them in."""
    return question.id == "channels" or (question.prefill or "").startswith("channel")


def channels(talk: Talk, questions: Sequence[Question]) -> Iterator[Sentence]:
    """Channels that each have a question of their own, told together."""
    pairs = [each for question in questions for each in talk.ranked(question, YES)]
    pairs.sort(key=lambda each: (-(each[1].main.estimate or 0), each[0].id))
    yield from _in_order(talk, pairs, talk.channel, _USED)


def _in_order(
    talk: Talk, ranked: Ranked, name: Callable[[Item], str], text: str, **asked: str
) -> Iterator[Sentence]:
    """A sentence for the first of each group that cannot be told apart."""
    groups = list(_told_apart(ranked))[:MOST_NAMED]
    is_alone_in_front = len(groups) > 1 and len(groups[0]) == 1
    for at, ((item, pair), *others) in enumerate(groups):
        parts = {"option": name(item), **asked, **talk.said(item, pair)}
        order = talk.as_many(others, name)
        if at == 0 and is_alone_in_front:
            order = talk.phrases.words.say(message("No other is named as often."))
        template = _NAMED_TOO if at and text == _NAMED else text
        wanted = {k: v for k, v in parts.items() if f"%({k})s" in template}
        said = talk.sentence(item.id, template, **wanted).text
        yield Sentence(about=item.id, text=said, more=talk.remarks(item, YES), order=order)


def _told_apart(ranked: Sequence[tuple[Item, Pair]]) -> Iterator[list[tuple[Item, Pair]]]:
    """Neighbours in the order that cannot be told from the first of them, together."""
    group: list[tuple[Item, Pair]] = []
    for each in ranked:
        if group and is_more(group[0][1].main, each[1].main):
            yield group
            group = []
        group.append(each)
    if group:
        yield group


def _choice(talk: Talk, question: Question) -> Iterator[Sentence]:
    """The answers to a question that allows one."""
    (item,) = talk.items(question)
    found = [(code, talk.figure(item, code)) for code in _worth_telling(item)]
    there = [(code, pair) for code, pair in found if pair is not None]
    if not there:
        return
    first, pair = there[0]
    sentence = talk.sentence(
        item.id,
        message("“%(question)s”: %(of)s, %(shares)s; n = %(n)s."),
        question=talk.phrases.question(question),
        of=talk.said(item, pair)["of"],
        shares=talk.phrases.listed([_share(talk, item, *each) for each in there]),
        n=talk.phrases.words.number(pair.main.n),
    )
    yield Sentence(about=item.id, text=sentence.text, more=talk.remarks(item, first))


def _share(talk: Talk, item: Item, code: str, pair: Pair) -> str:
    words = talk.phrases.words
    said = {"amount": amount(pair.main, words), "answer": talk.phrases.answer(item, code)}
    if not pair.main.has_interval:
        return words.say(message("%(amount)s answered “%(answer)s”"), **said)
    text = message("%(amount)s answered “%(answer)s” (%(interval)s)")
    return words.say(text, interval=talk.interval(pair), **said)


def _worth_telling(item: Item) -> tuple[str, ...]:
    """Yes and planned where the item has them; else every answer but "don't know"."""
    codes = tuple(code for code in item.codes if code != DONT_KNOW)
    return tuple(code for code in (YES, PLANNED) if code in codes) or codes


def _number(talk: Talk, question: Question) -> Iterator[Sentence]:
    (item,) = talk.items(question)
    pair = talk.figure(item, None)
    if pair is None or not pair.main.has_interval:
        return
    words, main = talk.phrases.words, pair.main
    sentence = talk.sentence(
        item.id,
        message(
            "“%(question)s”: the average %(of)s is %(mean)s, between %(low)s and %(high)s; "
            "n = %(n)s."
        ),
        question=talk.phrases.question(question),
        of=talk.phrases.of_base(item, of_all=main.is_weighted),
        mean=words.number(main.estimate, decimals=1),
        low=words.number(main.low, decimals=1),
        high=words.number(main.high, decimals=1),
        n=words.number(main.n),
    )
    yield Sentence(about=item.id, text=sentence.text)


def _matrix(talk: Talk, question: Question) -> Iterator[Sentence]:
    """The cells that are ticked most; of cells with answers, where the first is most and least."""
    if not question.options:
        yield from _ticks(talk, question)
        return
    code = question.options[0].id
    ranked = talk.ranked(question, code)
    if len(ranked) < 2 or not is_more(ranked[0][1].main, ranked[-1][1].main):
        return
    yield talk.sentence(
        question.id,
        message(
            "“%(question)s”: “%(answer)s” is answered most for %(most)s and least for %(least)s."
        ),
        question=talk.phrases.question(question),
        answer=talk.phrases.answer(ranked[0][0], code),
        most=_cell(talk, *ranked[0]),
        least=_cell(talk, *ranked[-1]),
    )


def _cell(talk: Talk, item: Item, pair: Pair) -> str:
    return talk.phrases.words.say(
        message("%(option)s (%(amount)s %(of)s, %(tail)s)"),
        option=talk.phrases.short(item),
        **talk.said(item, pair),
    )


KINDS: Mapping[str, Callable[[Talk, Question], Iterator[Sentence]]] = {
    "many": _ticks,
    "one": _choice,
    "planned": _choice,
    "scale": _choice,
    "number": _number,
    "matrix": _matrix,
}
