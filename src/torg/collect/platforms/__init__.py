"""One folder a platform: its client, its records, and a page of its surprises."""

from torg.collect.platforms.shape import Followed, Means, Platform, Task, What

PLATFORMS: dict[str, Platform] = {}

__all__ = ["PLATFORMS", "Followed", "Means", "Platform", "Task", "What"]
