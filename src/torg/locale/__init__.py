"""Words: what readers see, in their language."""

from torg.locale.words import LANGUAGES, Words, message, shipped, translate

__all__ = ["LANGUAGES", "Words", "message", "shipped", "translate"]
