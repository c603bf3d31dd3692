"""What the register knows about channels, as the readers of files need it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

import polars as pl

from torg.errors import RegisterError
from torg.register import Channel, Register, normalise_address

# Why a post does not enter that may be a citizen's.
NOBODYS = (
    "the account is not in the register, and may be a citizen's: if it is a municipality's, put it "
    "into the register with its id or handle, and import the file again"
)

Key = tuple[str, str]  # platform, and the channel's platform id or handle


@dataclass(frozen=True)
class KnownChannels:
    """Owners' names, platform ids and languages of the channels in a register."""

    names: Mapping[Key, frozenset[str]] = field(default_factory=dict)
    ids: Mapping[Key, str] = field(default_factory=dict)
    tongues: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in ("names", "ids", "tongues"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))

    @classmethod
    def of(
        cls,
        register: Register,
        *,
        languages_of: Callable[[str], tuple[str, ...]] = lambda _country: (),
    ) -> "KnownChannels":
        """What `register` knows; `languages_of` gives the languages of a country."""
        names: dict[Key, set[str]] = defaultdict(set)
        ids: dict[Key, str] = {}
        tongues: dict[Key, tuple[str, ...]] = {}
        for channel in register.channels:
            handle = channel.handle
            if handle and channel.platform_id:
                ids[channel.platform, handle] = channel.platform_id
            for key in _keys(channel, handle):
                tongues[key] = languages_of(channel.country)
                if channel.owner_name:
                    names[key].add(plain_name(channel.owner_name))
        return cls({key: frozenset(found) for key, found in names.items()}, ids, tongues)

    def owner_names(self, platform: str, channel: str) -> frozenset[str]:
        """The names, plain, under which the channel's owner writes; none where not known."""
        return self.names.get((platform, channel), frozenset())

    def channel_id(self, platform: str, handle: str) -> str | None:
        """The platform id of a handle, where the register has both."""
        return self.ids.get((platform, plain_handle(handle, platform=platform)))

    def has(self, platform: str, channel: str) -> bool:
        """Whether the register has the channel, by its platform id or as "@handle"."""
        return (platform, channel) in self.tongues

    def languages(self, platform: str, channel: str) -> tuple[str, ...]:
        """The languages that the channel's country writes."""
        return self.tongues.get((platform, channel), ())


def plain_names(names: pl.Series) -> pl.Series:
    """Names fit for comparing: one Unicode form, one case, single blanks."""
    plain = names.str.normalize("NFKC").str.to_lowercase()
    return plain.str.replace_all(r"\s+", " ").str.strip_chars()


def plain_name(name: str) -> str:
    """One name as `plain_names` gives it."""
    return str(plain_names(pl.Series([name]))[0])


def plain_handle(handle: str, *, platform: str) -> str:
    """A handle as the register compares it; what is none is only made lower case."""
    bare = handle.strip().removeprefix("@")
    try:
        return normalise_address(bare, platform=platform).handle or bare.lower()
    except (RegisterError, ValueError):
        return bare.lower()


def channel_ids(handles: pl.Series, *, platform: str, known: KnownChannels) -> pl.Series:
    """The platform ids of handles; "@handle" where the register knows none."""
    found = {handle: _id_or_handle(handle, platform, known) for handle in _unique(handles)}
    return handles.replace_strict(found, default=None, return_dtype=pl.String)


def registered_ids(handles: pl.Series, *, platform: str, known: KnownChannels) -> pl.Series:
    """The platform ids of handles; null where the register knows none."""
    found = {handle: known.channel_id(platform, handle) for handle in _unique(handles)}
    return handles.replace_strict(found, default=None, return_dtype=pl.String)


def are_owners(
    authors: pl.Series, *, platforms: pl.Series, channels: pl.Series, known: KnownChannels
) -> pl.Series:
    """Whether each author is the channel's owner; null where the owner's name is not known.

    A missing author is no owner: platforms hide private people's names, never a page's own.
    """
    told = pl.DataFrame(
        {"platform": platforms, "channel": channels, "author": plain_names(authors)}
    )
    where = ["platform", "channel"]
    keys = [(p, c) for p, c in told.select(where).unique().rows() if known.owner_names(p, c)]
    names = [(*key, name) for key in keys for name in sorted(known.owner_names(*key))]
    owners = _frame(names, [*where, "author"], is_owner=True)
    named = told.join(_frame(keys, where, named=True), on=where, how="left", maintain_order="left")
    joined = named.join(owners, on=[*where, "author"], how="left", maintain_order="left")
    return joined.select(
        pl.when(pl.col("named")).then(pl.col("is_owner").fill_null(value=False))
    ).to_series()


def _frame(rows: Sequence[tuple[str, ...]], columns: list[str], **flag: bool) -> pl.DataFrame:
    frame = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
    return frame.with_columns(**{name: pl.lit(value) for name, value in flag.items()})


def _id_or_handle(handle: str, platform: str, known: KnownChannels) -> str:
    return known.channel_id(platform, handle) or f"@{plain_handle(handle, platform=platform)}"


def _unique(values: pl.Series) -> list[str]:
    return sorted(values.drop_nulls().unique().to_list())


def _keys(channel: Channel, handle: str | None) -> Iterable[Key]:
    if channel.platform_id:
        yield channel.platform, channel.platform_id
    if handle:
        yield channel.platform, f"@{handle}"
