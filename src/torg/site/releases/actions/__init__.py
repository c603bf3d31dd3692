"""What is done with releases: offer, postpone, withdraw, tell of them, and answer to them."""

from torg.site.releases.actions.correcting import (
    accept_correction,
    propose_correction,
    refuse_correction,
    withdraw_correction,
)
from torg.site.releases.actions.offering import offer_new, postpone, withdraw
from torg.site.releases.actions.stating import (
    accept_statement,
    refuse_statement,
    state,
    withdraw_statement,
)
from torg.site.releases.actions.telling import (
    Announcement,
    Told,
    announce_preview,
    preview_of_announcement,
)

__all__ = [
    "Announcement",
    "Told",
    "accept_correction",
    "accept_statement",
    "announce_preview",
    "offer_new",
    "postpone",
    "preview_of_announcement",
    "propose_correction",
    "refuse_correction",
    "refuse_statement",
    "state",
    "withdraw",
    "withdraw_correction",
    "withdraw_statement",
]
