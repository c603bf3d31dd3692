"""On which terms the data is given, and by whom."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Licence:
    """A licence of data: its name in the list of SPDX, its title, and where it stands."""

    name: str
    title: str
    path: str


LICENCES: Mapping[str, Licence] = {
    "CC-BY-4.0": Licence(
        "CC-BY-4.0",
        "Creative Commons Attribution 4.0 International",
        "https://creativecommons.org/licenses/by/4.0/",
    ),
    "CC0-1.0": Licence(
        "CC0-1.0",
        "Creative Commons Zero 1.0 Universal",
        "https://creativecommons.org/publicdomain/zero/1.0/",
    ),
    "NLOD-2.0": Licence(
        "NLOD-2.0",
        "Norwegian Licence for Open Government Data 2.0",
        "https://data.norge.no/nlod/en/2.0/",
    ),
}


@dataclass(frozen=True, kw_only=True)
class Terms:
    """Who publishes a release, where, and what others may do with it."""

    publisher: str
    address: str | None = None  # of the site, as https://torg.example.no
    licence: Licence = LICENCES["CC-BY-4.0"]
