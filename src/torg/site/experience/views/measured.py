"""What was measured around an experience: on its public page, and before it is sent."""

from collections.abc import Mapping
from typing import Any

from torg.experience import REASONS
from torg.site.experience import drawing, queries
from torg.site.experience.observed import latest
from torg.site.experience.queries import OwnExperience, PublicExperience


def measured(experience: PublicExperience | OwnExperience, *, language: str) -> Mapping[str, Any]:
    """The values that `around.jinja` draws, from the latest public release."""
    told = queries.surroundings(experience, language=language)
    return {
        "around": told,
        "strips": [drawing.strip_of(each.change, each.peers) for each in told.measures],
        "reasons": REASONS,
        "release": latest(),
    }
