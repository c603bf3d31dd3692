"""Nothing is made up about a municipality that is not made up itself."""

from types import SimpleNamespace

import pytest

from torg.errors import StudyError
from torg.main import register_import, take_simulated
from torg.register import read_register
from torg.study import create_study

REGISTER = "country,code,name\nNO,0301,Oslo\n"


def test_a_study_with_a_real_register_is_not_filled(tmp_path):
    study = create_study(tmp_path / "study")
    (tmp_path / "municipalities.csv").write_text(REGISTER, encoding="utf-8")
    register_import(study, [tmp_path / "municipalities.csv"])
    made = SimpleNamespace(register=SimpleNamespace(municipalities=()))
    with pytest.raises(StudyError, match="not made up, as NO 0301: nothing is made up about them"):
        take_simulated(study, made)
    assert len(read_register(study.register_folder).municipalities) == 1
    assert not (study.folder / "simulated").exists()
