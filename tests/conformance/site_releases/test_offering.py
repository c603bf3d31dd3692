"""When everybody sees a release: at once where it is made up, else after the preview."""

import datetime as dt

import pytest

from tests.conformance.site_releases.conftest import NOW
from tests.lib.results import sample
from torg.release import make_release
from torg.report import write_tables


def a_release(study, *, invented):
    def write(folder):
        write_tables(sample(count=20, invented=invented), folder / "results")

    return make_release(study.releases, write=write, provenance={}, now=NOW)


@pytest.mark.parametrize(("invented", "days"), [(True, 0), (False, 14)])
def test_what_is_invented_is_public_at_once_whatever_study_toml_says(study, invented, days):
    from torg.site.releases.actions import offer_new
    from torg.site.releases.queries import publication

    assert not study.invented
    a_release(study, invented=invented)
    (name,) = offer_new(study, at=NOW)
    assert publication(name).public_from == NOW + dt.timedelta(days=days)


def test_each_release_is_shown_by_its_own_word(study):
    from torg.site.releases.actions import offer_new
    from torg.site.releases.queries import latest_public

    made = [a_release(study, invented=invented) for invented in (False, True)]
    offer_new(study, at=NOW)
    assert latest_public(at=NOW).release == made[1].folder.name


def test_a_release_of_another_form_is_taken_as_real(study):
    from torg.site.releases.actions import offer_new
    from torg.site.releases.queries import in_preview

    made = make_release(
        study.releases, write=lambda folder: (folder / "results").mkdir(), provenance={}, now=NOW
    )
    offer_new(study, at=NOW)
    assert in_preview(at=NOW).release == made.folder.name
