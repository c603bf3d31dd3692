"""Files are what their content says; links and addresses are what they seem."""

import io
import zipfile

import pytest

from torg.errors import UserError
from torg.site.experience.attaching import DOCX, LARGEST, ODT, clean_name, media_of
from torg.site.experience.forms import is_safe_link


def packed(**parts):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as into:
        for name, text in parts.items():
            into.writestr(name, text)
    return made.getvalue()


def word(**more):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as into:
        into.writestr("[Content_Types].xml", "<t/>")
        into.writestr("word/document.xml", "<w/>")
        for name in more:
            into.writestr(f"word/{name}.bin", "x")
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "media"),
    [
        (b"%PDF-1.4 ...", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n...", "image/png"),
        (b"\xff\xd8\xff\xe0...", "image/jpeg"),
        (packed(mimetype=ODT), ODT),
        (word(), DOCX),
        (b"uke;innlegg\n1;4\n", "text/csv"),
        ("\ufeffår,n\n2026,4\n".encode(), "text/csv"),
    ],
)
def test_kinds_that_are_taken(content, media):
    assert media_of(content) == media


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><script>alert(1)</script>,</html>",
        b"\n <svg onload='x', />",
        b"MZ\x90\x00,",
        b"#!/bin/sh, rm",
        b"GIF89a\x01\x00,",
        b"one word without a separator",
        b"a,b\x00c",
        b"PK\x03\x04 broken",
        packed(anything="x"),
        packed(mimetype="application/epub+zip"),
        word(vbaProject="x"),
    ],
)
def test_kinds_that_are_not(content):
    with pytest.raises(UserError, match="Only PDF"):
        media_of(content)


def test_two_megabytes_are_the_most():
    assert media_of(b"%PDF-" + b"x" * (LARGEST - 5)) == "application/pdf"
    with pytest.raises(UserError, match="larger than 2 MB"):
        media_of(b"%PDF-" + b"x" * LARGEST)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\plan.pdf", "plan.pdf"),
        ("fdp.\u202eexe\r\nX: y", "fdp.exeX: y"),
        ("...", "file"),
        ("", "file"),
    ],
)
def test_names_lose_what_could_mislead(name, clean):
    assert clean_name(name) == clean


@pytest.mark.parametrize(
    ("link", "is_safe"),
    [
        ("https://example.org/a?b=c#d", True),
        ("https://xn--bl-yia.example/", True),
        ("http://example.org/", False),
        ("javascript:alert(1)", False),
        ("https://user@example.org/", False),
        ("https://localhost/", False),
        ('https://example.org/"onmouseover=alert(1)', False),
        ("https://example.org/ b", False),
        ("https://[::1/", False),
        ("//example.org/", False),
        ("https://example.org/" + "x" * 300, False),
    ],
)
def test_links_are_whole_and_https(link, is_safe):
    assert is_safe_link(link) == is_safe
