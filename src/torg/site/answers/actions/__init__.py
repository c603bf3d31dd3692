"""What is written: each action one transaction, or one for each letter."""

from torg.site.answers.actions.addressing import Added, add_addresses, erase, replace, revoke
from torg.site.answers.actions.answering import (
    Before,
    Kept,
    TooOften,
    Turn,
    confirm,
    save_answer,
    save_page,
    take_back_answer,
)
from torg.site.answers.actions.bouncing import Bounces, bounced
from torg.site.answers.actions.ending import note_refusal, pass_on, refuse, submit
from torg.site.answers.actions.framing import draw_frame
from torg.site.answers.actions.inviting import Invited, Preview, invite, preview_letter, remind
from torg.site.answers.actions.observing import add_observers, link_for
from torg.site.answers.actions.opening import (
    Filled,
    Opened,
    look_behind,
    note_opening,
    open_link,
)
from torg.site.answers.actions.storing import Stored, store_answers

__all__ = [
    "Added",
    "Before",
    "Bounces",
    "Filled",
    "Invited",
    "Kept",
    "Opened",
    "Preview",
    "Stored",
    "TooOften",
    "Turn",
    "add_addresses",
    "add_observers",
    "bounced",
    "confirm",
    "draw_frame",
    "erase",
    "invite",
    "link_for",
    "look_behind",
    "note_opening",
    "note_refusal",
    "open_link",
    "pass_on",
    "preview_letter",
    "refuse",
    "remind",
    "replace",
    "revoke",
    "save_answer",
    "save_page",
    "store_answers",
    "submit",
    "take_back_answer",
]
