"""How much is kept of one form within a day: answers are never deleted, and disks have an end."""

import datetime as dt

from tests.lib.answer_pages import FJORDBY, SUNDBY


def test_a_program_behind_a_link_does_not_fill_the_disk_and_others_go_on(pages, monkeypatch):
    from torg.site.answers.actions import answering
    from torg.site.answers.models import Answer

    monkeypatch.setattr(answering, "MOST_A_DAY", 3)
    client = pages.browser(FJORDBY)
    said = [pages.answer(client, "why", why=f"word {n}").status_code for n in range(5)]
    assert said == [302, 302, 302, 429, 429]
    assert pages.said()["why"] == "word 2"
    assert pages.answer(client, "why", why="word 2").status_code == 302  # nothing new is kept
    by_script = client.post(
        pages.page("question/why/"), {"why": "more"}, headers={"accept": "application/json"}
    )
    assert by_script.status_code == 429
    assert Answer.objects.count() == 3
    other = pages.browser(SUNDBY)
    assert pages.answer(other, "why", to=SUNDBY, why="ours").status_code == 302


def test_on_the_next_day_it_goes_on(pages, monkeypatch):
    from torg.site.answers.actions import Turn, answering, save_page

    monkeypatch.setattr(answering, "MOST_A_DAY", 1)
    client = pages.browser(FJORDBY)
    assert pages.answer(client, "why", why="today").status_code == 302
    assert pages.answer(client, "why", why="still today").status_code == 429
    later = dt.datetime.now(dt.UTC) + dt.timedelta(days=1, minutes=1)
    save_page(
        pages.study, pages.questionnaire, pages.form(FJORDBY),
        lambda _before: Turn({"why": "tomorrow"}), at=later,
    )  # fmt: skip
    assert pages.said()["why"] == "tomorrow"
