"""An invented country with a known truth: its register, its posts, and what is really so."""

from torg.simulate.country import Country, simulate
from torg.simulate.export import write_country
from torg.simulate.survey import (
    RECIPES,
    Recipe,
    SimulatedStudy,
    answers_of,
    demo_recipe,
    simulate_study,
    write_study,
)
from torg.simulate.weekly import WEEKLY, Weekly, simulate_weekly
from torg.simulate.world import World

__all__ = [
    "RECIPES",
    "WEEKLY",
    "Country",
    "Recipe",
    "SimulatedStudy",
    "Weekly",
    "World",
    "answers_of",
    "demo_recipe",
    "simulate",
    "simulate_study",
    "simulate_weekly",
    "write_country",
    "write_study",
]
