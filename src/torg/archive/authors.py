"""Whose words are held, by their keys alone."""

import polars as pl

from torg.archive.reading import Reading


def authors_held(reading: Reading) -> frozenset[str]:
    """The keys of all authors of whom the archive holds a reply; some may be of lapsed sources."""
    files = reading.files("citizens")
    if not files:
        return frozenset()
    keys = pl.scan_parquet(list(files)).select("author_key").drop_nulls().unique().collect()
    return frozenset(keys["author_key"])
