"""What sets the top of the ranking apart, as values: each registered comparison."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from torg.locale import Words, message
from torg.report.national import meaning
from torg.report.results import Hypothesis, Meaning, Results

# The sentences of the hypotheses that are registered with Torg: torg.compare has the same.
TORGS_OWN = {
    "torg-1": message("The first places answer more of the comments within 24 office hours."),
    "torg-2": message("Of what the first places write, more are replies."),
    "torg-3": message("More of the first places' posts are videos."),
    "torg-4": message("The longest silence of the first places is shorter."),
}

# What part the measure had in making the ranking.
PARTS: Mapping[str | None, str] = {
    "criterion": message("It counts in the ranking itself, so a difference is no surprise."),
    "family": message("It rests on the same data as what counts in the ranking."),
    None: message("It does not count in the ranking."),
}


@dataclass(frozen=True, kw_only=True)
class Contrast:
    """One comparison of the first places with others of their size. Never an effect."""

    hypothesis: Hypothesis
    meaning: Meaning
    access: str | None
    n_top: int | None
    n_contrast: int | None
    top_median: float | None
    contrast_median: float | None
    difference: float | None
    low: float | None
    high: float | None
    p_value: float | None
    p_holm: float | None
    in_ranking: str | None
    missing: str | None

    @property
    def is_there(self) -> bool:
        """Whether enough of both could be compared."""
        return self.missing is None

    def is_beyond_chance(self, confidence: float) -> bool:
        """Whether it is as expected, beyond what chance gives among all that were registered."""
        return self.p_holm is not None and self.p_holm <= 1 - confidence


def contrasts(results: Results) -> tuple[Contrast, ...]:
    """Every comparison, in the order of the hypotheses' ids."""
    return tuple(_contrasts(results))


def _contrasts(results: Results) -> Iterator[Contrast]:
    by_id = {each.id: each for each in results.hypotheses}
    for row in results.contrasts.iter_rows(named=True):
        hypothesis = by_id.get(row["hypothesis"])
        if hypothesis:
            yield _contrast(results, hypothesis, row)


def _contrast(results: Results, hypothesis: Hypothesis, row: Mapping[str, Any]) -> Contrast:
    names = Contrast.__dataclass_fields__.keys() - {"hypothesis", "meaning"}
    return Contrast(
        hypothesis=hypothesis,
        meaning=meaning(results, hypothesis.measure),
        **{name: row[name] for name in names},
    )


def expected(hypothesis: Hypothesis, words: Words) -> str:
    """The hypothesis in a sentence: the study's own words, or Torg's in the reader's language."""
    if hypothesis.registered_by == "torg" and hypothesis.id in TORGS_OWN:
        return words.say(TORGS_OWN[hypothesis.id])
    texts = hypothesis.texts
    for language in (words.language, words.language.split("-")[0], "en", *sorted(texts)):
        if language in texts:
            return texts[language]
    return hypothesis.id


def part(in_ranking: str | None, words: Words) -> str:
    """What part the measure had in the ranking."""
    return words.say(PARTS.get(in_ranking, PARTS[None]))
