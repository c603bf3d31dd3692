"""What is written about accounts: each action one transaction, with its entry in the log."""

from torg.site.accounts.actions.holding import (
    Made,
    add_account,
    change_password,
    drop_factor,
    end_account,
    link_account,
    set_password,
)
from torg.site.accounts.actions.linking import make_room_link, opened_room, revoke_room_link
from torg.site.accounts.actions.wishing import grant_wish, turn_down_wish, wish_for_account

__all__ = [
    "Made",
    "add_account",
    "change_password",
    "drop_factor",
    "end_account",
    "grant_wish",
    "link_account",
    "make_room_link",
    "opened_room",
    "revoke_room_link",
    "set_password",
    "turn_down_wish",
    "wish_for_account",
]
