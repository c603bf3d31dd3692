"""A survey that is open today, with every kind of question, and somebody at its pages."""

import datetime as dt
import re

from tests.lib.site import site_of
from tests.lib.surveying import ADDRESSES, TOWNS, Box, a_frame, a_study
from torg.site import add_addresses, draw_frame, invite
from torg.survey.questionnaire import read_questionnaire

WAVE = "now"
FJORDBY, SUNDBY, ELVEBYEN = "post@fjordby.example", "post@sundby.example", "post@elvebyen.example"
IDA = "ida@elvebyen.example"

TOP = """\
id = "towns"
title = { en = "Towns in social media", nb = "Byer i sosiale medier", fi = "Kaupungit somessa" }
introduction = { en = "We ask each year.", nb = "Vi spør hvert år.", fi = "Kysymme joka vuosi." }
languages = ["en", "nb", "fi"]

[lists.platforms]
facebook = "Facebook"
youtube = "YouTube"
other = { en = "Another", nb = "En annen", fi = "Muu" }

[[wave]]
id = "now"
opens = OPENS
closes = CLOSES
frame_date = 2026-01-01
"""


def question(id_, kind, text, *lines):
    en, nb, fi = text
    texts = f'text = {{ en = "{en}", nb = "{nb}", fi = "{fi}" }}'
    return "\n".join(["[[question]]", f'id = "{id_}"', f'kind = "{kind}"', texts, *lines, ""])


QUESTIONS = [
    question(
        "channels", "many",
        ("Which channels are used?", "Hvilke kanaler brukes?", "Mitä kanavia käytetään?"),
        'options = "platforms"', 'prefill = "channel"', 'disclosure = "public"',
    ),
    question(
        "pages", "number", ("How many pages?", "Hvor mange sider?", "Kuinka monta sivua?"),
        'shown_if = "channels.facebook = yes"', "low = 1", "high = 5000", "dont_know = true",
    ),
    question(
        "guidelines", "planned",
        ("Are there guidelines?", "Finnes det retningslinjer?", "Onko ohjeita?"),
        "dont_know = true", "required = true",
        'help = { en = "Written ones.", nb = "Skriftlige.", fi = "Kirjallisia." }',
    ),
    question(
        "use", "scale", ("How much are they used?", "Hvor mye brukes de?", "Paljonko?"),
        'options = { 1 = { en = "Little", nb = "Lite", fi = "Vähän" }, '
        '2 = { en = "Much", nb = "Mye", fi = "Paljon" } }',
    ),
    question(
        "services", "matrix",
        ("Which services are where?", "Hvilke tjenester er hvor?", "Mitkä palvelut ovat missä?"),
        'rows = { library = { en = "Library", nb = "Bibliotek", fi = "Kirjasto" }, '
        'youth = { en = "Youth services", nb = "Ungdom", fi = "Nuorisopalvelut" } }',
        'columns = "platforms"',
    ),
    question(
        "tried", "matrix", ("How did it go?", "Hvordan gikk det?", "Miten se sujui?"),
        'rows = { crisis = { en = "In a crisis", nb = "I en krise", fi = "Kriisissä" } }',
        'columns = { residents = { en = "Residents", nb = "Innbyggere", fi = "Asukkaat" }, '
        'young = { en = "The young", nb = "Unge", fi = "Nuoret" } }',
        'options = { good = { en = "Good", nb = "Bra", fi = "Hyvin" }, '
        'bad = { en = "Bad", nb = "Dårlig", fi = "Huonosti" } }', "dont_know = true",
    ),
    question("why", "text", ("In your own words?", "Med egne ord?", "Omin sanoin?")),
    question(
        "hospitals", "planned", ("In hospitals?", "På sykehus?", "Sairaaloissa?"),
        'units = ["county"]',
    ),
]  # fmt: skip


class Pages:
    """A survey that is open, its letters, and browsers without a screen."""

    def __init__(self, folder, *, opens=-10, closes=20, languages=None, more=""):
        self.study = a_study(folder)
        today = dt.datetime.now(self.study.zone).date()
        days = {"OPENS": today + dt.timedelta(opens), "CLOSES": today + dt.timedelta(closes)}
        top = re.sub("OPENS|CLOSES", lambda found: days[found.group()].isoformat(), TOP)
        text = "\n".join([top, *QUESTIONS, more])
        self.study.questionnaire.write_text(text, encoding="utf-8")
        self.questionnaire = read_questionnaire(self.study.questionnaire)
        draw_frame(self.study, a_frame(TOWNS, wave=WAVE))
        addresses = self.study.folder / "addresses.csv"
        addresses.write_text(self.spoken(languages or {}), encoding="utf-8")
        add_addresses(self.study, addresses)
        self.box = Box()
        if opens <= 0 <= closes:
            invite(self.study, self.questionnaire, wave=WAVE, post=self.box)

    def spoken(self, languages):
        lines = ADDRESSES
        for address, language in languages.items():
            lines = re.sub(rf"({re.escape(address)},[^,\n]*),\w+", rf"\1,{language}", lines)
        return lines

    def browser(self, to=None, **headers):
        """A new browser; where `to` is given, it has opened the link of the letter to them."""
        client = site_of(self.study, **headers)
        if to is not None:
            opened = client.get(self.link(to))
            assert opened.status_code == 302
        return client

    def link(self, to):
        return f"/answer/{self.box.token(to)}"

    def form(self, to):
        from torg.site.answers.models import Form

        return Form.objects.get(respondent__contact__address=to).id

    def page(self, name, to=FJORDBY, language="en"):
        return f"/{language}/answer/{self.form(to)}/{name}"

    def said(self, to=FJORDBY):
        """What counts of the answers in somebody's form."""
        from torg.site.answers.queries import given_in

        return dict(given_in(self.form(to)))

    def answer(self, client, question, *, to=FJORDBY, go="next", language="en", **fields):
        """Send the page of a question; fields are named as its items, a dot as two underscores."""
        sent = {name.replace("__", "."): value for name, value in fields.items()}
        return client.post(self.page(f"question/{question}/", to, language), {"go": go, **sent})
