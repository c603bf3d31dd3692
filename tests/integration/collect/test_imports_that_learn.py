"""What a study is taught once is used on every later import; its zone tells which zones can be."""

import pytest

from tests.lib.exports import BUSINESS_SUITE, suite, table
from torg.collect import ImportOptions
from torg.importing import begin_lesson, end_lesson, import_files
from torg.study import create_study


@pytest.fixture
def study(tmp_path):
    return create_study(tmp_path / "study")


def exported(path, *rows):
    header = BUSINESS_SUITE.replace("Publish time", "Publiseringstidspunkt")
    renamed = [row | {"Publiseringstidspunkt": row["Publish time"]} for row in rows]
    path.write_text(table(header, *renamed), "utf-8")
    return path


def test_a_lesson_is_remembered_by_the_study(study, tmp_path):
    file = exported(tmp_path / "august.csv", suite(1))
    answers = ImportOptions(timezone="UTC", zone_is_sure=True)
    assert "published" in import_files(study, [file], options=answers).refusals[0]

    lesson = begin_lesson(study, file)
    while question := lesson.question:
        lesson = lesson.answered(question.proposed)
    assert end_lesson(study, lesson) == study.folder / "headers.toml"

    assert import_files(study, [file], options=answers).rows[0]["posts_new"] == 1
    later = exported(tmp_path / "september.csv", suite(2))
    assert import_files(study, [later], options=answers).rows[0]["posts_new"] == 1


def test_the_studys_own_zone_tells_whether_a_files_zone_can_be(study, tmp_path):
    nights = [suite(day, **{"Publish time": f"07/{day:02}/2024 10:30"}) for day in range(1, 25)]
    file = tmp_path / "july.csv"
    file.write_text(table(BUSINESS_SUITE, *nights), "utf-8")

    pacific = ImportOptions(timezone="America/Los_Angeles")
    refused = import_files(study, [file], options=pacific).refusals[0]

    assert "say --timezone Europe/Oslo" in refused
