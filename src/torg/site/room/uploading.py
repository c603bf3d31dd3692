"""Uploads as they come in: straight to their place, piece by piece, and never more than allowed."""

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from io import BufferedWriter
from typing import Any

from django.core.files.uploadhandler import FileUploadHandler, StopUpload

from torg.site.room.places import delete_upload, new_place, path_for, plain_name
from torg.study import Study

MOST_AT_ONCE = 20  # files of one call
MOST_COMING = 2  # calls of one process: each holds one of its four threads until all of it came
_TIMES = 10  # what all uploads of a municipality may take, in calls as large as one may be
_FORM = 1 << 20  # bytes that a form has beside its files
_SPARE = 256 << 20  # bytes that uploads leave free: where nothing is, no answer is saved either
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@dataclass(frozen=True)
class Arrived:
    """A file that came in whole."""

    name: str  # as its owner calls it
    place: str
    size: int  # bytes
    sha256: str


def most_bytes(study: Study) -> int:
    """How many bytes the files of one call may have together."""
    return study.site.upload_mb << 20


def most_kept(study: Study) -> int:
    """How many bytes the uploads of one municipality may take together, on the server's disk."""
    return most_bytes(study) * _TIMES


def has_room(study: Study, length: float) -> bool:
    """Whether the disk takes a call that brings so much, and has some room left then."""
    return shutil.disk_usage(study.folder).free - length >= _SPARE


def is_full(error: OSError) -> bool:
    """Whether what was written found no room on the disk."""
    return error.errno in _FULL


def is_too_long(study: Study, length: float) -> bool:
    """Whether a call says of itself that it brings more than is taken."""
    return length > most_bytes(study) + _FORM


@contextmanager
def receiving(request: Any, study: Study) -> Iterator["Receiver"]:  # noqa: ANN401 -- Django's
    """Let the request's files go to places of their own; what nobody keeps is deleted again."""
    receiver = Receiver(study)
    request.upload_handlers = [receiver]
    try:
        yield receiver
    finally:
        receiver.clear()


class Receiver(FileUploadHandler):
    """Writes each file to a place of its own while it comes in."""

    def __init__(self, study: Study) -> None:
        super().__init__()
        self.arrived: list[Arrived] = []
        self.empty: list[str] = []
        self.is_over = False  # more came than is taken
        self._study = study
        self._left = most_bytes(study)
        self._kept: set[str] = set()
        self._places: list[str] = []
        self._file: BufferedWriter | None = None

    def keep(self, arrived: Arrived) -> None:
        """Somebody has noted the file: it stays."""
        self._kept.add(arrived.place)

    def clear(self) -> None:
        """Delete what nobody keeps: of calls that were cut, refused, or sent twice."""
        with suppress(OSError):  # the last piece finds no room on a full disk, and is not wanted
            self._close()
        for place in self._places:
            if place not in self._kept:
                delete_upload(self._study, place)

    def new_file(self, *args: Any, **named: Any) -> None:  # noqa: ANN401 -- as Django calls it
        """A file begins."""
        super().new_file(*args, **named)
        self._close()
        if len(self._places) >= MOST_AT_ONCE:
            self.is_over = True
            raise StopUpload(connection_reset=True)
        self._name = plain_name(self.file_name or "")
        self._place = new_place(self._study)
        self._places.append(self._place)
        path = path_for(self._study, self._place, called=self._name)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        self._file = os.fdopen(os.open(path, flags, 0o600), "wb")
        self._digest = hashlib.sha256()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """A piece of it."""
        self._left -= len(raw_data)
        if self._left < 0 or self._file is None:
            self.is_over = True
            raise StopUpload(connection_reset=True)
        self._file.write(raw_data)
        self._digest.update(raw_data)

    def file_complete(self, file_size: int) -> None:
        """It is there, to its end; Django itself is handed nothing."""
        self._close()
        if file_size:
            digest = self._digest.hexdigest()
            self.arrived.append(Arrived(self._name, self._place, file_size, digest))
        else:
            self.empty.append(self._name)

    def _close(self) -> None:
        if self._file is not None and not self._file.closed:
            with self._file as file:
                file.flush()
                os.fsync(file.fileno())
