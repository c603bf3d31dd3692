"""The register's look-ups against their slow twins, and what must hold for any register."""

import datetime as dt
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lib.registers import slow_population, slow_valid
from torg.errors import RegisterError
from torg.register import (
    Change,
    Channel,
    Municipality,
    Register,
    check,
    normalise_address,
    read_register,
    write_register,
)

DAYS = st.dates(dt.date(2000, 1, 1), dt.date(2003, 12, 31))
CODES = st.sampled_from(["01", "02", "03", "Q7"])
TEXT = st.sampled_from(["Oslo", "Å", 'a "b", c', "x;y|z", "line\nbreak", "0301", "#=@"])
UNHURRIED = settings(
    deadline=None,  # the machine may be busy
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@st.composite
def periods(draw):
    begin, end = draw(st.none() | DAYS), draw(st.none() | DAYS)
    if begin and end and end <= begin:
        begin, end = (end, begin) if end != begin else (begin, None)
    return {"valid_from": begin, "valid_to": end}


@st.composite
def units(draw):
    figures = draw(st.dictionaries(DAYS, st.integers(0, 10**6), max_size=3))
    return Municipality(
        country="XX",
        code=draw(CODES),
        names=draw(st.dictionaries(st.sampled_from(["nb", "sv"]), TEXT, max_size=2)),
        county=draw(st.none() | TEXT),
        populations=tuple(figures.items()),
        **draw(periods()),
    )


@st.composite
def channels(draw):
    return Channel(
        country="XX",
        code=draw(CODES),
        platform=draw(st.sampled_from(["Twitter", "X", "facebook"])),
        address=draw(st.sampled_from(["@Town", "@town", "@isle", "@The.Town"])),
        platform_id=draw(st.none() | st.sampled_from(["111111", "222222"])),
        owner_name=draw(st.none() | TEXT),
        scope=draw(st.sampled_from(["municipality", "service", "person", "campaign"])),
        **draw(periods()),
    )


CHANGES = st.builds(
    Change, st.just("XX"), CODES, CODES, DAYS, st.sampled_from([0.25, 0.5, 0.75, 1.0])
)


def registers(*, unique_by):
    return st.builds(
        Register,
        st.lists(units(), max_size=5, unique_by=unique_by).map(tuple),
        st.lists(channels(), max_size=3).map(tuple),
        st.lists(CHANGES, max_size=6).map(tuple),
    )


REGISTERS = registers(unique_by=lambda m: (m.code, m.valid_from, m.valid_to))


@UNHURRIED
@given(REGISTERS, DAYS)
def test_as_of_equals_looking_at_each(register, day):
    now = register.as_of(day)
    assert {m.code for m in now.municipalities} == {
        m.code for m in slow_valid(register.municipalities, day)
    }
    assert len(now.municipalities) == len({m.code for m in now.municipalities})
    assert set(now.channels) == set(slow_valid(register.channels, day))


@UNHURRIED
@given(REGISTERS, CODES, DAYS)
def test_population_equals_looking_at_each_figure(register, code, day):
    found = register.population("XX", code, day)
    slow = slow_population(register, "XX", code, day)
    # Periods of one code may state two figures for one date; either is a statement of theirs.
    assert (found and found[0]) == (slow and slow[0])


@UNHURRIED
@given(REGISTERS, CODES, DAYS)
def test_whoever_carries_a_unit_exists_on_that_day(register, code, day):
    valid = {m.code for m in register.as_of(day).municipalities}
    carried = register.successors("XX", code, day)
    assert {successor for successor, _ in carried} <= valid
    assert (code in valid) <= (carried == ((code, 1.0),))


@UNHURRIED
@given(REGISTERS, DAYS)
def test_the_frame_has_one_row_for_each_municipality_in_order(register, day):
    codes = register.municipality_frame(day)["municipality"].to_list()
    assert codes == sorted(set(codes))


@UNHURRIED
@given(REGISTERS, st.none() | DAYS)
def test_any_register_can_be_checked_in_the_same_order(register, day):
    findings = check(register, on=day)
    backwards = Register(
        register.municipalities[::-1], register.channels[::-1], register.changes[::-1]
    )
    assert check(backwards, on=day) == findings


@UNHURRIED
@given(registers(unique_by=lambda m: m.code))
def test_what_is_written_is_read_and_written_the_same(register):
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
        write_register(Path(one), register)
        read = read_register(Path(one))
        assert read == register
        write_register(Path(two), read)
        for path in Path(one).iterdir():
            assert path.read_bytes() == (Path(two) / path.name).read_bytes()


# The parts of addresses that mean something, and letters that do not.
WORDS = ["pages", "pg", "p", "people", "groups", "channel", "user", "c", "profile", "s", "i", "@"]
SEGMENTS = st.sampled_from(WORDS) | st.text("aB1.-_@:Øé", min_size=1, max_size=9)
HOSTS = st.sampled_from(
    [
        "www.facebook.com",
        "twitter.com",
        "m.youtube.com",
        "instagram.com",
        "no.linkedin.com",
        "tiktok.com",
        "threads.net",
        "bsky.app",
        "snabelen.no",
        "snapchat.com",
        "flickr.com",
        "github.com",
        "vimeo.com",
        "m.vk.com",
        "t.me",
        "soundcloud.com",
        "pinterest.com",
    ]
)


@UNHURRIED
@given(HOSTS, st.lists(SEGMENTS, min_size=1, max_size=3))
def test_the_one_address_of_an_address_is_itself(host, segments):
    try:
        found = normalise_address(f"https://{host}/{'/'.join(segments)}")
    except RegisterError:
        return
    assert normalise_address(found.address) == found
    assert normalise_address(found.address, platform=found.platform) == found
