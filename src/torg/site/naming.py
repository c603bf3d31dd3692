"""What a municipality is called, as the study's register has it now."""

from torg.register import read_register
from torg.site.current import current_study


def name_of(country: str, unit: str, *, language: str) -> str:
    """Its name in a language, else in the study's; its code where the register does not know it."""
    study = current_study()
    found = read_register(study.register_folder).municipality(country, unit)
    return found.name(languages=(language, *study.languages)) if found else unit
