"""The privacy notice leaves no table of the database out."""

import pytest

from tests.lib.surveying import a_study
from torg import site

# Columns that hold a person's address or name, or the number that the log knows a person by.
OF_PERSONS = {"address", "contact", "owner_name", "user", "who", "by", "decided_by", "account"}


@pytest.fixture
def study(tmp_path):
    yield a_study(tmp_path / "study")
    site.close_people()


def said_of_persons():
    from torg.site.about.keeping import KEPT

    return {table for each in KEPT for table in each.tables}


def test_every_table_is_in_the_notice_or_holds_nothing_of_a_person(study):
    from django.db import connection

    from torg.site.about.keeping import WITHOUT_PERSONS

    site.open_people(study)
    tables = connection.introspection.table_names()
    assert sorted(said_of_persons() | set(WITHOUT_PERSONS)) == sorted(tables)
    assert said_of_persons() & set(WITHOUT_PERSONS) == set()


def test_a_table_that_knows_who_is_in_the_notice(study):
    from django.apps import apps

    site.open_people(study)
    know = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if OF_PERSONS & {field.name for field in model._meta.concrete_fields}
    }
    assert know
    assert know - said_of_persons() == set()
