"""How the site is reached: under which names, by which proxies, and what cookies and logs say."""

import logging

import pytest

from tests.lib.site import released, site_of
from torg.study import read_study


@pytest.fixture
def asked(tmp_path):
    """A browser without a screen, for a site whose study.toml says that."""

    def of(site=""):
        study = released(tmp_path)
        with (study.folder / "study.toml").open("a", encoding="utf-8") as file:
            file.write(f"\n[site]\n{site}\n")
        client = site_of(read_study(study.folder))
        client.raise_request_exception = False
        return client

    return of


SAFE = 'address = "https://torg.example.no"\nproxies = 1'
BY_TLS = {"x-forwarded-proto": "https"}


@pytest.mark.parametrize("path", ["/en/", "/fi/about/", "/en/data/", "/api/v1/releases"])
def test_only_the_site_s_own_names_are_answered(asked, path):
    client = asked(SAFE)
    assert client.get(path, SERVER_NAME="torg.example.no").status_code == 200
    assert client.get(path, SERVER_NAME="localhost").status_code == 200
    said = client.get(path, SERVER_NAME="evil.example")
    assert said.status_code == 400
    assert "evil.example" not in said.content.decode()


def test_a_name_that_is_not_the_site_s_is_told_in_the_language_of_the_address(asked):
    said = asked().get("/fi/", SERVER_NAME="evil.example").content.decode()
    assert '<html lang="fi">' in said and "Tässä osoitteessa ei ole sivua." in said


def test_a_lost_stroke_is_put_back(asked):
    client = asked()
    for path in ("/en", "/en/ranking", "/fi/privacy"):
        answer = client.get(f"{path}?q=1")
        assert (answer.status_code, answer["Location"]) == (301, f"{path}/?q=1")
    assert client.get("/en/nowhere").status_code == 404


def test_behind_a_proxy_with_tls_cookies_stay_there_and_browsers_are_told(asked):
    client = asked(SAFE)
    answer = client.get("/en/sign-in/", headers=BY_TLS)
    assert "max-age=31536000" in answer["Strict-Transport-Security"]
    assert "includeSubDomains" not in answer["Strict-Transport-Security"]
    cookie = answer.cookies["csrftoken"]
    assert cookie["secure"] and cookie["httponly"] and cookie["samesite"] == "Lax"


def test_what_says_that_it_is_a_proxy_is_not_believed_where_none_stands(asked):
    client = asked('address = "https://torg.example.no"')
    assert "Strict-Transport-Security" not in client.get("/en/", headers=BY_TLS)
    lie = {"x-forwarded-host": "evil.example", **BY_TLS}
    assert "evil.example" not in client.get("/en/data/", headers=lie).content.decode()


def test_the_log_holds_no_personal_link(asked, monkeypatch, caplog):
    client = asked()
    monkeypatch.setattr("torg.site.accounts.views.opening.opened_room", lambda *_a, **_n: 1 / 0)
    assert client.get("/room/not-to-be-told").status_code == 500
    assert client.post("/answer/not-to-be-told").status_code == 405
    assert client.get("/answer/not-to-be-told").status_code == 302
    assert "ZeroDivisionError" in caplog.text
    assert "/room/<str:token>" in caplog.text
    assert "not-to-be-told" not in caplog.text


def test_what_readers_and_scanners_do_wrong_fills_no_log(asked, caplog):
    caplog.set_level(logging.INFO)
    client = asked()
    client.get("/en/", SERVER_NAME="evil.example")
    client.get("/wp-admin.php")
    client.post("/en/sign-in/", {f"field{n}": "" for n in range(3000)})
    assert [each.name for each in caplog.records if each.name.startswith("django")] == []
