"""The questionnaire to look at: a page in each language, and paper to take round the house."""

from torg.report.questionnaire.blank import write_blank
from torg.report.questionnaire.preview import write_preview

__all__ = ["write_blank", "write_preview"]
