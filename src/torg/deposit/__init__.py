"""Deposit: a release for others to keep, cite and rebuild. No clock, no network, no study.

`read_held` reads what a release's folder holds, `codebook` says what every column means,
`datapackage` describes it for programs, `deposit` packs it for an archive that gives out DOIs, and
`rebuild` makes tables and pages from that pack alone and compares them with the release's.
"""

from torg.deposit.citing import FORMS, Citation, citation_file, citation_of, datacite, figure_cited
from torg.deposit.codebook import SURVEY, Described, codebook, described
from torg.deposit.columns import Column
from torg.deposit.depositing import deposit, deposit_name
from torg.deposit.describing import MEDIA, datapackage, version_of
from torg.deposit.held import Held, HeldFile, read_held
from torg.deposit.rebuilding import Rebuilt, rebuild
from torg.deposit.terms import LICENCES, Licence, Terms
from torg.deposit.told import SENTENCES, TABLES

__all__ = [
    "FORMS",
    "LICENCES",
    "MEDIA",
    "SENTENCES",
    "SURVEY",
    "TABLES",
    "Citation",
    "Column",
    "Described",
    "Held",
    "HeldFile",
    "Licence",
    "Rebuilt",
    "Terms",
    "citation_file",
    "citation_of",
    "codebook",
    "datacite",
    "datapackage",
    "deposit",
    "deposit_name",
    "described",
    "figure_cited",
    "read_held",
    "rebuild",
    "version_of",
]
