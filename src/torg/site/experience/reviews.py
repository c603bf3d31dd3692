"""What of this room waits for one of the staff."""

from collections.abc import Mapping

from torg.experience import TAXONOMY
from torg.locale import message
from torg.site.accounts.visiting import Visitor
from torg.site.audit.queries import last_who
from torg.site.current import current_study
from torg.site.experience import actions, queries
from torg.site.experience.content import WENT, Content
from torg.site.pages import url_in
from torg.site.staff.waiting import Day, Review, Sentence, Waiting
from torg.study import Study


def _waiting() -> list[Waiting]:
    return [_shape(each) for each in queries.waiting_experiences()]


def _shape(own: queries.OwnExperience) -> Waiting:
    content = own.content
    said = (
        (message("Area of use"), Sentence(TAXONOMY.areas.get(content.area, ""))),
        (message("Target group"), Sentence(TAXONOMY.groups.get(content.group, ""))),
        (message("Channel"), TAXONOMY.channels.get(content.channel, "")),
        (message("Service"), Sentence(TAXONOMY.services.get(content.service, ""))),
        (message("It began on"), Day(content.begins or "")),
        (message("It ended on"), Day(content.ends or "")),
        (message("Working hours that it cost"), _hours(content)),
        (message("What we tried"), content.tried),
        (message("How it went"), Sentence(WENT.get(content.went, ""))),
        (message("What happened, in our own words"), content.happened),
        (message("Links"), "\n".join(content.links)),
        (message("Whom others can write to"), content.contact),
    )  # fmt: skip
    return Waiting(
        number=own.number,
        country=own.country,
        unit=own.unit,
        title=content.title,
        at=own.sent or own.changed,
        by=last_who(
            "sent an experience for review", about=f"experience {own.number}",
            country=own.country, unit=own.unit,
        ),
        said=tuple((label, text) for label, text in said if text),
        language=content.language,
        links=tuple((file.name, _file(file.number)) for file in queries.files_of(content)),
    )  # fmt: skip


def _hours(content: Content) -> str:
    """None is not said; nought is."""
    return "" if content.hours is None else str(content.hours)


def _file(number: int) -> str:
    return url_in(current_study().languages[0], "experience_file", number=number)


def _decide(study: Study, visitor: Visitor, number: int, *, accepts: bool, reason: str) -> None:
    if accepts:
        actions.accept_experience(visitor, number)
    else:
        actions.return_experience(visitor, number, remark=reason)


REVIEWS: Mapping[str, Review] = {
    "experiences": Review(title=message("Experience"), waiting=_waiting, decide=_decide)
}
