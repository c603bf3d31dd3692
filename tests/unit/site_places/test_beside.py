"""What stands beside a municipality's figures is of its release, and of none to come."""

import datetime as dt

from tests.lib.site import released, site_of

NOW = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
PLACE = ("XX", "0101")


def accepted(release, reason):
    from torg.site.releases.models import Objection

    return Objection.objects.create(
        release=release, country=PLACE[0], unit=PLACE[1], measure="posts", should_be="11",
        reason=reason, by="account 1", made=NOW, state="accepted", decided=NOW,
        line={"field": "exclude"},
    )  # fmt: skip


def test_a_correction_to_a_release_in_preview_is_said_with_that_release(tmp_path):
    client = site_of(released(tmp_path))
    from torg.site.places import shelf
    from torg.site.releases.queries import corrections_of

    name = shelf.latest().name
    accepted(name, "Post 1 was a test.")
    accepted("2099-01-01-1", "Of the 14 in the preview three are not ours.")
    page = client.get("/en/municipalities/XX-0101/").content.decode()
    assert "Post 1 was a test." in page
    assert "in the preview" not in page
    assert len(corrections_of("2099-01-01-2", *PLACE)) == 2
