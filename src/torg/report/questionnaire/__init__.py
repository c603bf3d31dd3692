"""The questionnaire to look at: as a page in each language, and on paper to take round the house."""

from torg.report.questionnaire.blank import write_blank
from torg.report.questionnaire.preview import write_preview

__all__ = ["write_blank", "write_preview"]
