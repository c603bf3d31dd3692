"""Words: what readers see, in their language."""

from torg.locale.words import LANGUAGES, Words, message, own_name, shipped, translate

__all__ = ["LANGUAGES", "Words", "message", "own_name", "shipped", "translate"]
