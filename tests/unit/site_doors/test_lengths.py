"""A call that brings too much is turned away before it is read."""

import pytest

from tests.lib.site import as_municipality, as_staff, released, site_of
from torg.site.lengths import MOST


@pytest.fixture
def client(tmp_path):
    return site_of(released(tmp_path))


@pytest.mark.parametrize(
    "address", ["/en/sign-in/", "/en/experience/1/ask/", "/en/staff/releases/run/"]
)
def test_nobody_fills_the_disk_by_a_form(client, address):
    as_staff(client, "analyst")
    said = client.generic("POST", address, b"x", CONTENT_LENGTH=str(MOST + 1))
    assert said.status_code == 413
    assert said["Connection"] == "close"


def test_the_body_of_a_call_that_is_too_long_is_not_touched(client):
    from django.test import RequestFactory

    from torg.site.accounts.views.signing import sign_in
    from torg.site.accounts.visiting import PUBLIC
    from torg.site.lengths import LengthMiddleware

    class Unread:
        def read(self, *_):
            raise AssertionError("the body was read")

    request = RequestFactory().post("/en/sign-in/", CONTENT_LENGTH=str(MOST + 1))
    request.environ["wsgi.input"] = request._stream = Unread()
    request.language, request.visitor = "en", PUBLIC
    said = LengthMiddleware(lambda _: None).process_view(request, sign_in, (), {})
    assert said.status_code == 413


def test_a_room_takes_files_up_to_its_own_bound(client):
    as_municipality(client, "XX", "0101")
    said = client.post("/en/room/files/", {"whole": "yes", "files": _file(MOST + 1000)})
    assert said.status_code == 302


def _file(size):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("posts.csv", b"a,b\n" * (size // 4))
