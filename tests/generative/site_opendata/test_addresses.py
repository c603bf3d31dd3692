"""No address, whatever it holds, gives a file that is not offered, or a fault."""

from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.lib.nightly import scale

PARTS = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["..", ".", "provenance.json", "results", "../../study.toml", "measures.csv", "%00",
         "a\x00b", "..\\study.toml", "/etc/passwd", "deposit.zip", "people.sqlite", "survey",
         "XX-0101"]
    ),
)  # fmt: skip
GENTLE = settings(
    max_examples=scale(60, 2000),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture(autouse=True)
def without_counting(monkeypatch):
    from ninja.throttling import SimpleRateThrottle

    monkeypatch.setattr(SimpleRateThrottle, "allow_request", lambda self, request: True)


@GENTLE
@given(release=PARTS, name=PARTS, as_it_is=st.booleans())
def test_only_what_is_offered_is_given(client, release, name, as_it_is):
    escape = (lambda text: text) if as_it_is else (lambda text: quote(text, safe=""))
    found = client.get(f"/data/{escape(release)}/{escape(name)}")
    assert found.status_code in {301, 404}


@GENTLE
@given(name=PARTS)
def test_no_other_file_of_a_release_is_given(client, release, name):
    held = {"-".join(path.relative_to(release / "results").parts)
            for path in (release / "results").rglob("*") if path.is_file()}  # fmt: skip
    found = client.get(f"/data/{release.name}/{quote(name, safe='')}")
    assert found.status_code == (200 if name in held | {"deposit.zip"} else found.status_code)
    assert found.status_code in {200, 301, 404}
    if found.status_code == 200 and name:
        assert name in held or name in {"deposit.zip", "datapackage.json", "codebook.csv"}


@GENTLE
@given(place=PARTS, measure=PARTS, ending=st.sampled_from(["", "citation.bib", "citation.x"]))
def test_no_address_of_a_figure_is_a_fault(client, release, place, measure, ending):
    address = f"/en/figures/{release.name}/{quote(place, safe='')}/{quote(measure, safe='')}/"
    assert client.get(address + ending).status_code in {200, 301, 404}
