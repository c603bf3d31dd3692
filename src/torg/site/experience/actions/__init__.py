"""What is written: each in one transaction, with its entry in the log."""

from torg.site.experience.actions.asking import answer_question, ask_question, give_thanks
from torg.site.experience.actions.campaigning import (
    begin_campaign,
    hide_campaign,
    join_campaign,
    leave_campaign,
)
from torg.site.experience.actions.noticing import see_notices
from torg.site.experience.actions.requesting import (
    add_agency,
    answer_by_link,
    answer_request,
    end_agency,
    enter_answer,
    hide_answer,
    hide_request,
    link_experience,
    make_answer_link,
    make_request,
    open_answer_link,
    set_request_state,
)
from torg.site.experience.actions.reviewing import (
    accept_experience,
    hide_remark,
    return_experience,
    withdraw_by_staff,
)
from torg.site.experience.actions.writing import (
    attach_file,
    begin_experience,
    detach_file,
    save_experience,
    send_experience,
    take_back_experience,
    withdraw_experience,
)

__all__ = [
    "accept_experience", "add_agency", "answer_by_link", "answer_question", "answer_request",
    "ask_question", "attach_file", "begin_campaign", "begin_experience", "detach_file",
    "end_agency", "enter_answer", "give_thanks", "hide_answer", "hide_campaign", "hide_remark",
    "hide_request", "join_campaign", "leave_campaign", "link_experience", "make_answer_link",
    "make_request", "open_answer_link", "return_experience", "save_experience",
    "see_notices", "send_experience", "set_request_state", "take_back_experience",
    "withdraw_by_staff", "withdraw_experience",
]  # fmt: skip
