"""What is done in a municipality's room, and by those who review what comes of it."""

from torg.site.room.actions.agreeing import agree_to_publish, take_back_agreement
from torg.site.room.actions.deciding import accept_file, refuse_file, withdraw_file
from torg.site.room.actions.handing_in import answer_question, hand_in
from torg.site.room.actions.proposing import (
    accept_channel,
    propose_channel,
    refuse_channel,
    withdraw_proposal,
)
from torg.site.room.actions.reading import read_file
from torg.site.room.actions.taking_in import take_file
from torg.site.room.actions.tidying import tidy_files

__all__ = [
    "accept_channel",
    "accept_file",
    "agree_to_publish",
    "answer_question",
    "hand_in",
    "propose_channel",
    "read_file",
    "refuse_channel",
    "refuse_file",
    "take_back_agreement",
    "take_file",
    "tidy_files",
    "withdraw_file",
    "withdraw_proposal",
]
