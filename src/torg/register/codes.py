"""Official codes: how many digits they have, and which one was meant."""

from collections.abc import Iterable
from difflib import get_close_matches

from torg.errors import RegisterError
from torg.register.model import Municipality
from torg.register.register import Register

# Countries all of whose municipal codes have the same number of digits.
_DIGITS = {"NO": 4, "SE": 4, "DK": 4, "FI": 3}
_MOST_OFFERED = 3


def require_all_digits(country: str, code: str) -> None:
    """Raise RegisterError for a code that lacks digits its country's codes have."""
    digits = _DIGITS.get(country, 0)
    if code.isdecimal() and len(code) < digits:
        raise RegisterError(
            f"code {code} is too short, codes in {country} have {digits} digits: write "
            f"{code.zfill(digits)}; in a spreadsheet give the column the number format "
            f"{'0' * digits}, or it takes leading zeros away."
        )


def unknown_municipality(register: Register, said: str, *, country: str | None = None) -> str:
    """The sentence for a code that no municipality has, in `country` or anywhere.

    It offers the codes of the municipalities that may have been meant: by a code whose leading
    zeros are lost, by their name, or by one like it.
    """
    where = f"{country} {said}" if country else said
    units = [m for m in register.municipalities if country in (None, m.country)]
    offered = [f"{m.code} ({m.name()}, {m.country})" for m in _meant(units, said)]
    if not offered:
        remedy = "see 'torg register show', or add it to municipalities.csv."
        return f"the register has no municipality {where}: {remedy}"
    return f"the register has no municipality {where}: did you mean {' or '.join(offered)}?"


def _meant(units: list[Municipality], said: str) -> list[Municipality]:
    """Those that `said` may mean, by code; who still exists before who does not."""
    found = (
        _short(units, said) or _named(units, {said.casefold()}) or _named(units, _like(units, said))
    )
    existing = [unit for unit in found if unit.valid_to is None]
    by_code = {(m.country, m.code): m for m in existing or found}
    return [by_code[key] for key in sorted(by_code)][:_MOST_OFFERED]


def _short(units: Iterable[Municipality], said: str) -> list[Municipality]:
    return [m for m in units if said.isdecimal() and m.code == said.zfill(len(m.code))]


def _named(units: Iterable[Municipality], wanted: set[str]) -> list[Municipality]:
    return [m for m in units if wanted & {name.casefold() for name in m.names.values()}]


def _like(units: Iterable[Municipality], said: str) -> set[str]:
    names = sorted({name.casefold() for m in units for name in m.names.values()})
    return set(get_close_matches(said.casefold(), names, n=_MOST_OFFERED, cutoff=0.7))
