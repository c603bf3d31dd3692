"""The gate: which measures are observed of the whole frame, so that the survey may be joined.

The policy is this page: constants with their reasons, and pure functions over them.
"""

from collections.abc import Mapping

import polars as pl

from torg.compare.seen import HAS_PAGE, NO_PAGE, REGISTER

COVERAGE: Mapping[str, pl.DataType] = {
    "wave": pl.String(),
    "measure": pl.String(),
    "observed": pl.Int64(),  # municipalities of the frame that were observed, in that tier
    "frame_n": pl.Int64(),
    "passed": pl.Boolean(),
    "reason": pl.String(),  # a code of GATE_REASONS where it did not pass
    "access": pl.String(),  # the tier that counts
    "not_observed": pl.String(),  # "not_collected 12, owner 3": why the others were not
}

# Of the municipalities, a share. Where the others are all unlike those observed, a mean share is
# off by a twentieth at most; the biases that are looked for are as large as that and larger (a
# response of 49 per cent in which large towns answer twice as often moves shares by five to nine
# points). It has to hold among those who answered and among the others as well: a hole on one side
# only is the very bias that is to be measured.
LEAST_COVERED = 0.95

# Tiers in which a page is seen whether its owner takes part or not. `owner` (own tokens, exports
# handed in) is not among them: who keeps silent there probably does so in the survey, too. Neither
# is `aggregate`: such a library gives out totals only, may not be joined unit by unit, and has the
# large pages only.
COUNTING_TIERS = ("manual", "open_network", "public_page")

# That a page exists is one fact, however it is known; everything else is counted in one tier, since
# tiers see more or less of the same page (hidden comments, answers below the first level).
_ONE_FACT = {REGISTER: "manual"}

# Somebody looked, and there was nothing that the measure could be made of: known, not missing.
UNDEFINED = (
    NO_PAGE,
    "no_comments",
    "no_posts",
    "no_posts_or_replies",
    "no_questions",
    "nothing_answered",
    "zero_followers",
)

GATE_REASONS: Mapping[str, str] = {
    "owners_only": "Too much of it came from the owners themselves, by their tokens or exports: "
    "who is silent there is probably silent in the survey, too.",
    "totals_only": "It came from a library that gives out totals only, so it may not be joined "
    "unit by unit.",
    "mixed_tiers": "It was observed in several ways that do not see the same, and in none of "
    "them of the whole frame.",
    "not_observed": "It was not observed of the whole frame.",
    "one_side": "It was observed of the whole frame on average, but too seldom among those who "
    "answered or among those who did not.",
}

_NAMES = ("country", "unit")
_SORTED = ("measure", "country", "unit")


def gate(
    observed: pl.DataFrame,
    frame: pl.DataFrame,
    *,
    respondents: pl.DataFrame | None = None,
    least: float = LEAST_COVERED,
) -> pl.DataFrame:
    """Measure by measure, whether it is observed of the whole frame: COVERAGE rows, sorted.

    `observed` are OBSERVED rows, `respondents` country and unit. County units do not count: no
    page of theirs is in the register, and in every margin they are a class of their own.
    """
    units = _municipalities(frame)
    answered = _answered(units, respondents)
    measures = observed["measure"].unique().sort()
    rows = [
        _judged(name, observed.filter(pl.col("measure") == name), answered, least)
        for name in measures
    ]
    wave = frame["wave"][0] if frame.height else None
    return pl.DataFrame(
        [{"wave": wave, **row} for row in rows], schema=dict(COVERAGE), orient="row"
    )


def through(observed: pl.DataFrame, coverage: pl.DataFrame) -> pl.DataFrame:
    """The OBSERVED rows that may be joined: of measures that passed, in the tier that counts.

    What came otherwise has no value there: it is missing as "other_tier".
    """
    passed = coverage.filter("passed").select("measure", tier="access")
    rows = observed.join(passed, on="measure", how="inner").with_columns(own=_tier())
    other = (pl.col("own") != pl.col("tier")) & (pl.col("own") != NO_PAGE)
    return (
        rows.with_columns(
            value=pl.when(~other.fill_null(value=False)).then("value"),
            missing=pl.when(other & pl.col("value").is_not_null())
            .then(pl.lit("other_tier"))
            .otherwise("missing"),
        )
        .select(observed.columns)
        .sort(_SORTED)
    )


def _municipalities(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.filter(pl.col("kind") != "county").select(_NAMES)


def _answered(units: pl.DataFrame, respondents: pl.DataFrame | None) -> pl.DataFrame:
    """The units with `answered`; null where it is not said who did."""
    if respondents is None:
        return units.with_columns(answered=pl.lit(None, dtype=pl.Boolean))
    own = respondents.select(_NAMES).unique().with_columns(answered=pl.lit(value=True))
    joined = units.join(own, on=_NAMES, how="left")
    return joined.with_columns(pl.col("answered").fill_null(value=False))


def _tier() -> pl.Expr:
    is_page = pl.col("measure").str.starts_with(HAS_PAGE)
    return pl.when(is_page).then(pl.col("access").replace(_ONE_FACT)).otherwise("access")


def _judged(
    measure: str, rows: pl.DataFrame, units: pl.DataFrame, least: float
) -> dict[str, object]:
    known = units.join(rows, on=_NAMES, how="left").with_columns(
        own=_tier(),
        is_known=pl.col("value").is_not_null()
        | pl.col("missing").is_in(UNDEFINED).fill_null(value=False),
    )
    shares = {tier: _covered(known, (tier,)) for tier in COUNTING_TIERS}
    tier = max(COUNTING_TIERS, key=lambda name: (shares[name].sum(), name))
    counted = shares[tier]
    reason = _reason(known, counted, least)
    return {
        "measure": measure,
        "observed": int(counted.sum()),
        "frame_n": units.height,
        "passed": reason is None,
        "reason": reason,
        "access": tier,
        "not_observed": _why(known.filter(~counted)),
    }


def _covered(known: pl.DataFrame, tiers: tuple[str, ...]) -> pl.Series:
    """Which units are known in one of the tiers, or to have no page."""
    is_in = pl.col("own").is_in([*tiers, NO_PAGE]).fill_null(value=False)
    return known.select(pl.col("is_known") & is_in).to_series()


def _reason(known: pl.DataFrame, counted: pl.Series, least: float) -> str | None:
    """Why the measure does not pass; None where it does."""
    if counted.len() and _share(counted) >= least:
        sides = [counted.filter(known["answered"] == side) for side in (True, False)]
        return None if all(_share(side) >= least for side in sides) else "one_side"
    wider = {
        "mixed_tiers": COUNTING_TIERS,
        "totals_only": (*COUNTING_TIERS, "aggregate"),
        "owners_only": (*COUNTING_TIERS, "aggregate", "owner", "mixed"),
    }
    would = (name for name, tiers in wider.items() if _share(_covered(known, tiers)) >= least)
    return next(would, "not_observed")


def _share(counted: pl.Series) -> float:
    """The share that is covered; of nobody, all are."""
    return 1.0 if counted.is_empty() else float(counted.sum()) / len(counted)


def _why(rest: pl.DataFrame) -> str | None:
    """The reasons and tiers of those that were not observed, with how many they are of."""
    why = rest.select(
        pl.when(pl.col("is_known")).then("own").otherwise("missing").fill_null("not_collected")
    ).to_series()
    counts = sorted(why.value_counts().rows(), key=lambda row: (-row[1], row[0]))
    return ", ".join(f"{name} {n}" for name, n in counts) or None
