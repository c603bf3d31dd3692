"""The people's part: who is asked, what they answered, and the site that shows what came of it.

Only the command line imports it. Django is loaded when the first of these is asked for, so that
commands which need no database do not wait for it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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
    from torg.site.backup import Backup, back_up, restore
    from torg.site.demonstrating import Demonstrated, demo
    from torg.site.joined import answered_survey, collected, drawn
    from torg.site.opening import People, close_people, open_people
    from torg.site.serving import serve, work

__all__ = [
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
    "add_addresses",
    "add_observers",
    "answered_survey",
    "answers_of",
    "back_up",
    "bounced",
    "close_people",
    "collected",
    "confirm",
    "demo",
    "draw_frame",
    "drawn",
    "erase",
    "frame",
    "history",
    "invite",
    "link_for",
    "not_answered",
    "note_refusal",
    "open_link",
    "open_people",
    "paradata",
    "pass_on",
    "preview_letter",
    "refuse",
    "remind",
    "replace",
    "respondents",
    "restore",
    "revoke",
    "save_answer",
    "serve",
    "status",
    "store_answers",
    "submit",
    "take_back_answer",
    "work",
]

_QUERIES = ("answers_of", "frame", "history", "not_answered", "paradata", "respondents", "status")
_ROOMS = {
    **dict.fromkeys(_QUERIES, "torg.site.answers.queries"),
    **dict.fromkeys(("Backup", "back_up", "restore"), "torg.site.backup"),
    **dict.fromkeys(("Demonstrated", "demo"), "torg.site.demonstrating"),
    **dict.fromkeys(("answered_survey", "collected", "drawn"), "torg.site.joined"),
    **dict.fromkeys(("People", "close_people", "open_people"), "torg.site.opening"),
    **dict.fromkeys(("serve", "work"), "torg.site.serving"),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 -- whatever the name stands for
    if name not in __all__:
        raise AttributeError(f"module 'torg.site' has no attribute '{name}'")
    from torg.site.configured import configure

    configure()
    return getattr(import_module(_ROOMS.get(name, "torg.site.answers.actions")), name)
