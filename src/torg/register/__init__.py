"""Which municipalities exist when, and which channels are officially theirs."""

from torg.register.addresses import Address, normalise_address
from torg.register.claims import claim
from torg.register.model import Change, Channel, Municipality, Scope
from torg.register.plain import read_register, write_register
from torg.register.register import Register

__all__ = [
    "Address",
    "Change",
    "Channel",
    "Municipality",
    "Register",
    "Scope",
    "claim",
    "normalise_address",
    "read_register",
    "write_register",
]
