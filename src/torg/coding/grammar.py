"""What begins a question in each language, for comments that leave out the question mark.

Each part is a regular expression of Rust's `regex` (no look-around), in any case.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Grammar:
    """How one language asks without a question mark.

    asking: an interrogative as it begins a question ("when does", but not "when you").
    inverted: a finite verb and its subject, in the order of a question.
    phrases: words that ask anywhere in a sentence ("I wonder if").
    """

    asking: str
    inverted: str
    phrases: str


def _any(words: str) -> str:
    """Alternatives written as words with blanks between them; an underscore stands for a blank."""
    return "(?:" + "|".join(words.split()).replace("_", r"\s+") + ")"


# A straight or a typographic apostrophe, or none: "dont", "don't" and "don’t" are one word.
_NOT = r"(?:n['’]?t)?"
_EN_VERB = (
    f"(?:(?:{_any('is are was were do does did could would should has have had must')}{_NOT})"
    r"|can['’]?t|can|won['’]?t|will|am|may|might)"
)
_EN_THINGS = _any(
    "there this that these those it you we they he she the any anyone my our your all"
)
_EN_ACTORS = _any("anyone anybody the this that it you we they he she my our your someone")
_EN_ABLE = _any(
    "i you we they he she it someone somebody anyone anybody the this that there these those"
)
_EN_CLAUSES = _any("if when what where why who how which whether")

ENGLISH = Grammar(
    asking="|".join(
        (
            rf"(?:when|where|why|who|whom|whose|what|how)\s+{_EN_VERB}",
            r"(?:when|where|why|who|what|how)['’](?:s|re|ll|d)",
            r"what\s+(?:time|days?|dates?|hours|kind|type|part|about|if|happen\w*|else)",
            rf"which\s+(?:ones?|\p{{L}}+\s+{_EN_VERB})",
            r"how\s+(?:much|many|long|often|far|late|early|soon|come|about|big|old)",
            r"(?:how|where)\s+to",
            r"why\s+(?:not|no)",
            r"who\s+(?:decide|pay|paid|own|run|approve|maintain|handle)\w*",
        )
    ),
    inverted="|".join(
        (
            rf"(?:is|are|was|were){_NOT}\s+{_EN_THINGS}",
            rf"do{_NOT}\s+{_any('you we they i people residents dogs kids')}",
            rf"(?:does|did){_NOT}\s+{_EN_ACTORS}",
            rf"(?:can|could|will|would|wo|ca){_NOT}\s+{_EN_ABLE}",
            rf"should{_NOT}\s+{_any('i we they it the this that there these those residents')}",
            rf"(?:has){_NOT}\s+{_any('the this that it anyone anybody he she there someone')}",
            rf"have{_NOT}\s+{_any('you we they i')}",
            r"(?:may|must)\s+(?:i|we)",
            r"any\s+(?:ideas?|news|updates?|word|chance|plans?|info|information|thoughts|suggestions)",
            r"any(?:one|body)\s+(?:know|knows|have|heard|else)",
        )
    ),
    phrases="|".join(
        (
            rf"wonder(?:ing)?\s+{_EN_CLAUSES}",
            r"(?:would|['’]d)\s+like\s+to\s+know",
            rf"(?:tell|let)\s+(?:me|us)\s+(?:know\s+)?{_EN_CLAUSES}",
            r"does\s+any(?:one|body)\s+know",
            rf"curious\s+{_EN_CLAUSES}",
        )
    ),
)

_NB_VERB = _any(
    "er var blir ble har hadde kan kunne skal skulle vil ville må måtte bør burde "
    "får fikk går gikk gjør gjorde står finnes fins ser kom tar vet brøytes strøs "
    "tømmes hentes bygges"
)
_NB_SUBJECT = _any("det dere vi jeg man noen de du dette disse denne kommunen")

BOKMAL = Grammar(
    asking="|".join(
        (
            r"(?:hvorfor|hvordan|åssen|hvem|hvilken|hvilket|hvilke)\s+\p{L}+",
            rf"(?:når|hvor|hva)\s+(?:{_NB_VERB}|\p{{L}}{{3,}}er)",
            r"hvor\s+(?:mange|mye|lenge|ofte|langt|stort?|sent|tidlig|gammel|gamle)",
            r"hva\s+(?:med|slags|om)",
        )
    ),
    inverted="|".join(
        (
            rf"(?:{_NB_VERB}|\p{{L}}{{3,}}er)\s+(?:ikke\s+)?{_NB_SUBJECT}",
            r"(?:er|blir|kommer|åpner|stenger|skal|kan|går)\s+\p{L}{2,}(?:en|ene)",
            r"(?:kommer|åpner|stenger|skal|kan)\s+\p{L}{3,}et",
            r"noen\s+(?:som\s+)?(?:vet|kan|har|nytt|oppdatering)",
        )
    ),
    phrases="|".join(
        (
            r"(?:lurer|lurte|undrer|undres)\s+(?:\p{L}+\s+){0,2}(?:på|om|når|hvor|hva|hvorfor)",
            r"noen\s+som\s+(?:vet|kan\s+si|kan\s+svare)",
            r"(?:vil|ville|ønsker|skulle)\s+(?:gjerne\s+)?(?:å\s+)?(?:vite|visst)",
        )
    ),
)

_NN_VERB = _any(
    "er var blir vert blei vart har hadde kan kunne skal skulle vil ville må "
    "måtte bør burde får fekk går gjekk gjer står finst fins ser kjem kom tek "
    "veit ligg gjeld brøytast strøast"
)
_NN_SUBJECT = _any("det de dokker vi me eg ein nokon du dette desse denne dei kommunen")

NYNORSK = Grammar(
    asking="|".join(
        (
            r"(?:kvifor|korfor|korleis|kven|kva\s+tid|kva\s+for)\s+\p{L}+",
            rf"(?:når|kor|kvar|kva)\s+(?:{_NN_VERB}|\p{{L}}{{3,}}[ae]r)",
            r"kor\s+(?:mange|mykje|lenge|ofte|langt|stort?|seint|tidleg|gammal|gamle)",
            r"kva\s+(?:med|slags|om)",
        )
    ),
    inverted="|".join(
        (
            rf"(?:{_NN_VERB}|\p{{L}}{{3,}}[ae]r)\s+(?:ikkje\s+)?{_NN_SUBJECT}",
            r"(?:er|blir|vert|kjem|opnar|stengjer|skal|kan|går)\s+\p{L}{2,}(?:en|ane|ene)",
            r"(?:kjem|opnar|stengjer|skal|kan)\s+\p{L}{3,}et",
            r"nokon\s+(?:som\s+)?(?:veit|kan|har|nytt)",
        )
    ),
    phrases="|".join(
        (
            r"(?:lurer|lurte|undrast)\s+(?:\p{L}+\s+){0,2}(?:på|om|når|kor|kva|kvifor)",
            r"nokon\s+som\s+(?:veit|kan\s+seie|kan\s+svare)",
            r"(?:vil|ville|ønskjer|skulle)\s+(?:gjerne\s+)?(?:å\s+)?(?:vite|visst)",
        )
    ),
)

_SV_VERB = _any(
    "är var blir blev har hade kan kunde ska skall skulle vill ville måste bör "
    "borde får fick går gick gör gjorde står finns ser kom tar vet gäller plogas "
    "sandas töms"
)
_SV_SUBJECT = _any("det ni vi jag man någon några de dom du detta dessa denna kommunen där")
_SV_CLAUSES = _any("om när var vad varför hur vem vilken över på")

SWEDISH = Grammar(
    asking="|".join(
        (
            r"(?:varför|hur|vem|vilken|vilket|vilka)\s+\p{L}+",
            rf"(?:när|var|vart|vad)\s+(?:{_SV_VERB}|\p{{L}}{{3,}}[ae]r)",
            r"vad\s+(?:för|sägs|händer|heter|gäller)",
        )
    ),
    inverted="|".join(
        (
            rf"(?:{_SV_VERB}|\p{{L}}{{3,}}[ae]r)\s+(?:inte\s+)?{_SV_SUBJECT}",
            r"(?:är|blir|kommer|öppnar|stänger|ska|kan|går)\s+\p{L}{3,}(?:en|et|arna|erna|orna)",
            r"någon\s+(?:som\s+)?(?:vet|kan|har)",
        )
    ),
    phrases="|".join(
        (
            rf"(?:undrar|undrade|funderar)\s+(?:\p{{L}}+\s+){{0,2}}{_SV_CLAUSES}",
            r"någon\s+som\s+(?:vet|kan\s+säga|kan\s+svara)",
            r"(?:vill|ville|önskar|skulle\s+vilja)\s+(?:gärna\s+)?veta",
        )
    ),
)

_DA_VERB = _any(
    "er var bliver blev har havde kan kunne skal skulle vil ville må måtte bør "
    "burde får fik går gik gør gjorde står findes ser kom ved sker tømmes saltes"
)
_DA_SUBJECT = _any("det i vi jeg man nogen de du dette disse denne der kommunen")

DANISH = Grammar(
    asking="|".join(
        (
            r"(?:hvorfor|hvordan|hvornår|hvem|hvilken|hvilket|hvilke)\s+\p{L}+",
            rf"(?:hvor|hvad)\s+(?:{_DA_VERB}|\p{{L}}{{3,}}er)",
            r"hvor\s+(?:mange|meget|længe|ofte|langt|stort?|sent|tidligt|gammel|gamle)",
            r"hvad\s+(?:med|slags|så\s+med|om)",
        )
    ),
    inverted="|".join(
        (
            rf"(?:{_DA_VERB}|\p{{L}}{{3,}}er)\s+(?:ikke\s+)?{_DA_SUBJECT}",
            r"(?:er|bliver|kommer|åbner|lukker|skal|kan|går)\s+\p{L}{2,}(?:en|erne|ene)",
            r"(?:kommer|åbner|lukker|skal|kan)\s+\p{L}{3,}et",
            r"(?:er\s+der\s+)?nogen\s+(?:der|som)\s+(?:ved|kan)",
        )
    ),
    phrases="|".join(
        (
            r"(?:gad|mon)\s+(?:\p{L}+\s+){0,2}(?:vide|om|når|hvad|hvor|det|der|vi|i)",
            r"nogen\s+(?:der|som)\s+(?:ved|kan\s+sige|kan\s+svare)",
            r"(?:vil|ville|ønsker)\s+(?:\p{L}+\s+)?(?:gerne\s+)?(?:at\s+)?vide",
        )
    ),
)

FINNISH = Grammar(
    asking="|".join(
        (
            r"(?:mitä|mikä|mitkä|missä|mistä|mihin|minne|milloin|miksi|miten|kuka|ketkä|kenen|kenelle|kuinka|monelta)\s+\p{L}+",
            r"(?:minkä|mille|millä|milläs|mites|entä|entäs|kumpi|millainen|millaiset)\s+\p{L}+",
        )
    ),
    # The enclitic -ko or -kö makes a question of whatever word it hangs on. Nouns in -kko
    # ("verkko") are kept out by the letter before it, the few others by WORDS_IN_KO.
    inverted=r"(?:\p{L}*[^\Wk\d_](?:ko|kö)(?:s|han|hän)?)\s+\p{L}+",
    phrases=r"haluaisin\s+tietää|kysyisin|olisi\s+(?:kiva|hyvä|mukava)\s+tietää|tietääkö|osaako\s+(?:joku|kukaan)",
)

# Finnish words that end in -ko or -kö and ask nothing.
WORDS_IN_KO = _any(
    "koko joko sisko usko näkö jako pako disko asko esko marko risko arko lako tako kioski oksko"
)

GRAMMARS: dict[str, Grammar] = {
    "da": DANISH,
    "en": ENGLISH,
    "fi": FINNISH,
    "nb": BOKMAL,
    "nn": NYNORSK,
    "sv": SWEDISH,
}

# What may stand before the question in its sentence: a greeting with a name, or a connecting word.
GREETINGS = _any(
    "hi hello hey hei heisann hallo hej hejsan moi terve huhu moro god_dag goddag good_morning"
)
CONNECTORS = _any(
    "and but so ok also og men så jo forresten och fast ja mutta no niin siis "
    "please snälla vær_så_snill"
)
