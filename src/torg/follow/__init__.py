"""The unattended months: what is due is asked for, kept, and told of when it does not come.

`collect_round` does what is due and stops, `collect_forever` does it on and on; `due` says what
that is. `listen` holds the live stream; `doctor` looks whether a
person is needed.
"""

from torg.follow.doctor import (
    PERSON_NEEDED,
    Diagnosis,
    Facts,
    Finding,
    Health,
    Quota,
    doctor,
    examine,
    headline,
    letter,
    mail_diagnosis,
)
from torg.follow.due import due
from torg.follow.forever import collect_forever
from torg.follow.held import Held, Last, Post, Reply, held
from torg.follow.keeping import Chunks
from torg.follow.listen import listen
from torg.follow.listener import Heard, Keeping, Listener, Rhythm, Stream
from torg.follow.outcome import PlatformRound, Round
from torg.follow.round import Manner, collect_round
from torg.follow.stopping import Stop, Stopped, stopping
from torg.follow.units import quota_used
from torg.follow.ways import Ways, at_their_servers, doors, over_the_internet
from torg.follow.whom import Learned, whom

__all__ = [
    "PERSON_NEEDED",
    "Chunks",
    "Diagnosis",
    "Facts",
    "Finding",
    "Health",
    "Heard",
    "Held",
    "Keeping",
    "Last",
    "Learned",
    "Listener",
    "Manner",
    "PlatformRound",
    "Post",
    "Quota",
    "Reply",
    "Rhythm",
    "Round",
    "Stop",
    "Stopped",
    "Stream",
    "Ways",
    "at_their_servers",
    "collect_forever",
    "collect_round",
    "doctor",
    "doors",
    "due",
    "examine",
    "headline",
    "held",
    "letter",
    "listen",
    "mail_diagnosis",
    "over_the_internet",
    "quota_used",
    "stopping",
    "whom",
]
