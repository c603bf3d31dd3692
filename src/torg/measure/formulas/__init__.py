"""The families of measures: one module each, one `FORMULA` in it."""

from torg.measure.views import Formula

FORMULAS: tuple[Formula, ...] = ()

__all__ = ["FORMULAS"]
