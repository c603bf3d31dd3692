"""The survey in the report: a chapter, sentences for the press, and files for other programs."""

from torg.report.survey.results import RegisteredHypothesis, SurveyResults, WeightingNote

__all__ = ["RegisteredHypothesis", "SurveyResults", "WeightingNote"]
