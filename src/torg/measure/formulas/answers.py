"""Which citizens' comments the owner answered, and how long each waited, on both clocks."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir
import polars as pl
from ibis import Table

from torg.measure.office import Calendar, OfficeDays, office_days, office_instant
from torg.measure.views import Views

# The office clock runs on for this long past the window; nobody waits longer for an answer.
HORIZON_DAYS = 5 * 366
DEEPEST = 64  # how far up a chain of replies is followed; only a circle in the data goes deeper


def comments(views: Views) -> Table:
    """One row per comment of a citizen on the top level within the window.

    Columns: channel_no (of `views.channels`), week, is_question, seconds (to the owner's first
    answer in the same sub-thread, null while there is none), followed (seconds for which an answer
    would have been seen), and the same two on the office clock: office_seconds, office_followed.
    All integers are int32.
    """
    return views.keep("comments", lambda: _comments(views))


def first_answers(views: Views) -> Table:
    """One row per answered comment: root (its reply_key), answer_s, answer_local_s.

    An answer is a reply by the owner anywhere in the comment's sub-thread. One dated before the
    comment is a fault of some clock: it is passed over.
    """
    step = _parents_of(views, _owner_answers(views))
    found = [_at_the_top(step)]
    for _ in range(DEEPEST):
        nested = step.filter(step.parent_key.notnull())
        if not nested.count().to_pyarrow().as_py():
            break
        step = _parents_of(views, nested.drop("root", "root_s"))
        found.append(_at_the_top(step))
    answers = ibis.union(*found) if len(found) > 1 else found[0]
    return answers.group_by("root").aggregate(
        answer_s=answers.answer_s.min(), answer_local_s=answers.answer_local_s.min()
    )


def _owner_answers(views: Views) -> Table:
    replies = views.replies
    return replies.filter(replies.is_owner, replies.parent_key.notnull()).select(
        "parent_key", answer_s=replies.published_s, answer_local_s=replies.local_s
    )


def _parents_of(views: Views, answers: Table) -> Table:
    """Each answer with the reply above it: root, root_s, and that reply's own parent_key."""
    above = views.replies.select(root="reply_key", root_s="published_s", above_key="parent_key")
    joined = answers.join(above, answers.parent_key == above.root)
    return views.materialise(
        joined.select("root", "root_s", "answer_s", "answer_local_s", parent_key=joined.above_key)
    )


def _at_the_top(step: Table) -> Table:
    top = step.filter(step.parent_key.isnull(), step.answer_s >= step.root_s)
    return top.select("root", "answer_s", "answer_local_s")


def _calendars(views: Views) -> tuple[Calendar, ...]:
    """Of every country the study's hours, then the municipalities' own."""
    countries = views.engine.fetch(views.municipalities.select("country").distinct())["country"]
    shared = [
        Calendar(name=country, country=country, office=views.office) for country in countries.sort()
    ]
    own = [
        Calendar(name=_own_name(*key), country=key[0], office=office)
        for key, office in sorted(views.own_hours.items())
    ]
    return (*shared, *own)


def _own_name(country: str, municipality: str) -> str:
    return f"{country}/{municipality}"


def _of_channels(views: Views, calendars: Sequence[Calendar]) -> Table:
    """Which office's hours each channel goes by: channel_no, calendar (its number)."""
    numbers = {calendar.name: number for number, calendar in enumerate(calendars)}
    channels = views.engine.fetch(views.channels.select("channel_no", "country", "municipality"))
    rows = [
        (channel, numbers.get(_own_name(country, municipality), numbers.get(country)))
        for channel, country, municipality in channels.sort("channel_no").rows()
    ]
    schema = {"channel_no": pl.Int32, "calendar": pl.Int64}
    return views.engine.table(pl.DataFrame(rows, schema, orient="row"))


def _comments(views: Views) -> Table:
    calendars = _calendars(views)
    days = office_days(
        calendars,
        engine=views.engine,
        first_day=views.span.first_day - 1,
        last_day=views.span.last_day + HORIZON_DAYS,
    )
    waited = _on_the_office_clock(_waited(views, _of_channels(views, calendars)), days)
    seconds = waited.answer_s - waited.published_s
    office = _not_negative(waited.answer_o - waited.published_o)
    columns = {
        "seconds": seconds,
        "followed": _followed(waited.until_s - waited.published_s, seconds),
        "office_seconds": office,
        "office_followed": _followed(waited.until_o - waited.published_o, office),
    }
    narrow = {name: column.cast("int32") for name, column in columns.items()}
    return waited.select("channel_no", "week", "is_question", **narrow)


def _waited(views: Views, calendars: Table) -> Table:
    """Each comment with the instants that bound its wait, in seconds: universal and local."""
    replies, answers = views.replies, first_answers(views)
    asked = replies.filter(replies.in_window, replies.parent_key.isnull(), ~replies.is_owner)
    placed = asked.join(calendars, "channel_no")
    joined = placed.left_join(answers, placed.reply_key == answers.root)
    return joined.select(
        "channel_no",
        "calendar",
        "week",
        "is_question",
        "published_s",
        "answer_s",
        until_s="observed_until_s",
        published_l="local_s",
        answer_l="answer_local_s",
        until_l="observed_until_local_s",
    )


def _on_the_office_clock(waited: Table, days: OfficeDays) -> Table:
    for instant in ("published", "answer", "until"):
        waited = office_instant(waited, days, local_s=f"{instant}_l", name=f"{instant}_o")
    return waited


def _followed(seconds: ir.IntegerValue, answered: ir.IntegerValue) -> ir.IntegerValue:
    """For how long an answer would have been seen: at least until the one that was."""
    return ibis.greatest(seconds, answered.fill_null(0), 0)


def _not_negative(seconds: ir.IntegerValue) -> ir.IntegerValue:
    # Not `greatest`: it passes over a null, and no answer would become one at once.
    return ibis.ifelse(seconds < 0, 0, seconds)
