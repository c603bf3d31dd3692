"""The tables of a survey, in words."""

from collections.abc import Mapping

from torg.deposit.columns import OF_ITS_MEASURE, SHARE, SHARE_OR_MEAN, UNITS, Column
from torg.deposit.told import Told, told
from torg.locale import message

_ESTIMATES = "wave item category group estimate low high base n weighted_by missing flags"
_ANSWERED = Column("integer", message("How many units answered."), UNITS)


def _means(about: str) -> Column:
    return Column("number", about, OF_ITS_MEASURE)


SURVEYED: Mapping[str, Told] = {
    "notes": told(
        message("Survey: notes"),
        message("What to know before any figure of the survey is read."),
        "about wave name note",
        about=Column("text", message("What the note is about: study, wave, item and so on.")),
        wave=Column("text", message("The wave. Empty: all.")),
        name=Column("text", message("Of which one.")),
        note=Column("text", message("The note, in English.")),
    ),
    "items": told(
        message("Survey: questions"),
        message("Each item in each language: its words, its codes, and where it was asked."),
        "item question kind disclosure language text codes waves breaks",
        question=Column("text", message("The question's id.")),
        kind=Column("text", message("The kind of question.")),
        disclosure=Column("text", message("Public fact, or shown in shares and means only.")),
        language=Column("text", message("The language of the words.")),
        text=Column("text", message("The question as it was put.")),
        codes=Column("text", message("The codes of its answers.")),
        waves=Column("text", message("The waves that asked it.")),
        breaks=Column("text", message("Waves from which its figures do not compare with before.")),
    ),
    "facts": told(
        message("Survey: public facts"),
        message("Answers unit by unit, only to questions whose answers are public facts."),
        "wave country unit name county population size_class item state code number",
        wave=Column("text", message("The wave of the survey.")),
        state=Column(
            "text", message("Answered, left blank, not applicable, not asked, disagreed.")
        ),
        code=Column("text", message("The answer's code.")),
        number=Column("number", message("The answer, where it is a number.")),
    ),
    "units": told(
        message("Survey: units"),
        message("The units that public facts are of, as they were when they were asked."),
        "wave country unit kind name county population size_class",
        kind=Column("text", message("Municipality, county, or both.")),
    ),
    "response": told(
        message("Survey: response"),
        message("How many were asked and answered."),
        "wave group asked answered rate low high",
        asked=Column("integer", message("How many units were asked."), UNITS),
        answered=_ANSWERED,
        rate=Column("number", message("The share that answered."), SHARE),
    ),
    "classes": told(
        message("Survey: weighting classes"),
        message("What was weighted on, and whether it came out right."),
        "wave margin class frame_n n weighted",
        margin=Column("text", message("What is known of all: size, region, activity.")),
        n=_ANSWERED,
        weighted=Column("number", message("The sum of the weights of those that answered."), UNITS),
    ),
    "estimates": told(
        message("Survey: estimates"),
        message("Shares and means of all units, each with its interval, base and n."),
        _ESTIMATES,
    ),
    "trends": told(
        message("Survey: trends"),
        message("Shares and means of the waves that compare, up to a break."),
        _ESTIMATES,
    ),
    "changes": told(
        message("Survey: changes"),
        message("From one wave to the next: after minus before, of all or of the panel."),
        _ESTIMATES,
    ),
    "flows": told(
        message("Survey: flows"),
        message("How many of the panel went from each answer to each other."),
        "wave item before after n missing",
        before=Column("text", message("The answer then.")),
        after=Column("text", message("The answer now.")),
        n=Column("integer", message("How many units of the panel."), UNITS),
    ),
    "nowcasts": told(
        message("Survey: nowcasts"),
        message("Levels said of a day between or after waves, with what that assumes."),
        "item category group day estimate low high n waves missing flags",
        day=Column("date", message("The day that it is said of.")),
        waves=Column("text", message("The waves that it rests on.")),
    ),
    "plans": told(
        message("Survey: plans"),
        message("What is there, or was planned."),
        _ESTIMATES,
    ),
    "representativity": told(
        message("Survey: who answered"),
        message("How like the whole frame those are that answered (R-indicator)."),
        "wave figure variable category value low high",
        figure=Column("text", message("Which figure: r, cv, largest_bias, partial and so on.")),
        variable=Column("text", message("Of which variable. Empty: of all.")),
        category=Column("text", message("Of which of its classes. Empty: of all.")),
        value=Column("number", message("The value.")),
    ),
    "coverage": told(
        message("Survey: coverage gate"),
        message("Whether enough of the frame was observed to join a measure with answers."),
        "wave measure observed frame_n passed reason",
        observed=Column("integer", message("How many units were observed."), UNITS),
        passed=Column("boolean", message("Whether that is enough.")),
        reason=Column("text", message("Why not.")),
    ),
    "bias": told(
        message("Survey: bias"),
        message("How far those that answered are from all, of what is known of all."),
        "wave measure frame_n n all respondents weighted before after largest weighted_by",
        n=_ANSWERED,
        all=_means(message("The mean over all units.")),
        respondents=_means(message("The mean over those that answered.")),
        weighted=_means(message("The same, weighted without this measure.")),
        before=_means(message("Those that answered minus all.")),
        after=_means(message("The weighted mean minus all.")),
        largest=_means(message("The most that it can be before weighting.")),
    ),
    "stated": told(
        message("Survey: stated and observed"),
        message("What was said beside what was observed. A gap is a difference, never a lie."),
        "wave item category measure group stated observed difference low high n missing flags",
        stated=Column("number", message("What was said."), SHARE_OR_MEAN),
        observed=Column("number", message("What was observed."), SHARE_OR_MEAN),
        difference=Column("number", message("Stated minus observed."), SHARE_OR_MEAN),
        n=Column("integer", message("How many units said it and were observed."), UNITS),
    ),
    "disagreements": told(
        message("Survey: disagreements"),
        message("Units whose respondents gave different answers."),
        "wave item units",
        units=Column("integer", message("How many units."), UNITS),
    ),
    "agreement": told(
        message("Survey: agreement of observers"),
        message("How far two observers of the same unit agree."),
        "wave item alpha low high agreement n",
        alpha=Column("number", message("Krippendorff's alpha.")),
        agreement=Column("number", message("The share of pairs that are equal."), SHARE),
        n=Column("integer", message("How many units two observers scored."), UNITS),
    ),
    "printed": told(
        message("Survey: printed figures"),
        message("Figures that another study printed; they are that study's."),
        "wave item category printed source",
        printed=Column("text", message("As it stands in the original.")),
        source=Column("text", message("The original.")),
    ),
}
