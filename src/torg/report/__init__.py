"""Report: results in, pages and tables out. No clock, no network, no archive."""

from torg.report.results import Meaning, Results, RuleAccuracy

__all__ = ["Meaning", "Results", "RuleAccuracy"]
