"""What study.toml says of the site: where it is, and when a release is shown."""

from typing import Literal

from pydantic import Field

from torg.study.frozen import Frozen


class Site(Frozen):
    """The site that `torg serve` shows."""

    address: str | None = Field(None, pattern=r"^https?://[^\s/]+$")
    """Where readers find it, as `https://torg.example.no`. Without it only the machine itself is
    answered: enough for a trial."""
    contact: str | None = None
    """Who answers for it, as a name and a mail address; stands on the pages about the site."""
    publisher: str | None = None
    """Who publishes the data, as it is cited; without it the study's title."""
    licence: Literal["CC-BY-4.0", "CC0-1.0", "NLOD-2.0"] = "CC-BY-4.0"
    """Under which licence the open data may be used."""
    preview_days: int = Field(14, ge=0, le=90)
    """How many days each municipality sees a new release alone, before everybody does. What is
    simulated or invented is shown at once."""
    upload_mb: int = Field(200, ge=1, le=4096)
    """The largest file that a municipality can hand in."""
    accept_files: Literal["staff", "own"] = "staff"
    """Who takes what a municipality hands in: one of the `staff`; or `own`, without waiting, a file
    of which every row was understood and whose channels are all the municipality's own."""
    proxies: int = Field(0, ge=0, le=5)
    """How many reverse proxies stand before it: so many names at the end of `X-Forwarded-For` are
    believed."""
    keep_years: int = Field(5, ge=1, le=50)
    """How long what people did is kept: accounts not used, hand-ins that were refused, the log."""
