"""Several at once: a database that is made, and one that is written and read."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from tests.lib.nightly import scale
from tests.lib.surveying import NOON, WAVE, a_study
from tests.repo.source import ROOT
from torg.site import answers_of, close_people, invite, save_answer


def test_four_that_open_a_new_database_at_once_all_find_it_ready(tmp_path, database):
    for number in range(scale(1, 10)):
        study = a_study(tmp_path / str(number))
        command = [sys.executable, "-m", "tests.integration.site.opener", str(study.folder)]
        running = [
            subprocess.Popen(
                command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
            )
            for _ in range(4)
        ]
        said = [process.communicate() for process in running]
        assert said == [("0", "")] * 4
        if database:
            return  # there is one database, and it is not new any more


def test_respondents_who_answer_at_once_lose_nothing(survey, box):
    survey.ask(invite, wave=WAVE, post=box)
    forms = [survey.opened(box, to).forms[0].form for to in box.to]

    def answers_many(form):
        try:
            for number in range(1, 21):
                survey.ask(save_answer, form, item="pages", value=str(number))
                assert answers_of(survey.study, wave=WAVE).height >= number
        finally:
            close_people()  # a thread has a connection of its own

    with ThreadPoolExecutor(len(forms)) as pool:
        list(pool.map(answers_many, forms))
    kept = answers_of(survey.study, wave=WAVE)
    for _, rows in kept.group_by("respondent"):
        assert rows.get_column("value").to_list() == [str(number) for number in range(1, 21)]
        assert rows.get_column("at").min() == NOON
    assert kept.get_column("respondent").n_unique() == 4
