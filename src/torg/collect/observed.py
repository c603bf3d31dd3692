"""What was observed by hand in one wave, as a source of the tier `manual`."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from torg.collect.provenance import Kind
from torg.collect.records import AUDIENCE, OBSERVATIONS, Batch

FOLLOWERS = "followers"
FORMAT = "observation"


@dataclass(frozen=True, kw_only=True)
class ByHand:
    """The observations of one wave: taken in anew they supersede what was taken in before.

    `rows`: one for each observer, unit and item, with the columns of OBSERVATIONS but for `line`.
    """

    study: str
    wave: str
    rows: pl.DataFrame

    @property
    def kind(self) -> Kind:
        """Neither a file nor a run."""
        return "observation"

    @property
    def name(self) -> str:
        """As people call it."""
        return f"observation {self.wave}"

    @property
    def sha256(self) -> str:
        """Of the study and wave: the same source, however many forms have come in by now."""
        return hashlib.sha256(f"observation\n{self.study}\n{self.wave}".encode()).hexdigest()

    @property
    def options(self) -> str:
        """A digest of all that was seen: equal digests are equal observations."""
        text = self._ordered().write_csv(datetime_format="%Y-%m-%dT%H:%M:%S%.6fZ")
        return json.dumps({"rows": hashlib.sha256(text.encode()).hexdigest()}, sort_keys=True)

    @property
    def format(self) -> str:
        """The form."""
        return FORMAT

    @property
    def zone(self) -> str | None:
        """Instants are in UTC."""
        return None

    @property
    def exported_at(self) -> dt.datetime | None:
        """When the last of it was seen."""
        moment = self.rows["observed_at"].max()
        return moment if isinstance(moment, dt.datetime) else None

    @property
    def exported_at_basis(self) -> str:
        """The observers said when they looked."""
        return "content"

    @property
    def access(self) -> str:
        """By hand."""
        return "manual"

    @property
    def may_publish(self) -> bool:
        """What anybody can see on the page may be shown."""
        return True

    @property
    def keep_until(self) -> dt.date | None:
        """There is no last day."""
        return None

    @property
    def has_authors(self) -> bool:
        """It says nothing of who wrote."""
        return False

    @property
    def ids_name_authors(self) -> bool:
        """There are no replies in it."""
        return False

    def batches(self) -> Iterator[Batch]:
        """All of it at once; the followers of known channels are readings of their audience too."""
        rows = self._ordered().with_row_index("line", offset=1)
        observations = rows.select(list(OBSERVATIONS)).cast(OBSERVATIONS)  # type: ignore[arg-type]
        yield Batch(
            observations=observations, audience=_audience(observations), rows_read=rows.height
        )

    def _ordered(self) -> pl.DataFrame:
        return self.rows.select(name for name in OBSERVATIONS if name != "line").sort(pl.all())


def _audience(observations: pl.DataFrame) -> pl.DataFrame:
    seen = observations.filter(
        pl.col("item") == FOLLOWERS, *(pl.col(c).is_not_null() for c in ("channel", "number"))
    )
    rows = seen.select(
        "line",
        "platform",
        "channel",
        pl.lit(None, dtype=pl.String).alias("channel_name"),
        read_at="observed_at",
        followers=pl.col("number").round().cast(pl.Int64),
        kind=pl.lit("followers"),
    )
    return rows.select(list(AUDIENCE))
