"""What there is in a municipality's room, and what waits for the staff."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, Sum

from torg.register import Agreement, Channel
from torg.site.room import channels
from torg.site.room.models import HandIn, Proposal
from torg.site.work.models import Job
from torg.study import Study

SHOWN = 100  # the newest of a municipality's files and proposals


def files_of(country: str, unit: str) -> list[HandIn]:
    """The files that a municipality handed in, the newest first."""
    return list(HandIn.objects.filter(country=country, unit=unit).order_by("-made", "-id")[:SHOWN])


def bytes_kept(country: str, unit: str) -> int:
    """How much of the disk a municipality's uploads take, refused ones that still lie there too."""
    kept = HandIn.objects.filter(country=country, unit=unit).exclude(place="")
    return int(kept.aggregate(bytes=Sum("size"))["bytes"] or 0)


def file_of(country: str, unit: str, number: int) -> HandIn | None:
    """One of a municipality's files; None of any other's."""
    return HandIn.objects.filter(country=country, unit=unit, id=number).first()


def file(number: int) -> HandIn | None:
    """A file, whoever's it is: for the staff."""
    return HandIn.objects.filter(id=number).first()


def earlier_of(handin: HandIn) -> HandIn | None:
    """The same bytes, handed in by the same municipality before and taken; the latest."""
    same = HandIn.objects.filter(
        country=handin.country, unit=handin.unit, sha256=handin.sha256, state="taken"
    ).exclude(id=handin.pk)
    return same.order_by("made").last()


def waiting_files() -> list[HandIn]:
    """The files that one of the staff accepts or refuses, the oldest first.

    Those too that were accepted, and whose work ended badly.
    """
    failed = Job.objects.filter(kind="take a hand-in", state="failed").values("id")
    asked = Q(state="waiting") | Q(state="accepted", job__in=failed)
    return list(HandIn.objects.filter(asked).order_by("made", "id"))


def job_of(handin: HandIn) -> Job | None:
    """The work that is done on a file."""
    return Job.objects.filter(id=handin.job).first()


def proposals_of(country: str, unit: str) -> list[Proposal]:
    """What a municipality said of its channels, the newest first."""
    found = Proposal.objects.filter(country=country, unit=unit).order_by("-made", "-id")
    return list(found[:SHOWN])


def proposal(number: int) -> Proposal | None:
    """A proposal, whoever's it is: for the staff."""
    return Proposal.objects.filter(id=number).first()


def waiting_channels() -> list[Proposal]:
    """The proposals that one of the staff accepts or refuses, the oldest first."""
    return list(Proposal.objects.filter(state="waiting").order_by("made", "id"))


@dataclass(frozen=True, kw_only=True)
class OwnChannel:
    """A channel of the register as its municipality sees it."""

    channel: Channel
    agreement: Agreement | None  # that is in force
    called: str  # how a proposal names it


def own_channels(study: Study, country: str, unit: str) -> tuple[OwnChannel, ...]:
    """The municipality's channels in the register, those that have ended last."""
    register = channels.read(study)
    today = dt.datetime.now(study.zone).date()
    found = [
        OwnChannel(
            channel=each,
            agreement=next(
                (
                    a
                    for a in register.agreements
                    if a.platform == each.platform
                    and a.channel in {*each.names, each.known_as}
                    and a.is_in_force(today)
                ),
                None,
            ),
            called=channels.name_in_register(each),
        )
        for each in channels.channels_of(register, country, unit)
    ]
    return tuple(sorted(found, key=lambda own: own.channel.valid_to is not None))
