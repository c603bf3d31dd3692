"""An invented country with a known truth: its register, its posts, and what is really so."""

from torg.simulate.weekly import WEEKLY, Weekly, simulate_weekly
from torg.simulate.world import World

__all__ = ["WEEKLY", "Weekly", "World", "simulate_weekly"]
