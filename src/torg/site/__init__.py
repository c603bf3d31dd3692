"""The people's part: who is asked, what they answered, and the site that shows what came of it.

Only the command line imports it. Django is loaded when the first of these is asked for, so that
commands which need no database do not wait for it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torg.site.accounts.actions import (
        add_account,
        end_account,
        link_account,
        make_room_link,
        revoke_room_link,
    )
    from torg.site.accounts.letters import account_path, room_path
    from torg.site.accounts.queries import accounts_known, room_links
    from torg.site.answers.actions import (
        Added,
        Bounces,
        Filled,
        Invited,
        Opened,
        Preview,
        Stored,
        add_addresses,
        add_observers,
        bounced,
        confirm,
        draw_frame,
        erase,
        invite,
        link_for,
        note_refusal,
        open_link,
        pass_on,
        preview_letter,
        refuse,
        remind,
        replace,
        revoke,
        save_answer,
        store_answers,
        submit,
        take_back_answer,
    )
    from torg.site.answers.queries import (
        answers_of,
        frame,
        history,
        not_answered,
        paradata,
        respondents,
        status,
    )
    from torg.site.audit.actions import COMMAND
    from torg.site.backup import Backup, back_up, restore
    from torg.site.demonstrating import Demonstrated, check_front_page, demo
    from torg.site.joined import answered_survey, collected, drawn
    from torg.site.made_up import is_made_up
    from torg.site.opening import People, close_people, open_people
    from torg.site.releases.actions import (
        announce_preview,
        offer_new,
        postpone,
        preview_of_announcement,
        withdraw,
    )
    from torg.site.serving import do_work, serve
    from torg.site.staff.persons import export_person, forget_person
    from torg.site.whole_addresses import address_on_site
    from torg.site.work.keeping import keep

__all__ = [
    "COMMAND",
    "Added",
    "Backup",
    "Bounces",
    "Demonstrated",
    "Filled",
    "Invited",
    "Opened",
    "People",
    "Preview",
    "Stored",
    "account_path",
    "accounts_known",
    "add_account",
    "add_addresses",
    "add_observers",
    "address_on_site",
    "announce_preview",
    "answered_survey",
    "answers_of",
    "back_up",
    "bounced",
    "check_front_page",
    "close_people",
    "collected",
    "confirm",
    "demo",
    "do_work",
    "draw_frame",
    "drawn",
    "end_account",
    "erase",
    "export_person",
    "forget_person",
    "frame",
    "history",
    "invite",
    "is_made_up",
    "keep",
    "link_account",
    "link_for",
    "make_room_link",
    "not_answered",
    "note_refusal",
    "offer_new",
    "open_link",
    "open_people",
    "paradata",
    "pass_on",
    "postpone",
    "preview_letter",
    "preview_of_announcement",
    "refuse",
    "remind",
    "replace",
    "respondents",
    "restore",
    "revoke",
    "revoke_room_link",
    "room_links",
    "room_path",
    "save_answer",
    "serve",
    "status",
    "store_answers",
    "submit",
    "take_back_answer",
    "withdraw",
]

_QUERIES = ("answers_of", "frame", "history", "not_answered", "paradata", "respondents", "status")
_OF_RELEASES = (
    "announce_preview", "offer_new", "postpone", "preview_of_announcement", "withdraw",
)  # fmt: skip
_ROOMS = {
    **dict.fromkeys(_OF_RELEASES, "torg.site.releases.actions"),
    **dict.fromkeys(_QUERIES, "torg.site.answers.queries"),
    **dict.fromkeys(("Backup", "back_up", "restore"), "torg.site.backup"),
    **dict.fromkeys(("Demonstrated", "check_front_page", "demo"), "torg.site.demonstrating"),
    **dict.fromkeys(("answered_survey", "collected", "drawn"), "torg.site.joined"),
    **dict.fromkeys(("People", "close_people", "open_people"), "torg.site.opening"),
    **dict.fromkeys(("do_work", "serve"), "torg.site.serving"),
    **dict.fromkeys(
        ("add_account", "end_account", "link_account", "make_room_link", "revoke_room_link"),
        "torg.site.accounts.actions",
    ),
    **dict.fromkeys(("accounts_known", "room_links"), "torg.site.accounts.queries"),
    **dict.fromkeys(("account_path", "room_path"), "torg.site.accounts.letters"),
    **dict.fromkeys(("export_person", "forget_person"), "torg.site.staff.persons"),
    "COMMAND": "torg.site.audit.actions",
    "address_on_site": "torg.site.whole_addresses",
    "is_made_up": "torg.site.made_up",
    "keep": "torg.site.work.keeping",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 -- whatever the name stands for
    if name not in __all__:
        raise AttributeError(f"module 'torg.site' has no attribute '{name}'")
    from torg.site.configured import configure

    configure()
    return getattr(import_module(_ROOMS.get(name, "torg.site.answers.actions")), name)
