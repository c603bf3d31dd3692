"""The doctor: whether a person is needed, for what, and what there is to do.

`facts` brings together what is known, `examine` looks at it, `letter` says it in words, and
`mail_diagnosis` writes it to those whom the study names.
"""

from torg.follow.doctor.diagnosis import PERSON_NEEDED, Diagnosis, Health, doctor, examine
from torg.follow.doctor.facts import Facts, Quota
from torg.follow.doctor.finding import Finding
from torg.follow.doctor.letter import headline, letter
from torg.follow.doctor.mailing import mail_diagnosis

__all__ = [
    "PERSON_NEEDED",
    "Diagnosis",
    "Facts",
    "Finding",
    "Health",
    "Quota",
    "doctor",
    "examine",
    "headline",
    "letter",
    "mail_diagnosis",
]
