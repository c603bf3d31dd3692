"""Setting a page by Typst: texts come as data and never as mark-up, fonts are Typst's own."""

import datetime as dt
import json
import re
from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Literal

import typst

from torg.errors import LackingPart

STANDARD: Literal["ua-1"] = "ua-1"  # PDF/UA-1 (ISO 14289-1): tagged, so that it can be read aloud

_NOT_DISPLAYED = re.compile(r'the text `"(.+?)"` could not be displayed')


def pdf_of(template: str, about: Mapping[str, Any], *, made_on: dt.date) -> bytes:
    """An accessible PDF, its fonts inside; the same values give the same bytes.

    Raises LackingPart where a text has a sign that none of the fonts holds, because a box instead
    of it could not be read aloud.
    """
    try:
        return typst.compile(
            _source(template),
            ignore_system_fonts=True,  # the fonts that Typst brings are the same on every machine
            format="pdf",
            pdf_standards=STANDARD,
            sys_inputs=_inputs(about),
            timestamp=int(dt.datetime.combine(made_on, dt.time(), dt.UTC).timestamp()),
        )
    except typst.TypstError as error:
        sign = _NOT_DISPLAYED.search(str(error))
        if sign is None:
            raise
        raise LackingPart(
            f"no font for a PDF has the sign '{sign.group(1)}': leave it out of the names and "
            "titles, or print the page itself."
        ) from error


def png_of(template: str, about: Mapping[str, Any]) -> bytes:
    """A picture, a point of the page for each of its dots."""
    return typst.compile(
        _source(template),
        ignore_system_fonts=True,
        format="png",
        ppi=72.0,
        sys_inputs=_inputs(about),
    )


def _source(template: str) -> bytes:
    return files("torg.report.printed").joinpath("templates", template).read_bytes()


def _inputs(about: Mapping[str, Any]) -> dict[str, str]:
    return {"about": json.dumps(about, ensure_ascii=False)}
