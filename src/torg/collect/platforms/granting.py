"""Which platforms can be asked about tokens, and how."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from torg.collect.platforms.graph import MetaGranting
from torg.collect.platforms.youtube import YouTubeGranting
from torg.collect.transport import Door
from torg.tokens import Granting

# The study's own account at Instagram, for asking about accounts of others, has a line of its own.
GRANTINGS: Mapping[str, Callable[[Door], Granting]] = MappingProxyType(
    {
        "facebook": MetaGranting,
        "instagram": partial(MetaGranting, platform="instagram"),
        "instagram-study": partial(MetaGranting, platform="instagram", of_study=True),
        "youtube": YouTubeGranting,
    }
)
