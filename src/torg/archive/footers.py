"""What a data file says of itself in its footer; files never change, so each is asked once."""

import datetime as dt
import json
from functools import lru_cache
from pathlib import Path

import pyarrow.parquet as pq

SOURCES = b"torg.sources"  # of a file that was made of several: the sources whose rows it holds
WORDS_UNTIL = b"torg.words-until"  # of citizens: the first day on which words in it expire
REWRITE = "rewrite"


def sources_in(path: Path) -> frozenset[str]:
    """The sources whose rows a file holds: it is named after the one, or its footer says which."""
    if not path.name.startswith(REWRITE):
        return frozenset({path.name.partition("-")[0]})
    return _listed(path)


def words_until(path: Path) -> dt.date | None:
    """The first `expires_on` of a text in the file; None where no text is in it.

    Raises KeyError for a file that does not say.
    """
    said = _footer(path)[WORDS_UNTIL].decode()
    return dt.date.fromisoformat(said) if said else None


@lru_cache(maxsize=4096)
def _listed(path: Path) -> frozenset[str]:
    return frozenset(json.loads(_footer(path)[SOURCES]))


@lru_cache(maxsize=256)
def _footer(path: Path) -> dict[bytes, bytes]:
    return dict(pq.read_metadata(path).metadata or {})
