"""How the other languages of the North may call what Business Suite exports.

Nobody has published these names. They are guesses, for proposing alone: a person says yes or no to
each, and no file is ever read by them. The known names lie in formats/aliases/.
"""

from collections.abc import Mapping

# By field: Norwegian, Danish, Finnish.
GUESSES: Mapping[str, tuple[str, ...]] = {
    "post_id": ("Innleggs-ID", "Opslags-id", "Julkaisun tunnus", "Julkaisun ID"),
    "page_id": ("Side-ID", "Sidens id", "Sivun tunnus", "Sivun ID"),
    "page_name": ("Sidenavn", "Navn på side", "Sidens navn", "Sivun nimi"),
    "account_id": ("Konto-ID", "Tilin tunnus", "Tilin ID"),
    "account_name": ("Kontonavn", "Navn på konto", "Tilin nimi"),
    "title": ("Tittel", "Titel", "Otsikko"),
    "description": ("Beskrivelse", "Kuvaus"),
    "published": (
        "Publiseringstidspunkt", "Publiseringstid", "Publisert",
        "Udgivelsestidspunkt", "Offentliggørelsestidspunkt", "Udgivet",
        "Julkaisuaika", "Julkaisun aika", "Julkaisuajankohta",
    ),
    "type": ("Innleggstype", "Type innlegg", "Opslagstype", "Julkaisutyyppi", "Julkaisun tyyppi"),
    "permalink": ("Permalenke", "Permanent lenke", "Permanent link", "Pysyvä linkki"),
    "date": ("Dato", "Päivämäärä"),
    "views": ("Visninger", "Näyttökerrat", "Katselukerrat", "Näytöt"),
    "interactions": (
        "Reaksjoner, kommentarer og delinger", "Reaktioner, kommentarer og delinger",
        "Reaktiot, kommentit ja jaot",
    ),
    "reactions": ("Reaksjoner", "Reaktioner", "Reaktiot"),
    "likes": ("Liker", "Likerklikk", "Synes godt om", "Tykkäykset"),
    "comments": ("Kommentarer", "Kommentit"),
    "shares": ("Delinger", "Jaot", "Jakokerrat", "Jakamiset"),
}  # fmt: skip

# Columns that Torg keeps out and whose names are near to those of others. Impressions counted
# otherwise than views.
KEPT_OUT = (
    "Reach", "Räckvidd", "Rekkevidde", "Rækkevidde", "Kattavuus", "Tavoittavuus",
    "Impressions", "Exponeringar", "Eksponeringer",
    "Duration (sec)", "Varaktighet (sek.)", "Varighet (sek)", "Varighed (sek.)", "Kesto (s)",
    "Caption type", "Undertextningstyp", "Undertekstingstype", "Undertekstningstype",
    "Undertekststype", "Tekstityksen tyyppi",
    "Is share", "Är delning", "Er deling", "On jako",
    "Is crosspost", "Är korspublicering", "Er krysspost", "Er krydsopslag", "On ristiinjulkaisu",
    "Data comment", "Datakommentar", "Tietojen kommentti", "Tietokommentti",
    "Account username", "Kontots användarnamn", "Brukernavn for konto", "Kontoens brugernavn",
    "Tilin käyttäjänimi",
    "Total clicks", "Totalt antal klick", "Totalt antall klikk", "Samlet antal klik",
    "Klikkaukset yhteensä", "Link clicks", "Lenkeklikk", "Other clicks", "Andre klikk",
    "Seconds viewed", "Sekunder vist", "Average seconds viewed",
    "Gjennomsnittlig antall sekunder vist",
)  # fmt: skip
