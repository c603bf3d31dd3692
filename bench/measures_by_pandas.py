"""A large part of the measures of `bench.measures` in pandas, as one would write it there.

All of the posts (numbers, weeks, silence, types, popularity, commitment, virality, medians,
engagement) and of the dialogue on the plain clock the shares and the median wait of the answered.
Left out are the curves of Kaplan and Meier, the office clock, and the weeks. As in the SQL by hand,
one channel a municipality makes three levels one.
"""

from pathlib import Path

import pandas as pd

from bench.measures_by_hand import CHANGE_S, COUNTS, DAYS, EXPORTED_S, FIRST, LAST, PEOPLE, TYPES

MEDIA = {
    "photo": ["photo", "album"],
    "video": ["video", "live"],
    "link": ["link"],
    "text": ["text"],
}


def by_pandas(folder: Path) -> pd.DataFrame:
    """The values by channel: index unit, a column a measure."""
    posts = _posts(folder)
    found = pd.concat([_of_posts(posts), _of_replies(folder)], axis=1)
    spoken = found["owner_replies"] + found["posts"]
    return found.assign(two_way_ratio=found["owner_replies"] / spoken)


def _seconds(instants: pd.Series) -> pd.Series:
    return instants.astype("datetime64[us, UTC]").astype("int64") // 1_000_000


def _day(seconds: pd.Series) -> pd.Series:
    return (seconds + 3600 + 3600 * (seconds >= CHANGE_S)) // 86_400


def _posts(folder: Path) -> pd.DataFrame:
    columns = ["post_key", "channel", "published_at", "type", "followers"]
    posts = pd.read_parquet(folder / "posts.parquet", columns=columns)
    columns = ["post_key", "read_at", *COUNTS.values()]
    posts = posts.merge(pd.read_parquet(folder / "snapshots.parquet", columns=columns), "left")
    published = _seconds(posts["published_at"])
    age = _seconds(posts["read_at"]) - published
    distance = (age - 604_800).abs().where(age.between(518_400, 777_600), 2**40 - age)
    posts = posts.assign(
        unit=posts["channel"].astype("int64"), day=_day(published), distance=distance
    )
    posts = posts[posts["day"].between(FIRST, LAST)]
    return posts.sort_values("distance").drop_duplicates("post_key")


def _of_posts(posts: pd.DataFrame) -> pd.DataFrame:
    by_unit = posts.groupby("unit")
    number, typed = by_unit.size(), by_unit["type"].count()
    found = {"posts": number, "posts_per_week": number * 7 / DAYS, **_steadiness(posts)}
    for name in TYPES:
        of_type = posts["type"].isin(MEDIA[name]).groupby(posts["unit"]).sum()
        found[f"media_share_{name}"] = of_type / typed
    for letter, count in COUNTS.items():
        known, total = by_unit[count].count(), by_unit[count].sum()
        found[f"{letter}1"] = (posts[count] > 0).groupby(posts["unit"]).sum() / known
        found[f"{letter}2"] = total / known
        found[f"{letter}3"] = total * 1000 / by_unit["followers"].sum()
        found[f"{count}_median"] = by_unit[count].median()
    whole = posts[list(COUNTS.values())].sum(axis=1).groupby(posts["unit"]).sum()
    found["e"] = whole * 1000 / by_unit["followers"].sum()
    found["engagement_per_1000"] = whole * 1000 * 30.4375 / (PEOPLE * DAYS)
    return pd.DataFrame(found)


def _steadiness(posts: pd.DataFrame) -> dict[str, pd.Series]:
    days = posts[["unit", "day"]].drop_duplicates().sort_values(["unit", "day"])
    before = days.groupby("unit")["day"].shift(fill_value=FIRST - 1)
    longest = (days["day"] - before - 1).groupby(days["unit"]).max()
    last = LAST - days.groupby("unit")["day"].max()
    weeks = ((days["day"] + 3) // 7).groupby(days["unit"]).nunique()
    return {"active_weeks": weeks, "longest_silence_days": longest.combine(last, max)}


def _of_replies(folder: Path) -> pd.DataFrame:
    columns = ["channel", "reply_key", "parent_key", "is_owner", "is_question", "published_at"]
    replies = pd.read_parquet(folder / "replies.parquet", columns=columns)
    replies = replies.assign(
        unit=replies["channel"].astype("int64"), s=_seconds(replies["published_at"])
    )
    inside = _day(replies["s"]).between(FIRST, LAST)
    answers = replies[replies["is_owner"]].groupby("parent_key")["s"].min().rename("answer_s")
    on_top = replies[inside & replies["parent_key"].isna() & ~replies["is_owner"]]
    comments = on_top.join(answers, on="reply_key")
    found = {
        "comments_received": comments.groupby("unit").size(),
        "owner_replies": replies[inside & replies["is_owner"]].groupby("unit").size(),
    }
    for prefix, chosen in (("", comments), ("question_", comments[comments["is_question"]])):
        found |= _answered(chosen, prefix)
    return pd.DataFrame(found)


def _answered(comments: pd.DataFrame, prefix: str) -> dict[str, pd.Series]:
    wait = comments["answer_s"] - comments["s"]
    of_unit = wait.groupby(comments["unit"])
    found = {
        f"{prefix}answered": of_unit.count() / of_unit.size(),
        f"{prefix}answer_hours_answered_median": of_unit.median() / 3600,
    }
    for hours in (24, 72):
        old = EXPORTED_S - comments["s"] >= hours * 3600
        within = (wait <= hours * 3600)[old].groupby(comments["unit"][old])
        found[f"{prefix}answered_{hours}h"] = within.mean()
    return found
