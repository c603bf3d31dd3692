"""Report: results in, pages and tables out. No clock, no network, no archive."""

from torg.report import terms
from torg.report.cards import Card, Deck, Figure
from torg.report.contrasts import Contrast, contrasts
from torg.report.figures import figure, points, reach, span
from torg.report.naming import naming_of
from torg.report.national import Line, National, Overview, is_by_rule, meaning
from torg.report.nearest import Near, nearest
from torg.report.pages import FIRST_OF_A_LIST, classic_lists, write_report
from torg.report.peers import Spread
from torg.report.places import Place, Places, size_name
from torg.report.px import px_of, px_tables
from torg.report.reading import read_results, read_shown
from torg.report.results import SIZE_CLASSES, Hypothesis, Meaning, Results, RuleAccuracy
from torg.report.shown import shown
from torg.report.speech import environment, style
from torg.report.standing import Standing
from torg.report.tables import write_tables
from torg.report.workbook import write_workbook

__all__ = [
    "FIRST_OF_A_LIST",
    "SIZE_CLASSES",
    "Card",
    "Contrast",
    "Deck",
    "Figure",
    "Hypothesis",
    "Line",
    "Meaning",
    "National",
    "Near",
    "Overview",
    "Place",
    "Places",
    "Results",
    "RuleAccuracy",
    "Spread",
    "Standing",
    "classic_lists",
    "contrasts",
    "environment",
    "figure",
    "is_by_rule",
    "meaning",
    "naming_of",
    "nearest",
    "points",
    "px_of",
    "px_tables",
    "reach",
    "read_results",
    "read_shown",
    "shown",
    "size_name",
    "span",
    "style",
    "terms",
    "write_report",
    "write_tables",
    "write_workbook",
]
