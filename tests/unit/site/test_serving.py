"""What `torg serve` says before it serves."""

import datetime as dt

import pytest

from tests.lib.surveying import a_study
from torg import site
from torg.errors import StudyError

ALL = "0.0.0.0"  # noqa: S104 -- what an operator may ask for


@pytest.fixture
def study(tmp_path):
    yield a_study(tmp_path / "study")
    site.close_people()


def told(study, host):
    from torg.site.serving import _where

    return " ".join(_where(study, host, 8000))


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("::1", "http://[::1]:8000/"),
        (ALL, "http://localhost:8000/"),
        ("10.1.2.3", "http://10.1.2.3:8000/"),
    ],
)
def test_the_address_is_one_that_a_browser_takes(study, host, address):
    assert f"is at {address} (" in told(study, host)


def test_who_listens_to_all_is_told_who_is_answered(study):
    assert "under [site]" in told(study, ALL)
    assert "under [site]" not in told(study, "127.0.0.1")
    address = study.site.model_copy(update={"address": "https://torg.example.no"})
    named = study.model_copy(update={"site": address})
    assert "under [site]" not in told(named, ALL)


@pytest.mark.enable_socket
def test_a_port_that_is_taken_is_said_and_no_address(study):
    import socket

    said = []
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(StudyError, match=f"127.0.0.1:{port} cannot be served"):
            site.serve(study, port=port, works=False, tell=said.append)
    assert said == []


def test_a_release_that_only_municipalities_see_is_said_with_its_day(study):
    from torg.release import make_release
    from torg.site.serving import _who_waits

    site.open_people(study)
    assert list(_who_waits(study)) == []
    now = dt.datetime.now(dt.UTC)
    made = make_release(
        study.releases, write=lambda folder: (folder / "results").mkdir(), provenance={}, now=now
    )
    name, day = made.folder.name, (now + dt.timedelta(days=14)).astimezone(study.zone)
    (said,) = _who_waits(study)
    assert f"the release {name} from {day:%Y-%m-%d} " in said
    assert f"'torg release postpone {name}'" in said


def test_a_damaged_release_does_not_stop_the_site(study):
    from torg.site.serving import _who_waits

    site.open_people(study)
    damaged = study.releases / "2026-11-20-1" / "provenance.json"
    damaged.parent.mkdir(parents=True)
    damaged.write_text("{", encoding="utf-8")
    assert list(_who_waits(study)) == []
