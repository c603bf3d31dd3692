"""What is read: frozen values, and nothing that everybody may not see unless a visitor is given."""

from torg.site.experience.queries.around import Around, Surroundings, surroundings
from torg.site.experience.queries.campaigns import (
    PublicCampaign,
    curve_of,
    public_campaign,
    public_campaigns,
    takes_part,
)
from torg.site.experience.queries.matching import all_matches
from torg.site.experience.queries.own import (
    NOTICES,
    STATES,
    OwnExperience,
    Told,
    notices_of,
    own_draft,
    own_experiences,
    versions_of,
    waiting_experiences,
)
from torg.site.experience.queries.published import (
    PublicExperience,
    PublicFile,
    PublicRemark,
    contact_for,
    experiences_in_order,
    file_for,
    files_of,
    is_withdrawn,
    public_experience,
    public_experiences,
    remarks_on,
    years,
)
from torg.site.experience.queries.requests import (
    PublicAnswer,
    PublicRequest,
    agencies,
    answers_to,
    public_request,
    public_requests,
)
from torg.site.experience.queries.searching import Found, search

__all__ = [
    "NOTICES", "STATES", "Around", "Found", "OwnExperience", "PublicAnswer", "PublicCampaign",
    "PublicExperience", "PublicFile", "PublicRemark", "PublicRequest", "Surroundings", "Told",
    "agencies", "all_matches", "answers_to", "contact_for", "curve_of", "experiences_in_order",
    "file_for", "files_of", "is_withdrawn", "notices_of", "own_draft", "own_experiences",
    "public_campaign", "public_campaigns", "public_experience", "public_experiences",
    "public_request", "public_requests", "remarks_on", "search", "surroundings",
    "takes_part", "versions_of", "waiting_experiences", "years",
]  # fmt: skip
