"""Report: results in, pages and tables out. No clock, no network, no archive."""

from torg.report.pages import write_report
from torg.report.results import Meaning, Results, RuleAccuracy
from torg.report.speech import environment, style
from torg.report.tables import write_tables

__all__ = [
    "Meaning",
    "Results",
    "RuleAccuracy",
    "environment",
    "style",
    "write_report",
    "write_tables",
]
