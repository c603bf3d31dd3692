"""A dated, immutable set of results with what made it."""

from torg.release.release import Release, latest_release, make_release, releases_in

__all__ = ["Release", "latest_release", "make_release", "releases_in"]
