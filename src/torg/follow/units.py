"""The units of a daily quota that are used up, remembered from one process to the next.

They stand in the marks of the runs that were committed. A process that was killed takes with it
what its last chunk cost; then the network itself says when there is nothing left.
"""

import datetime as dt
import json

from torg.archive import Reading
from torg.collect.platforms import Platform
from torg.collect.transport import Used


def used_mark(used: Used | None) -> str | None:
    """The units used up, as the mark of a run."""
    if used is None:
        return None
    return json.dumps({"day": used.day.isoformat(), "units": used.units})


def quota_used(reading: Reading, platform: Platform) -> Used | None:
    """What the runs up to now have used of a platform's quota, on the last day that they did.

    None where it has no quota, or nothing was asked yet. The units count for the day it says, in
    the quota's own zone; on a later day all are there again.
    """
    if platform.quota is None:
        return None
    try:
        said = json.loads(reading.mark(platform.name, platform.name) or "")
        return Used(dt.date.fromisoformat(said["day"]), int(said["units"]))
    except (ValueError, TypeError, KeyError):
        return None
