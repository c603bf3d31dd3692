"""Why a value is missing: every code that a row's `missing` can hold, and what it says."""

from collections.abc import Mapping
from types import MappingProxyType

REASONS: Mapping[str, str] = MappingProxyType(
    {
        # Of every measure.
        "no_channel": "The register knows no eligible channel: unknown, not 'does not use'.",
        "not_collected": "No source in the archive saw the channel in or after the window.",
        "week_not_seen": "No source in the archive saw the channels to the end of the week.",
        # Of posts and their counts.
        "no_posts": "There is no post in the window.",
        "no_reactions": "No post in the window has a known number of reactions.",
        "no_reactions_in_week": "No post of the week has a known number of reactions.",
        "no_comments_count": "No post in the window has a known number of comments.",
        "no_shares": "No post in the window has a known number of shares.",
        "no_counts": "No post in the window has reactions, comments and shares all known.",
        "no_types": "No post in the window has a known type.",
        "several_platforms": "Reactions and audiences of several platforms cannot be added up; "
        "the rows of each platform hold the values.",
        # Of audiences.
        "no_followers": "The number of followers is not known.",
        "some_followers_unknown": "The followers of some of its channels are not known, so there "
        "is no sum.",
        "several_kinds": "Some channels count followers, others likes: they cannot be added up.",
        "no_population": "The number of inhabitants is not known.",
        "too_short": "The readings of the audience span less than half of the window.",
        "zero_followers": "There were no followers to grow from, or to divide by.",
        # Of dialogue.
        "owner_unknown": "It is not known which replies are the owner's.",
        "no_replies_collected": "No replies to the channel's posts were collected in or after the "
        "window.",
        "no_comments": "There is no comment by a citizen in the window.",
        "no_questions": "There is no question by a citizen in the window.",
        "questions_unknown": "The comments' texts were not there, so questions are not known.",
        "too_few_questions": "There are fewer than five questions.",
        "too_young": "No comment was followed for long enough.",
        "nothing_answered": "No comment was answered, so the answered have no median.",
        "never_reached": "Fewer than half were answered while they were followed.",
        "no_author_key": "Authors cannot be told apart without an author key.",
        "no_posts_or_replies": "The owner wrote neither posts nor replies in the window.",
    }
)
