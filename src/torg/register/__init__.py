"""Which municipalities exist when, and which channels are officially theirs."""

from torg.register.addresses import Address, normalise_address
from torg.register.agreeing import agree, withdraw
from torg.register.agreements import Agreement
from torg.register.checks import Finding, check
from torg.register.claims import claim
from torg.register.codes import unknown_municipality
from torg.register.differences import Differences, differences
from torg.register.importers import Imported, ImportedFile, import_register
from torg.register.learning import learn_id
from torg.register.model import INVENTED, Change, Channel, Municipality, Scope
from torg.register.plain import read_register, write_register
from torg.register.register import Register

__all__ = [
    "INVENTED",
    "Address",
    "Agreement",
    "Change",
    "Channel",
    "Differences",
    "Finding",
    "Imported",
    "ImportedFile",
    "Municipality",
    "Register",
    "Scope",
    "agree",
    "check",
    "claim",
    "differences",
    "import_register",
    "learn_id",
    "normalise_address",
    "read_register",
    "unknown_municipality",
    "withdraw",
    "write_register",
]
