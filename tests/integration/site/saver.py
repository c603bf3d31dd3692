"""Saves answers for ever, and says of each that it is kept: what a test kills."""

import itertools
import sys
from pathlib import Path

from tests.lib.surveying import NOON
from torg.site import save_answer
from torg.study import read_study
from torg.survey.questionnaire import read_questionnaire

if __name__ == "__main__":
    study = read_study(Path(sys.argv[1]))
    questionnaire = read_questionnaire(study.questionnaire)
    for number in itertools.count():
        value = str(number % 50 + 1)
        save_answer(study, questionnaire, int(sys.argv[2]), item="pages", value=value, at=NOON)
        sys.stdout.write(f"{value}\n")
        sys.stdout.flush()
