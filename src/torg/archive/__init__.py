"""The only door to the lake: what was seen, when, by which source, and never overwritten.

`Archive.append` takes in a file, `Archive.reading` gives the tables to Ibis.
"""

from torg.archive.append import Appended
from torg.archive.archive import Archive
from torg.archive.authors import authors_held
from torg.archive.checking import Finding
from torg.archive.compacting import Compacted
from torg.archive.forgetting import Forgotten
from torg.archive.identity import Identity
from torg.archive.pseudonyms import Pseudonyms, load_key, make_key
from torg.archive.reading import Reading
from torg.archive.tables import SCHEMA_VERSION, TABLES

__all__ = [
    "SCHEMA_VERSION",
    "TABLES",
    "Appended",
    "Archive",
    "Compacted",
    "Finding",
    "Forgotten",
    "Identity",
    "Pseudonyms",
    "Reading",
    "authors_held",
    "load_key",
    "make_key",
]
