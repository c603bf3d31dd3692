"""The demo: an invented country, what it answered, and people to try the site as."""

from dataclasses import dataclass
from pathlib import Path

from torg import main
from torg.release import Release
from torg.simulate import SimulatedStudy
from torg.site.answers.actions import store_answers
from torg.site.joined import answered_survey, drawn
from torg.study import Study
from torg.surveying import wave_of


@dataclass(frozen=True)
class Demonstrated:
    """A study to look around in, and its release."""

    study: Study
    release: Release


def demo(
    folder: Path, *, municipalities: int = 357, weeks: int = 17, seed: int = 1
) -> Demonstrated:
    """Simulate a country and run the whole road on it; the same call again changes nothing."""
    study, made = main.demo_study(folder, municipalities=municipalities, weeks=weeks, seed=seed)
    for wave in made.answers:
        _answer(study, made, wave)
    return Demonstrated(study, main.run(study, survey=answered_survey(study)))


def _answer(study: Study, made: SimulatedStudy, name: str) -> None:
    """Draw the wave's frame and keep what its units would answer."""
    frame = drawn(study, wave_of(made.questionnaire, name))
    answers = made.answers[name].join(
        frame, on=["country", "unit"], how="semi", maintain_order="left"
    )
    store_answers(study, answers, name=f"simulated {name}", simulated=True)
