"""What is asked: a folder with a study.toml, read into one frozen value."""

from torg.study.create import TEMPLATES, create_study
from torg.study.following import Follow, OwnBudget
from torg.study.mailing import Mail
from torg.study.model import (
    AREAS,
    Area,
    Criterion,
    Eligible,
    ImportDefaults,
    Office,
    Ranking,
    Study,
    Transform,
    Window,
    in_calendar,
    read_study,
)
from torg.study.reference import study_page
from torg.study.serving import Site
from torg.study.surveying import Simulated, Survey

__all__ = [
    "AREAS",
    "TEMPLATES",
    "Area",
    "Criterion",
    "Eligible",
    "Follow",
    "ImportDefaults",
    "Mail",
    "Office",
    "OwnBudget",
    "Ranking",
    "Simulated",
    "Site",
    "Study",
    "Survey",
    "Transform",
    "Window",
    "create_study",
    "in_calendar",
    "read_study",
    "study_page",
]
