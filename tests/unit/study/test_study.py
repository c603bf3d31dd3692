"""study.toml is read whole or refused with the place and the remedy."""

import datetime as dt

import pytest

from torg.errors import StudyError
from torg.study import TEMPLATES, Office, OwnBudget, create_study, read_study


def study(tmp_path, text):
    (tmp_path / "study.toml").write_text(f'id = "a"\ntitle = "A"\n{text}', encoding="utf-8")
    return read_study(tmp_path)


@pytest.mark.parametrize("template", TEMPLATES)
def test_every_template_is_a_study(tmp_path, template):
    made = create_study(tmp_path / "new", template=template, title='A "study"')
    assert made.title == 'A "study"'
    assert made.invented == (template == "simulated")
    lists = {"classic": "classic", "simulated": "both"}
    assert made.ranking.lists == lists.get(template, "areas")


def test_the_defaults_that_a_template_shows_are_the_defaults(tmp_path):
    """Every commented line of the template, taken as it stands, changes nothing."""
    made = create_study(tmp_path / "new", study_id="a", title="A")
    path = made.folder / "study.toml"
    shown = path.read_text(encoding="utf-8")
    for key in ("seed", "draws", "confidence", "top", "least_posts", "least_weeks", "lists"):
        shown = shown.replace(f"# {key} = ", f"{key} = ")
    for key in ("citizen_text_days", "opens", "closes", "scopes", "posts_hours", "profile_hours"):
        shown = shown.replace(f"# {key} = ", f"{key} = ", 1)
    for key in ("ages_hours", "reply_days"):
        shown = shown.replace(f"# {key} = ", f"{key} = ", 1)
    path.write_text(shown, encoding="utf-8")
    assert read_study(made.folder) == made


def test_two_studies_have_two_ids(tmp_path):
    assert create_study(tmp_path / "a").id != create_study(tmp_path / "b").id


def test_a_window_can_be_given(tmp_path):
    days = dt.date(2024, 1, 8), dt.date(2024, 5, 5)
    made = create_study(tmp_path / "new", window=days)
    assert (made.window.start, made.window.end) == days


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[window]\nfrom = 2024-05-01\nto = 2024-01-01", "swap 'from' and 'to'"),
        ("[window]\nto = 9999-12-31", "between 1990 and 2200"),
        ("population_date = 0001-01-01", "between 1990 and 2200"),
        ("[rankings]\nseed = 1", "rankings: no key is called so; did you mean 'ranking'?"),
        ("[ranking]\nseed = -5", "ranking.seed"),
        ("[ranking]\nsede = 5", "ranking.sede: no key is called so; did you mean 'seed'?"),
        ("[import]\ncitizen_text_days = 99999999999", "import.citizen_text_days"),
        ("languages = []", "languages"),
        ('languages = ["xx"]', "languages.0: 'xx' is not one of 'en', 'nb'"),
        ('timezone = "Oslo"', "Europe/Oslo"),
        ('[import]\ntimezone = "Oslo"', "Europe/Oslo"),
        ('[[criteria]]\nmeasure = "p1"\narea = "dialogue"\nweight = inf', "criteria.0.weight"),
        ('[[criteria]]\nmeasure = "p1"\narea = "dialogue"\ntransform = "enough"', "enough = LEVEL"),
        ('[office]\nopens = "16:00"\ncloses = "08:00"', "swap 'opens' and 'closes'"),
        (
            '[[office.own]]\ncountry = "NO"\nmunicipality = "0301"\nopens = "8"',
            "office.own.0.opens: '8' is not written as it must be: a time is written 08:00",
        ),
        ("[follow]\nages_hours = [24, 24]", "follow.ages_hours: ages are hours"),
        ("[follow]\nages_hours = []", "each above the last"),
        ("[follow]\nposts_hours = 0", "follow.posts_hours"),
        ("[follow]\npresence_hours = 48", "follow.presence_hours"),
        ('[follow]\ncontact = "two words"', "follow.contact"),
        ("[follow]\npost_hours = 3", "no key is called so; did you mean 'posts_hours'?"),
        (
            '[[follow.budget]]\nserver = "a.example"',
            "follow.budget.0.calls: this key must be there",
        ),
        ("[window", "study.toml"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place(tmp_path, text, said):
    with pytest.raises(StudyError) as refused:
        study(tmp_path, text)
    assert said in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1


@pytest.mark.parametrize("identity", ["", "../x", "a/b", ".", "a b", "x" * 65])
def test_an_id_names_a_key_file_and_nothing_else(tmp_path, identity):
    (tmp_path / "study.toml").write_text(f'id = "{identity}"\ntitle = "A"\n', encoding="utf-8")
    with pytest.raises(StudyError, match="id"):
        read_study(tmp_path)


def test_a_municipality_can_have_hours_of_its_own(tmp_path):
    made = study(
        tmp_path,
        '[office]\nopens = "09:00"\n[[office.own]]\ncountry = "NO"\nmunicipality = "0301"\n'
        'opens = "08:00"\ncloses = "18:00"\n',
    )
    assert made.office.opens == "09:00"
    assert made.own_hours == {("NO", "0301"): Office(opens="08:00", closes="18:00")}


def test_a_folder_that_holds_a_study_is_left_alone(tmp_path):
    create_study(tmp_path)
    before = (tmp_path / "study.toml").read_text()
    with pytest.raises(StudyError, match="already"):
        create_study(tmp_path)
    assert (tmp_path / "study.toml").read_text() == before


def test_a_file_where_the_folder_should_be_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StudyError, match="choose another name"):
        create_study(tmp_path / "file")


def test_what_is_said_of_following_is_read(tmp_path):
    made = study(
        tmp_path,
        """
        [follow]
        contact = "https://example.org/torg"
        ages_hours = [1, 24]
        servers = { bluesky = "https://bsky.example" }
        mail_to = ["a@example.org"]
        [[follow.budget]]
        server = "bsky.example"
        calls = 10
        seconds = 1
        [mail]
        from = "torg@example.org"
        """,
    )
    follow = made.follow
    assert (follow.contact, follow.ages_hours) == ("https://example.org/torg", (1, 24))
    assert follow.servers == {"bluesky": "https://bsky.example"}
    assert follow.budget == (OwnBudget(server="bsky.example", calls=10, seconds=1),)
    assert (follow.mail_to, made.mail.sender) == (("a@example.org",), "torg@example.org")
