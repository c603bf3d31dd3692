"""Who reviews reads names and not codes, sentences in the own language, own words as they are."""

import pytest

from tests.lib.site import as_staff


@pytest.fixture
def page(client, study):
    from tests.lib.experience import waiting

    editor = as_staff(client, "editor")
    number = waiting(title="Reputation", language="da", tried="Vi svarede om aftenen.")
    return editor.get(f"/nb/staff/review/experiences/{number}/").content.decode()


def test_what_was_chosen_is_said_in_the_reader_s_language_and_own_words_in_theirs(page):
    assert "Dialog med innbyggerne" in page
    assert "Dialogue with residents" not in page
    assert '<h1><span lang="da">Reputation</span></h1>' in page
    assert '<span lang="da">Vi svarede om aftenen.</span>' in page


def test_the_municipality_stands_there_by_its_name_and_who_sent_it_as_in_the_log(page, study):
    from torg.register import read_register

    town = read_register(study.register_folder).municipality("XX", "0101")
    assert f"{town.name(languages=('nb',))} (XX 0101)" in page
    assert "(lenke til rommet 1)" in page


@pytest.mark.parametrize("place", ["XX:0101", "XX 0101"])
def test_the_log_is_sifted_by_a_place_as_it_stands_there(client, study, place):
    from tests.lib.experience import waiting

    editor = as_staff(client, "editor")
    waiting()
    shown = editor.get("/en/staff/log/", {"place": place}).content.decode()
    assert "2 entries" in shown
