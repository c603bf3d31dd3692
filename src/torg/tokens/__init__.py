"""Secrets that networks ask for: read where they lie, never shown, never in the study's folder."""

from torg.tokens.secret import Secret

__all__ = ["Secret"]
