"""Invites once, through the mail server that study.toml names: what a test kills."""

import sys
from pathlib import Path

from tests.lib.surveying import NOON, WAVE
from torg.site import invite
from torg.study import read_study
from torg.survey.questionnaire import read_questionnaire

if __name__ == "__main__":
    study = read_study(Path(sys.argv[1]))
    invite(study, read_questionnaire(study.questionnaire), wave=WAVE, at=NOON)
