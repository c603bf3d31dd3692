"""How a release, and one figure of it, is cited: as text, BibTeX, CSL-JSON and RIS."""

import datetime as dt
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from torg.deposit.describing import as_json, version_of
from torg.deposit.held import Held
from torg.deposit.terms import Terms

# What has a meaning in BibTeX, and how it is written there.
_IN_BIBTEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        **{sign: f"\\{sign}" for sign in "&%$#_{}"},
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


@dataclass(frozen=True, kw_only=True)
class Citation:
    """What is cited: a release, or a figure of it at its own address."""

    id: str
    title: str
    publisher: str
    day: dt.date
    version: str
    address: str | None = None
    licence: str = ""
    is_invented: bool = False

    @property
    def shown(self) -> str:
        """The title, which says so where all is invented."""
        return f"{self.title} (invented)" if self.is_invented else self.title

    @property
    def text(self) -> str:
        """The citation in one line, as in the list at the end of a paper (DataCite's order)."""
        parts = (
            f"{self.publisher} ({self.day.year}): {self.shown}. Version {self.version}",
            "Data set",
            self.address or "",
        )
        return ". ".join(part for part in parts if part)

    @property
    def bibtex(self) -> str:
        """An entry for BibTeX."""
        told = {
            "author": f"{{{_bibtex(self.publisher)}}}",
            "title": f"{{{_bibtex(self.shown)}}}",
            "year": str(self.day.year),
            "month": str(self.day.month),
            "publisher": _bibtex(self.publisher),
            "version": _bibtex(self.version),
            "note": "Data set",
            "url": self.address or "",
        }
        lines = (f"  {name} = {{{value}}},\n" for name, value in told.items() if value)
        return f"@misc{{{self.id},\n{''.join(lines)}}}\n"

    @property
    def csl(self) -> str:
        """An item of CSL-JSON, in a list."""
        item = {
            "id": self.id,
            "type": "dataset",
            "title": self.shown,
            "author": [{"literal": self.publisher}],
            "publisher": self.publisher,
            "issued": {"date-parts": [[self.day.year, self.day.month, self.day.day]]},
            "version": self.version,
            **({"URL": self.address} if self.address else {}),
        }
        return json.dumps([item], ensure_ascii=False, indent=1) + "\n"

    @property
    def ris(self) -> str:
        """A record of RIS."""
        told = (
            ("TY", "DATA"),
            ("TI", _one_line(self.shown)),
            ("AU", _one_line(self.publisher)),
            ("PB", _one_line(self.publisher)),
            ("PY", str(self.day.year)),
            ("DA", f"{self.day:%Y/%m/%d}"),
            ("ET", self.version),
            ("UR", self.address or ""),
            ("ER", ""),
        )
        lines = (f"{tag}  - {value}" for tag, value in told if value or tag == "ER")
        return "\r\n".join(lines) + "\r\n"


# The ending of an address: media type, and the citation in it.
FORMS: Mapping[str, tuple[str, Callable[[Citation], str]]] = {
    "bib": ("application/x-bibtex; charset=utf-8", lambda citation: citation.bibtex),
    "json": ("application/vnd.citationstyles.csl+json", lambda citation: citation.csl),
    "ris": ("application/x-research-info-systems; charset=utf-8", lambda citation: citation.ris),
    "txt": ("text/plain; charset=utf-8", lambda citation: citation.text + "\n"),
}


def citation_of(held: Held, terms: Terms, *, address: str | None = None) -> Citation:
    """How the release is cited."""
    found = address or (f"{terms.address}/en/data/{held.name}/" if terms.address else None)
    return Citation(
        id=_key(f"torg-{held.study}-{held.name}"),
        title=held.title,
        publisher=terms.publisher,
        day=held.day,
        version=version_of(held),
        address=found,
        licence=terms.licence.name,
        is_invented=held.is_invented,
    )


def figure_cited(citation: Citation, *, what: str, id_: str, address: str) -> Citation:
    """The citation of one figure of a release; `what`: the figure, in words with its value."""
    return replace(
        citation,
        id=_key(f"{citation.id}-{id_}"),
        title=f"{what}. In: {citation.title}",
        address=address,
    )


def citation_file(citation: Citation) -> bytes:
    """CITATION.cff, version 1.2.0. JSON is YAML, and says the same with fewer traps."""
    told = {
        "cff-version": "1.2.0",
        "message": "If you use these data, please cite them as below.",
        "type": "dataset",
        "title": citation.shown,
        "authors": [{"name": citation.publisher}],
        "date-released": citation.day.isoformat(),
        "version": citation.version,
        **({"license": citation.licence} if citation.licence.startswith("CC") else {}),
        **({"url": citation.address} if citation.address else {}),
    }
    return as_json(told)


def datacite(held: Held, terms: Terms) -> bytes:
    """datacite.json, for whoever registers a DOI (DataCite Metadata Schema 4.5).

    The DOI itself is given by who registers it, and is not there yet.
    """
    citation = citation_of(held, terms)
    return as_json(
        {
            "schemaVersion": "http://datacite.org/schema/kernel-4",
            "titles": [{"title": citation.shown, "lang": "en"}],
            "creators": [{"name": terms.publisher, "nameType": "Organizational"}],
            "publisher": {"name": terms.publisher},
            "publicationYear": str(held.day.year),
            "types": {"resourceType": "Data package", "resourceTypeGeneral": "Dataset"},
            "dates": [{"date": held.day.isoformat(), "dateType": "Created"}],
            "version": citation.version,
            "language": "en",
            "formats": ["text/csv", "application/vnd.apache.parquet"],
            "subjects": [{"subject": "municipalities"}, {"subject": "social media"}],
            "rightsList": [
                {
                    "rights": terms.licence.title,
                    "rightsUri": terms.licence.path,
                    "rightsIdentifier": terms.licence.name,
                    "rightsIdentifierScheme": "SPDX",
                }
            ],
            "descriptions": [
                {
                    "description": f"Release {held.name} of {citation.shown}, whose results have "
                    f"the SHA-256 digest {held.digest}.",
                    "descriptionType": "Abstract",
                    "lang": "en",
                }
            ],
            **({"url": citation.address} if citation.address else {}),
        }
    )


def _bibtex(text: str) -> str:
    return _one_line(text).translate(_IN_BIBTEX)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _key(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9-]+", "-", text).strip("-")
