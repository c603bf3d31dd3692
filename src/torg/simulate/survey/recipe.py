"""A recipe: how one study's country, response and answers are drawn; one TOML file each.

Everything that a recipe says is a choice. Where the original published a figure, the recipe aims at
it; what the original left untold is of a likely order, and the file says which is which.
"""

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib.resources import files
from types import MappingProxyType
from typing import Any

Shares = Mapping[str, float]  # code -> share of those that answer

EVERY_WAVE = "all"
EVERY_UNIT = "all"


@dataclass(frozen=True)
class Land:
    """The country: what its names sound like, its counties, and how many units of each size."""

    sound: str  # of its names: a key of SOUNDS
    languages: tuple[str, ...]  # in which a municipality has its name
    counties: int
    sizes: Mapping[str, int] = field(hash=False)  # size class -> municipalities, at the end
    largest: int = 600_000
    capital: bool = False  # whether the largest municipality is a county of its own
    bilingual: float = 0.0  # share of the municipalities with a name in two languages
    mergers: tuple[tuple[dt.date, int], ...] = ()  # day, municipalities that ended on it

    @property
    def municipalities(self) -> int:
        """How many there are at the end."""
        return sum(self.sizes.values())


@dataclass(frozen=True)
class Months:
    """Months of posts, for a study that followed its municipalities."""

    start: dt.date  # a Monday
    weeks: int
    municipalities: int
    world: Mapping[str, Any] = field(default_factory=dict, hash=False)  # what differs from World()


@dataclass(frozen=True)
class Response:
    """Who answers: logistic in log population and activity, and a unit's own habit.

    Coefficients are log odds per unit of the natural logarithm of inhabitants, and per standard
    deviation of activity.
    """

    population: float
    activity: float
    habit: float  # share of what else decides that stays with the unit from wave to wave
    answers: Mapping[str, Any] = field(hash=False)  # wave -> how many, by kind, or "all"
    within: Mapping[str, str] = field(default_factory=dict, hash=False)  # wave -> who answered it


@dataclass(frozen=True)
class Care:
    """How carefully respondents answer; each a share."""

    several: float = 0.06  # of the units, that have a second respondent
    differs: float = 0.08  # of the second's answers, that are not the first's
    blank: float = 0.02  # of the questions, left blank
    slip: float = 0.01  # of the answers, not what is so
    changed: float = 0.01  # of the answers, given anew later
    dont_know: float = 0.04  # of the answers, where it is offered and the recipe tells no share


@dataclass(frozen=True)
class Pull:
    """How much of a unit's answers hangs on its size and on its activity; as correlations."""

    size: float = 0.35
    activity: float = 0.4


@dataclass(frozen=True)
class Amount:
    """A number: lognormal, with a slope per unit of the natural logarithm of inhabitants."""

    median: float
    spread: float = 0.6
    slope: float = 0.2


@dataclass(frozen=True)
class Recipe:
    """How one study is simulated."""

    name: str
    ready: str  # its questionnaire
    units: tuple[str, ...]
    land: Land | None
    months: Months | None
    response: Response
    care: Care
    pulls: Mapping[str, Pull] = field(hash=False)  # question -> pull
    shares: Mapping[str, Mapping[str, float | Shares]] = field(hash=False)  # wave -> item -> share
    factors: Mapping[str, Mapping[str, float]] = field(hash=False)  # matrix -> column -> factor
    amounts: Mapping[str, Amount] = field(hash=False)
    sayings: Mapping[str, tuple[str, ...]] = field(hash=False)  # text question -> what is said
    channels: Mapping[str, str] = field(hash=False)  # platform -> item that tells of its use
    posts_a_week: float = (
        0.0  # of the usual unit with a page, as observers count them; 0: nobody does
    )
    posts_spread: float = 0.7  # on the log scale, per standard deviation of activity

    def __post_init__(self) -> None:
        if (self.land is None) == (self.months is None):
            raise ValueError(f"recipe {self.name} needs either a [land] or [months]")

    def pull(self, question: str) -> Pull:
        """How much a question's answers hang on size and activity."""
        return self.pulls.get(question) or self.pulls.get("default") or Pull()


def _recipe(name: str, text: str) -> Recipe:
    said = tomllib.loads(text)
    land, months = said.get("land"), said.get("months")
    return Recipe(
        name=name,
        ready=said["ready"],
        units=tuple(said["units"]),
        land=_land(land) if land else None,
        months=Months(**months) if months else None,
        response=Response(**said["response"]),
        care=Care(**said.get("care", {})),
        pulls={key: Pull(**pull) for key, pull in said.get("pull", {}).items()},
        shares=said.get("shares", {}),
        factors=said.get("factors", {}),
        amounts={key: Amount(**amount) for key, amount in said.get("amounts", {}).items()},
        sayings={key: tuple(texts) for key, texts in said.get("sayings", {}).items()},
        channels=said.get("channels", {}),
        posts_a_week=said.get("posts_a_week", 0.0),
    )


def _land(said: Mapping[str, Any]) -> Land:
    mergers = tuple((each["date"], each["count"]) for each in said.get("merger", ()))
    plain = {key: value for key, value in said.items() if key not in {"merger", "languages"}}
    return Land(**plain, languages=tuple(said["languages"]), mergers=mergers)


def _shipped() -> dict[str, Recipe]:
    folder = files("torg.simulate.survey") / "recipes"
    found = sorted(f.name for f in folder.iterdir() if f.name.endswith(".toml"))
    names = [name.removesuffix(".toml") for name in found]
    return {n: _recipe(n, (folder / f"{n}.toml").read_text(encoding="utf-8")) for n in names}


RECIPES: Mapping[str, Recipe] = MappingProxyType(_shipped())
"""The recipes that come with Torg, by the names of their studies."""

_ANSWERED = {"2024": 0.49, "2024-autumn": 0.31}  # share of all municipalities, by wave


def demo_recipe(*, municipalities: int, weeks: int) -> Recipe:
    """How the country of `torg demo` is made up: so many municipalities, and weeks of posts."""
    text = (files("torg.simulate.survey") / "demo.toml").read_text(encoding="utf-8")
    made = _recipe("demo", text)
    if made.months is None:
        raise ValueError("the demo's recipe has months of posts")
    answers = {
        wave: {"municipality": round(share * municipalities)} for wave, share in _ANSWERED.items()
    }
    return replace(
        made,
        months=replace(made.months, municipalities=municipalities, weeks=weeks),
        response=replace(made.response, answers=answers),
    )
