"""What sets the top set apart: registered comparisons of it with others of the same sizes."""

from collections.abc import Iterable
from dataclasses import dataclass

from torg.report import Card, Figure, Meaning, Results, meaning

_CLEAR = 0.05  # the p-value, corrected for all comparisons, below which a difference is called one


@dataclass(frozen=True, kw_only=True)
class Contrast:
    """One comparison of the top set with others, and a municipality's own figure beside it."""

    measure: str
    meaning: Meaning
    n_top: int
    n_contrast: int
    top: float | None
    contrast: float | None
    difference: float | None
    low: float | None
    high: float | None
    p: float | None
    is_counted: bool  # the measure earns points, so a difference is no news
    missing: str | None
    own: float | None = None

    @property
    def is_clear(self) -> bool:
        """Chance alone would hardly make such a difference, all comparisons considered."""
        return self.p is not None and self.p < _CLEAR


def contrasts(results: Results, *, card: Card | None = None) -> list[Contrast]:
    """The comparisons with the ranking's top set, the clear ones first."""
    own = {figure.measure: figure.value for figure in _figures(card)} if card else {}
    found = [
        Contrast(
            measure=row["measure"],
            meaning=meaning(results, row["measure"]),
            n_top=row["n_top"],
            n_contrast=row["n_contrast"],
            top=row["top_median"],
            contrast=row["contrast_median"],
            difference=row["difference"],
            low=row["low"],
            high=row["high"],
            p=row["p_holm"],
            is_counted=row["in_ranking"] is not None,
            missing=row["missing"],
            own=own.get(row["measure"]),
        )
        for row in results.contrasts.filter(results.contrasts["top"].is_null()).to_dicts()
    ]
    return sorted(found, key=lambda each: (not each.is_clear, each.is_counted, each.measure))


def _figures(card: Card) -> Iterable[Figure]:
    yield from (figure for figures in card.criteria.values() for figure in figures)
    yield from card.others
