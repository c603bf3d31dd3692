"""Passwords: how they are kept, which are good enough, and what it costs to try one."""

from collections.abc import Sequence
from functools import cache

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import get_password_validators, validate_password
from django.core.exceptions import ValidationError

from torg.site.accounts.models import Account

LEAST, MOST = 12, 1000  # characters

_HASHER = "scrypt"  # memory-hard (RFC 7914), and of Python's own library
_RULES = "django.contrib.auth.password_validation."


def hashed(password: str) -> str:
    """The password as it is kept."""
    return str(make_password(password, hasher=_HASHER))


def faults_of(password: str, account: Account) -> Sequence[str]:
    """What is wrong with a new password, in the page's language; nothing where it is good."""
    if len(password) > MOST:
        password = ""
    try:
        validate_password(password, account, password_validators=_rules())
    except ValidationError as error:
        return tuple(str(each) for each in error.messages)
    return ()


def fits(password: str, account: Account | None) -> bool:
    """Whether it is the account's password.

    It takes as long where there is no such account, or one that may not sign in: what an answer
    costs tells nobody which addresses are known.
    """
    can_sign_in = account is not None and account.is_active and account.has_usable_password()
    kept = account.password if account is not None and can_sign_in else _nobodys()
    is_right = check_password(password[:MOST], kept, preferred=_HASHER)
    return bool(is_right and can_sign_in and len(password) <= MOST)


@cache
def _nobodys() -> str:
    return hashed("of nobody")


@cache
def _rules() -> Sequence[object]:
    attributes = {"user_attributes": ("address", "name")}
    found: Sequence[object] = get_password_validators(
        [
            {"NAME": f"{_RULES}UserAttributeSimilarityValidator", "OPTIONS": attributes},
            {"NAME": f"{_RULES}MinimumLengthValidator", "OPTIONS": {"min_length": LEAST}},
            {"NAME": f"{_RULES}CommonPasswordValidator"},
            {"NAME": f"{_RULES}NumericPasswordValidator"},
        ]
    )
    return found
