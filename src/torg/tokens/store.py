"""Where the many tokens of a national study lie: one encrypted file outside the study's folder."""

import hashlib
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import platformdirs
from filelock import FileLock, Timeout

from torg.errors import TokenError
from torg.tokens.grant import Grant, Held
from torg.tokens.named import TOKENS_KEY, secret_named
from torg.tokens.sealing import lacking_key, seal, unseal
from torg.tokens.secret import Secret

_PATIENCE = 30.0  # seconds that one waits for another who writes
_OURS_ALONE = 0o600


@dataclass(frozen=True)
class TokenStore:
    """Tokens by platform and channel. The key is asked for only where it is needed.

    Every change writes the whole file aside and puts it into place in one step: whoever is killed
    or meets a full disk leaves the file as it was. Raises TokenError.
    """

    path: Path
    key: Callable[[], Secret | None] = field(default=partial(secret_named, TOKENS_KEY), repr=False)

    # A round looks tokens up for every channel: the same file is opened once.
    _known: dict[bytes, tuple[Held, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @classmethod
    def of(cls, study_id: str) -> "TokenStore":
        """A study's store, in the user's configuration folder; consent is given to one study."""
        return cls(platformdirs.user_config_path("torg") / "tokens" / f"{study_id}.sealed")

    def __post_init__(self) -> None:
        for folder in self.path.absolute().parents:
            if (folder / "study.toml").exists():
                raise TokenError(
                    f"{self.path} lies in the study folder {folder}, which is shared and copied: "
                    "keep tokens outside of every study."
                )

    def held(self) -> tuple[Held, ...]:
        """All grants with their secrets, sorted by platform and channel."""
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return ()
        digest = hashlib.sha256(data).digest()
        known = self._known.get(digest)
        if known is None:
            known = unseal(data, key=self._key(), place=str(self.path))
            self._known.clear()
            self._known[digest] = known
        return known

    def get(self, platform: str, channel: str | None) -> Secret | None:
        """The token of a channel, by id or "@handle"; of the whole study where it is None."""
        alike = [one for one in self.held() if one.grant.platform == platform]
        fit = (one for one in alike if _fits(one.grant, channel))
        return next((one.secret for one in fit), None)

    def check(self) -> None:
        """Raise TokenError where no token could be kept: before anybody types one."""
        self._key()
        self.held()

    def listing(self) -> tuple[Grant, ...]:
        """What was granted, without the secrets."""
        return tuple(one.grant for one in self.held())

    def put(self, held: Held) -> None:
        """Keep one token; one that was kept for the same channel gives way."""
        self.put_all((held,))

    def put_all(self, several: Iterable[Held]) -> None:
        """Keep several tokens, all of them or none."""
        new = {one.grant.key: one for one in several}
        self._change(lambda old: (*(o for o in old if o.grant.key not in new), *new.values()))

    def remove(self, several: Iterable[Grant]) -> None:
        """Forget the tokens of these grants."""
        keys = {grant.key for grant in several}
        self._change(lambda old: tuple(o for o in old if o.grant.key not in keys))

    def rotate(self, key: Secret) -> "TokenStore":
        """Seal all with another key; gives the store that has it. The old key opens no more."""
        self._change(lambda old: old, seal_with=key)
        return TokenStore(self.path, lambda: key)

    def _change(
        self,
        change: Callable[[tuple[Held, ...]], tuple[Held, ...]],
        *,
        seal_with: Secret | None = None,
    ) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = FileLock(self.path.with_suffix(".lock"), timeout=_PATIENCE, mode=_OURS_ALONE)
        try:
            with lock:
                data = seal(change(self.held()), key=seal_with or self._key())
                _replace(self.path, data)
        except Timeout:
            raise TokenError(
                f"Somebody else has been writing to {self.path} for {_PATIENCE:.0f} seconds: "
                "wait until the other torg has ended, and do it again."
            ) from None
        except OSError as error:
            raise TokenError(
                f"{self.path} could not be written ({error.strerror}); what was in it is still "
                "there. Make room or mend the rights of its folder, and do it again."
            ) from None

    def _key(self) -> Secret:
        key = self.key()
        if key is None:
            raise lacking_key()
        return key


def _fits(grant: Grant, channel: str | None) -> bool:
    return grant.channel is None if channel is None else grant.is_for(channel)


def _replace(path: Path, data: bytes) -> None:
    """Put `data` into the file's place: whole and on the disk, or not at all."""
    aside = path.with_suffix(".new")
    aside.unlink(missing_ok=True)  # of one who was killed; made anew so that its rights are ours
    try:
        with os.fdopen(
            os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OURS_ALONE), "wb"
        ) as f:
            f.write(data)
            f.flush()
            os.fsync(f.fileno())
        aside.replace(path)
    except OSError:
        aside.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
