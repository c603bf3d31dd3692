"""A study made up as a whole: who is asked, who answers, what they say, and what is really so."""

from torg.simulate.survey.made import SimulatedStudy, answers_of, simulate_study, write_study
from torg.simulate.survey.recipe import RECIPES, Recipe, demo_recipe

__all__ = [
    "RECIPES",
    "Recipe",
    "SimulatedStudy",
    "answers_of",
    "demo_recipe",
    "simulate_study",
    "write_study",
]
