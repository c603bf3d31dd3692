"""agree and withdraw: the owner's word, entered with where it is written down."""

import datetime as dt

import pytest

from tests.lib.registers import register_of
from torg.errors import RegisterError
from torg.register import agree, check, read_register, withdraw, write_register

SPRING, SUMMER, AUTUMN = dt.date(2026, 3, 1), dt.date(2026, 6, 1), dt.date(2026, 9, 1)
TOWN = register_of(
    municipalities="country|code|name\nXX|1|Town",
    channels="""
        country | code | platform  | address            | platform_id
        XX      | 1    | facebook  | facebook.com/town  | 111
        XX      | 1    | instagram | instagram.com/town |
    """,
)


def agreed(**said):
    said = {"platform": "facebook", "channel": "111", "on": SPRING, "evidence": "letter", **said}
    return agree(TOWN, **said)


@pytest.mark.parametrize("said", ["111", "@town", "https://m.facebook.com/Town", "town"])
def test_an_agreement_names_the_channel_as_its_records_do(said):
    (agreement,) = agreed(channel=said).agreements
    assert (agreement.platform, agreement.channel) == ("facebook", "111")


def test_a_channel_without_an_id_is_named_by_its_handle():
    (agreement,) = agreed(platform="Insta", channel="town").agreements
    assert (agreement.platform, agreement.channel) == ("instagram", "@town")


def test_an_agreement_holds_from_its_day_until_it_ends():
    (agreement,) = agreed(ends_on=AUTUMN).agreements
    assert not agreement.is_in_force(SPRING - dt.timedelta(days=1))
    assert agreement.is_in_force(SPRING)
    assert agreement.is_in_force(AUTUMN - dt.timedelta(days=1))
    assert not agreement.is_in_force(AUTUMN)


def test_what_is_withdrawn_no_longer_holds_from_that_day():
    (agreement,) = withdraw(agreed(), platform="facebook", channel="111", on=SUMMER).agreements
    assert (agreement.is_in_force(SUMMER), agreement.ends_on) == (False, SUMMER)


def test_one_may_agree_again_after_withdrawing():
    withdrawn = withdraw(agreed(), platform="facebook", channel="111", on=SUMMER)
    again = agree(withdrawn, platform="facebook", channel="111", on=AUTUMN, evidence="e-mail")
    assert [a.agreed_on for a in again.agreements] == [SPRING, AUTUMN]


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"channel": "999"}, "no such channel"),
        ({"evidence": ""}, "no evidence"),
        ({"ends_on": dt.date(2026, 1, 1)}, "before it was made"),
    ],
)
def test_what_cannot_be_an_agreement_is_said(said, says):
    with pytest.raises(RegisterError, match=says):
        agreed(**said)


def test_two_agreements_at_once_are_one_too_many():
    with pytest.raises(RegisterError, match="withdraw it first"):
        agree(agreed(), platform="facebook", channel="111", on=SUMMER, evidence="x")


def test_an_agreement_that_another_begins_within_is_one_too_many():
    with pytest.raises(RegisterError, match="begins within this one; withdraw it first"):
        agree(agreed(), platform="facebook", channel="111", on=dt.date(2025, 1, 1), evidence="x")
    before = {"on": dt.date(2025, 1, 1), "ends_on": SPRING}
    both = agree(agreed(), platform="facebook", channel="111", evidence="x", **before)
    assert len(both.agreements) == 2


def test_withdrawing_ends_all_that_hold_and_those_that_were_to_begin():
    register = register_of(
        channels="country|code|platform|address|platform_id\nXX|1|facebook|facebook.com/town|111",
        agreements="""
            platform | channel | agreed_on  | ends_on    | evidence
            facebook | 111     | 2024-01-01 | 2024-06-01 | long over
            facebook | 111     | 2025-01-01 |            | letter
            facebook | @town   | 2026-03-01 |            | e-mail, before the id was known
            facebook | 111     | 2026-09-01 |            | minutes
        """,
        municipalities="country|code|name\nXX|1|Town",
    )

    ended = withdraw(register, platform="facebook", channel="111", on=SUMMER).agreements

    days = (SUMMER + dt.timedelta(days=n) for n in range(1000))
    assert not any(agreement.is_in_force(day) for day in days for agreement in ended)
    assert all(any(a.is_in_force(day) for a in ended) for day in (dt.date(2025, 5, 5), SPRING))
    assert ended[0].ends_on == dt.date(2024, 6, 1)


def test_a_register_before_a_withdrawal_is_another_than_after_it():
    assert withdraw(agreed(), platform="facebook", channel="111", on=SUMMER) != agreed()


def test_without_an_agreement_there_is_none_to_withdraw():
    with pytest.raises(RegisterError, match="none to withdraw"):
        withdraw(TOWN, platform="facebook", channel="111", on=SUMMER)


def test_agreements_are_kept_in_a_plain_file(tmp_path):
    register = agreed(ends_on=AUTUMN)
    write_register(tmp_path, register)
    assert (tmp_path / "agreements.csv").read_text() == (
        "platform,channel,shows,agreed_on,ends_on,evidence\n"
        "facebook,111,counts,2026-03-01,2026-09-01,letter\n"
    )
    assert read_register(tmp_path) == register


def test_reach_and_clicks_cannot_be_agreed_to():
    with pytest.raises(RegisterError, match=r"line 2: shows 'reach' .* stay with their owner"):
        register_of(
            agreements="""
                platform | channel | shows | agreed_on  | evidence
                facebook | 111     | reach | 2026-03-01 | letter
            """
        )


def test_an_agreement_of_no_channel_is_found():
    stray = register_of(
        agreements="platform|channel|agreed_on|evidence\nfacebook|112|2026-03-01|letter"
    )
    (finding,) = check(stray, on=SUMMER)
    assert finding.kind == "stray_agreement"
    assert "opens nothing" in finding.message


def test_an_agreement_stays_with_its_country():
    register = agreed()
    assert register.in_country("XX").agreements == register.agreements
    assert register.in_country("YY").agreements == ()
