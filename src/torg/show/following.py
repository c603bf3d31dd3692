"""What following channels brought, and what stands against it."""

from dataclasses import asdict

from torg.follow import Diagnosis, Heard, Round, letter
from torg.show.printing import as_json_array, as_json_line, fault, line, rows


def round_done(round_: Round, *, as_json: bool) -> None:
    """A row per platform, then what stood against it."""
    done = [{key: value for key, value in row.items() if key != "why"} for row in round_.rows()]
    if as_json:
        rows(round_.rows(), as_json=True)
    else:
        rows(done if round_.had_tasks else [], as_json=False, nothing=_nothing_due(round_))
    say = fault if as_json else line
    for platform in round_.platforms:
        for reason in platform.why:
            say(f"{platform.platform}: {reason}")
    for one in round_.learned:
        say(f"Learned: {one.handle} on {one.platform} is {one.channel}; the register has it now.")
    if round_.not_learned:
        say(f"The register was not told the new ids: {round_.not_learned}")
    if round_.is_stopped:
        say("Stopped before the round was through; the next one goes on from here.")


def _nothing_due(round_: Round) -> str:
    if round_.next_look is None:
        return "Nothing is due."
    return (
        f"Nothing is due; the next look at a channel is at {round_.next_look:%Y-%m-%d %H:%M} UTC."
    )


def heard(news: Heard, *, as_json: bool) -> None:
    """One commit of the live stream: a line of JSON, or of words."""
    if as_json:
        as_json_line(asdict(news))
        return
    lost = f", {news.lost} connections lost" if news.lost else ""
    line(
        f"{news.at:%Y-%m-%d %H:%M:%S} UTC: {news.frames:,} heard, {news.posts_new} posts and "
        f"{news.replies_new} replies kept, {news.vanished} deleted{lost}"
    )


def diagnosis(found: Diagnosis, *, as_json: bool) -> None:
    """What a person is needed for and what to type, then how each platform does."""
    if as_json:
        as_json_array([found.rows()])
    else:
        line(letter(found).rstrip())
