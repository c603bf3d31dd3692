"""Whatever is uploaded: it is bounded, told about in a sentence, and never runs or comes back."""

import errno
import io
import re
import zipfile

import pytest

from tests.lib.rooms import (
    FJORDBY,
    SUNDBY,
    a_room,
    do_work,
    export,
    lies_there,
    visitor_of,
)
from tests.lib.site import as_municipality, site_of

FILES = "/en/room/files/"
HTML = b"<!doctype html><html><script>alert(1)</script></html>"


@pytest.fixture
def study(tmp_path):
    return a_room(tmp_path / "study")


@pytest.fixture
def client(study):
    return as_municipality(site_of(study), *FJORDBY)


def sent(client, *files, whole="yes", **headers):
    """The form with files, as a browser sends it."""
    from django.core.files.uploadedfile import SimpleUploadedFile

    uploads = [SimpleUploadedFile(name, content) for name, content in files]
    return client.post(FILES, {"files": uploads, "whole": whole}, **headers)


def outcome(study):
    """The one file that was handed in, once it was read."""
    from torg.site.room.models import HandIn

    do_work(study)
    return HandIn.objects.get()


def workbook(sheet, *, kind="xl/worksheets/sheet1.xml"):
    """A zip archive that looks like a workbook, with that text as its sheet."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr(kind, sheet)
    return packed.getvalue()


BOMB = workbook(b"<sheetData>" + b" " * (600 << 20))
HUGE = workbook(
    b'<worksheet><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
    b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
)
LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">'
    + b"".join(
        b'<!ENTITY %c "%s">' % (letter, b"&%c;" % before * 20)
        for before, letter in zip(b"abcdefghi", b"bcdefghij", strict=True)
    )
    + b"]><rss><channel><item><title>&j;</title></item></channel></rss>"
)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("posts.csv", HTML, "no feed"),
        ("posts.csv", b"\x7fELF\x02\x01\x01" + b"\0" * 200, ""),
        ("posts.csv", b"MZ" + bytes(range(256)), ""),
        ("book.xlsx", b"PK\x03\x04" + b"\0" * 100, "damaged"),
        ("book.xlsx", BOMB, "unpacks to"),
        ("book.xlsx", HUGE, "spans more than"),
        ("plain.zip", workbook(b"x", kind="a.csv"), "no workbook"),
        ("feed.xml", LAUGHS, ""),
        ("old.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Excel"),
        ("doc.pdf", b"%PDF-1.7 " + b"x" * 100, "PDF"),
        ("deep.json", b"[" * 100_000, ""),
        ("nothing.csv", b"\n\n\n", ""),
    ],
    ids=["html as csv", "a program", "another program", "half a zip", "zip bomb", "huge sheet",
         "plain zip", "billion laughs", "xls", "pdf", "deep json", "blank"],
)  # fmt: skip
def test_what_is_no_export_is_refused_in_a_sentence_and_deleted(
    study, client, name, content, sentence
):
    assert sent(client, (name, content)).status_code == 302
    handin = outcome(study)
    assert handin.state == "unfit"
    assert sentence in handin.why
    assert "hand-in-" not in handin.why  # the made-up name says nobody anything
    assert lies_there(study) == []
    page = client.get(f"{FILES}{handin.pk}/")
    assert page.status_code == 200
    assert b"<script>alert" not in page.content


@pytest.mark.parametrize(
    "name",
    ["../../../etc/cron.d/x.csv", "..\\..\\x.csv", "/abs/x.csv", "<img src=x onerror=alert(1)>",
     "x\r\nSet-Cookie: a=b.csv", "æøå 2024-05-13.csv", "x" * 5000 + ".csv", "%2e%2e%2fx.csv"],
)  # fmt: skip
def test_a_name_is_never_a_path_and_never_markup(study, client, name):
    from torg.site.room.models import HandIn

    answered = sent(client, (name, export()))
    assert answered.status_code == 302
    (path,) = lies_there(study)
    assert re.fullmatch(r"hand-in-[0-9a-f]{8}(_2024-05-13)?", path.name)
    assert re.fullmatch(r"[0-9a-f]{32}", path.parent.name)
    assert path.parent.parent == study.folder / "handins"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    kept = HandIn.objects.get().name
    assert len(kept) <= 200
    assert "/" not in kept
    assert "\\" not in kept
    assert b"<img" not in client.get(FILES).content


def test_an_empty_file_is_said_so_and_not_kept(study, client):
    answered = sent(client, ("empty.csv", b""))
    assert answered.status_code == 422
    assert b"This file is empty." in answered.content
    assert lies_there(study) == []


def test_without_a_file_nothing_happens(study, client):
    assert client.post(FILES, {"whole": "yes"}).status_code == 422


def test_what_says_that_it_is_too_large_is_refused_before_it_is_read(study, client):
    class Unread(io.BytesIO):
        """A body that must not be touched."""

        def read(self, *_):
            raise AssertionError("it was read")

    answered = client.generic(
        "POST", FILES, b"", content_type="multipart/form-data; boundary=b",
        **{"CONTENT_LENGTH": str(3 << 20), "wsgi.input": Unread()},
    )  # fmt: skip
    assert answered.status_code == 413
    assert b"too large" in answered.content


def test_what_is_too_large_together_is_stopped_and_nothing_of_it_is_kept(study, client):
    from torg.site.room.models import HandIn

    half = b"x" * (700 << 10)
    answered = sent(client, ("one.csv", half), ("two.csv", half))
    assert answered.status_code == 413
    assert lies_there(study) == []
    assert HandIn.objects.count() == 0


def test_too_many_files_at_once_are_stopped(study, client):
    files = [(f"{number}.csv", b"a") for number in range(21)]
    assert sent(client, *files).status_code == 413
    assert lies_there(study) == []


class FullDisk(io.FileIO):
    """A file on a disk that has room for half a megabyte."""

    why = errno.ENOSPC

    def write(self, data):
        if self.tell() + len(data) > 512 << 10:
            raise OSError(self.why, "no room")
        return super().write(data)


@pytest.mark.parametrize("why", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
@pytest.mark.parametrize("size", [(520 << 10) - 1, 900 << 10])
def test_a_full_disk_is_said_so_and_nothing_is_left_on_it(study, client, monkeypatch, why, size):
    from torg.site.room.models import HandIn

    monkeypatch.setattr(FullDisk, "why", why)
    monkeypatch.setattr(
        "torg.site.room.uploading.os.fdopen",
        lambda number, mode: io.BufferedWriter(FullDisk(number, mode)),
    )
    answered = sent(client, ("one.csv", b"a,b\n"), ("two.csv", b"x" * size))
    assert answered.status_code == 507
    assert b"no room for files" in answered.content
    assert lies_there(study) == []
    assert list((study.folder / "handins").iterdir()) == []
    assert HandIn.objects.count() == 0


def test_another_fault_of_the_disk_is_a_fault(study, client, monkeypatch):
    monkeypatch.setattr(FullDisk, "why", errno.EIO)
    monkeypatch.setattr(
        "torg.site.room.uploading.os.fdopen",
        lambda number, mode: io.BufferedWriter(FullDisk(number, mode)),
    )
    client.raise_request_exception = False
    assert sent(client, ("one.csv", b"x" * (900 << 10))).status_code == 500
    assert lies_there(study) == []


def test_the_last_of_the_disk_is_not_for_uploads(study, client, monkeypatch):
    from collections import namedtuple

    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(
        "torg.site.room.uploading.shutil.disk_usage", lambda _: usage(1 << 40, 0, 256 << 20)
    )
    answered = sent(client, ("one.csv", export()))
    assert (answered.status_code, answered["Connection"]) == (507, "close")
    assert lies_there(study) == []


def test_uploads_that_come_slowly_leave_threads_for_others(study, client):
    from torg.site.room.uploading import MOST_COMING
    from torg.site.room.views import files

    for _ in range(MOST_COMING):  # as those that are still on their way
        assert files._coming_in.acquire(blocking=False)
    try:
        answered = sent(client, ("one.csv", export()))
        assert (answered.status_code, answered["Connection"]) == (503, "close")
        assert b"Many files come in" in answered.content
        assert client.get(FILES).status_code == 200
        assert lies_there(study) == []
    finally:
        for _ in range(MOST_COMING):
            files._coming_in.release()
    for number in range(MOST_COMING + 1):  # each gives its place back
        assert sent(client, (f"{number}.csv", export(posts=number + 1))).status_code == 302


def test_a_municipality_s_files_take_ten_times_what_one_call_may_bring(study, client):
    from torg.site.room.actions import withdraw_file
    from torg.site.room.models import HandIn

    for number in range(10):
        assert sent(client, (f"{number}.csv", b"%d" % number * (1 << 20))).status_code == 302
    assert sent(client, ("more.csv", b"x")).status_code == 422
    answered = sent(client, ("more.csv", b"x"))
    assert b"all the room that there is" in answered.content
    assert len(lies_there(study)) == 10
    other = as_municipality(site_of(study), *SUNDBY)
    assert sent(other, ("its.csv", b"x")).status_code == 302
    withdraw_file(study, visitor_of(FJORDBY), HandIn.objects.earliest("id").pk)
    assert sent(client, ("more.csv", b"x")).status_code == 302


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.999])
def test_a_call_that_is_cut_short_brings_nothing(study, client, cut):
    from torg.site.room.models import HandIn

    parts = [
        b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.csv"\r\n\r\n',
        export(posts=200),
        b'\r\n--b\r\nContent-Disposition: form-data; name="whole"\r\n\r\nyes\r\n--b--\r\n',
    ]
    body = b"".join(parts)
    shorter = body[: min(int(len(body) * cut), len(body) - len(parts[2]) + 4)]
    answered = client.generic(
        "POST", FILES, b"", content_type="multipart/form-data; boundary=b",
        **{"CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(shorter)},
    )  # fmt: skip
    assert answered.status_code == 422
    assert lies_there(study) == []
    assert HandIn.objects.count() == 0


def test_a_form_of_another_site_brings_nothing(study, client):
    from django.test import Client

    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    strict.cookies = client.cookies
    answered = sent(strict, ("a.csv", export()))
    assert answered.status_code == 403
    assert lies_there(study) == []


def test_what_was_handed_in_never_comes_back(study, client):
    sent(client, ("a.csv", export()))
    (path,) = lies_there(study)
    for address in (f"/handins/{path.parent.name}/{path.name}", f"/static/../handins/{path.name}"):
        assert client.get(address).status_code in {301, 404}
    page = client.get(FILES).content
    assert path.name.encode() not in page
    assert path.parent.name.encode() not in page


def test_a_reader_that_is_ended_from_outside_is_told_about(study, client, monkeypatch):
    from torg.site.room import reader
    from torg.site.room.actions import reading

    def at_once(*arguments, **named):
        return reader.read_apart(*arguments, **named, longest=0.01)

    monkeypatch.setattr(reading, "read_apart", at_once)
    sent(client, ("a.csv", export()))
    assert outcome(study).why == reader.TOO_MUCH
