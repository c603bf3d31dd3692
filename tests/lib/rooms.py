"""A study of two invented towns whose people hand files in; files as they would export them."""

import hashlib
import json
from pathlib import Path

from tests.lib.exports import BUSINESS_SUITE, suite, table
from torg.study import create_study, read_study

FJORDBY, SUNDBY = ("XX", "0101"), ("XX", "0102")
FJORDBY_PAGE, SUNDBY_PAGE = "770001", "770002"

UNITS = """\
country,code,name,name_lang,county,population,population_date,valid_from,valid_to
XX,0101,Fjordby,nb,North,1200,2024-01-01,,
XX,0102,Sundby,nb,North,4000,2024-01-01,,
"""
CHANNELS = f"""\
country,code,platform,address,platform_id,owner_name,scope,valid_from,valid_to,evidence,declared
XX,0101,facebook,https://www.facebook.com/fjordby,{FJORDBY_PAGE},Fjordby,municipality,,,letter,
XX,0102,facebook,https://www.facebook.com/sundby,{SUNDBY_PAGE},Sundby,municipality,,,letter,
"""
SITE = """
[site]
address = "https://torg.example"
upload_mb = 1

[window]
from = 2024-07-01
to = 2024-07-31
"""


def a_room(folder, *, more=""):
    """A study with a register, and a site whose uploads may have one megabyte."""
    study = create_study(Path(folder), title="Towns", template="default")
    path = study.folder / "study.toml"
    kept = path.read_text(encoding="utf-8").splitlines()
    dropped = ("[site", "[window", "[mail", "#")
    text = "\n".join(line for line in kept if not line.startswith(dropped))
    path.write_text(text + SITE + more, encoding="utf-8")
    register = study.register_folder
    register.mkdir(exist_ok=True)
    (register / "municipalities.csv").write_text(UNITS, encoding="utf-8")
    (register / "channels.csv").write_text(CHANNELS, encoding="utf-8")
    return read_study(study.folder)


def export(*, page=FJORDBY_PAGE, posts=12, **cells):
    """A Business Suite export of a page: its times carry no zone."""
    times = {"Publish time": "07/16/2024 09:30", **cells}
    rows = [suite(number, **{"Page ID": page, **times}) for number in range(1, posts + 1)]
    return table(BUSINESS_SUITE, *rows).encode()


def visitor_of(unit, *, number=1):
    """One of a municipality's, as who came by a link to its room."""
    from torg.site.accounts.visiting import Visitor

    country, code = unit
    return Visitor(role="municipality", is_named=f"room link {number}", country=country, unit=code)


def arrived(study, content, *, name="export.csv"):
    """An upload that has come in whole."""
    from torg.site.room.places import new_place, path_for
    from torg.site.room.uploading import Arrived

    place = new_place(study)
    path_for(study, place, called=name).write_bytes(content)
    return Arrived(name, place, len(content), hashlib.sha256(content).hexdigest())


def handed_in(study, content, *, unit=FJORDBY, name="export.csv"):
    """A file handed in by one of a municipality's."""
    from torg.site.room.actions import hand_in

    return hand_in(study, visitor_of(unit), arrived(study, content, name=name))


def do_work(study):
    """Let all that waits in the background be done, here and now."""
    from torg.site.current import serve_study
    from torg.site.work.actions import run_job
    from torg.site.work.models import Job

    serve_study(study)
    while job := Job.objects.filter(state="waiting").order_by("id").first():
        run_job.call(job.pk)


def read_here(study, path, *, unit, answers, progress):
    """A hand-in read in this process: what `read_apart` does in one of its own."""
    from torg.site.room import reader

    asked = {"folder": study.folder, "path": path, "unit": unit, "answers": answers}
    progress(1, 1, 1)
    return json.loads(json.dumps(reader.answered(asked, progress)))


def understood(study, content=None, *, unit=FJORDBY, name="export.csv", zone="Europe/Oslo"):
    """A file handed in, read, and its question for the zone answered: it waits for the staff."""
    from torg.site.room.actions import answer_question

    handin = handed_in(study, export() if content is None else content, unit=unit, name=name)
    do_work(study)
    if zone:
        answer_question(study, visitor_of(unit), handin.pk, {"timezone": zone})
        do_work(study)
    handin.refresh_from_db()
    return handin


def lies_there(study):
    """What lies in the folder of uploads: files only."""
    folder = study.folder / "handins"
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []
