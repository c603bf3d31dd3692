"""An invented country with a known truth: its register, its posts, and what is really so."""

from torg.simulate.country import Country, simulate
from torg.simulate.export import write_country
from torg.simulate.weekly import WEEKLY, Weekly, simulate_weekly
from torg.simulate.world import World

__all__ = [
    "WEEKLY",
    "Country",
    "Weekly",
    "World",
    "simulate",
    "simulate_weekly",
    "write_country",
]
