"""Who answered, by group, and where too few did."""

from collections.abc import Iterator
from dataclasses import dataclass

from torg.report.results import SIZE_CLASSES
from torg.report.survey.results import SurveyResults

UNEVEN = 0.10  # of the frame: where the share that answered differs by less, it is not told
LEAST_ASKED = 5  # a rate of fewer units says more about one of them than about a group


@dataclass(frozen=True, kw_only=True)
class Answered:
    """How many units of a group were asked, and how many answered."""

    group: str
    asked: int
    answered: int
    rate: float | None
    low: float | None
    high: float | None

    @property
    def share(self) -> float:
        """The share that answered; zero of nobody."""
        return self.answered / self.asked if self.asked else 0.0

    @property
    def silent(self) -> int:
        """Units that did not answer."""
        return self.asked - self.answered


@dataclass(frozen=True, kw_only=True)
class Responding:
    """The response of one wave: in all, and by kind of group."""

    all: Answered | None
    by_size: tuple[Answered, ...]
    by_county: tuple[Answered, ...]
    by_kind: tuple[Answered, ...]

    @classmethod
    def of(cls, survey: SurveyResults, wave: str) -> "Responding":
        """The response of a wave, sizes from small to large, counties by name."""
        found = {each.group: each for each in _rows(survey, wave)}
        sizes = (f"size:{size}" for size in (*SIZE_CLASSES, "county"))
        return cls(
            all=found.get("all"),
            by_size=tuple(found[group] for group in sizes if group in found),
            by_county=tuple(found[g] for g in sorted(found) if g.startswith("county:")),
            by_kind=tuple(found[g] for g in sorted(found) if g.startswith("kind:")),
        )

    @property
    def uneven(self) -> tuple[Answered, Answered] | None:
        """The size classes that answered most and least, where they are far apart."""
        told = [s for s in self.by_size if s.asked >= LEAST_ASKED and s.group != "size:county"]
        if len(told) < 2:
            return None
        by_rate = sorted(told, key=lambda each: each.share)
        least, most = by_rate[0], by_rate[-1]
        return (most, least) if most.share - least.share >= UNEVEN else None


def _rows(survey: SurveyResults, wave: str) -> Iterator[Answered]:
    for row in survey.response.filter(wave=wave).iter_rows(named=True):
        yield Answered(**{name: row[name] for name in Answered.__dataclass_fields__})
