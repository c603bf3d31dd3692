"""A dated, immutable set of results with what made it."""

from torg.release.release import Release, digest_of, latest_release, make_release, releases_in

__all__ = ["Release", "digest_of", "latest_release", "make_release", "releases_in"]
