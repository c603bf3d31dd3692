"""The site's secret: one for all processes, and whole in its file or not there."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.lib.rooms import a_room
from torg.site import secret


@pytest.fixture
def study(tmp_path, monkeypatch):
    monkeypatch.setattr(secret.platformdirs, "user_config_path", lambda _: tmp_path / "config")
    monkeypatch.setattr(secret, "secret_named", lambda _: None)
    return a_room(tmp_path / "study")


def kept(tmp_path):
    return [path.read_text() for path in (tmp_path / "config" / "keys").iterdir()]


def test_of_many_who_make_it_at_once_all_have_the_same(study, tmp_path):
    with ThreadPoolExecutor(16) as many:
        found = set(many.map(lambda _: secret.secret_of(study).value, range(64)))
    assert [*found] == kept(tmp_path)
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "config/keys").iterdir()} == {0o600}


def test_who_is_stopped_before_it_is_written_leaves_no_file(study, tmp_path, monkeypatch):
    def stopped(_):
        raise KeyboardInterrupt

    with monkeypatch.context() as within, pytest.raises(KeyboardInterrupt):
        within.setattr(secret.secrets, "token_urlsafe", stopped)
        secret.secret_of(study)
    assert kept(tmp_path) == []
    assert len(secret.secret_of(study).value) >= secret.LEAST
