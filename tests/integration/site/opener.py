"""Opens a study's database: what several do at once."""

import sys
from pathlib import Path

from torg.site import open_people, status
from torg.study import read_study

if __name__ == "__main__":
    study = read_study(Path(sys.argv[1]))
    open_people(study)
    sys.stdout.write(str(status(study, wave="2026").height))
