"""Life cycles of a coalition, a membership and a seat. Pure."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from enum import StrEnum

__all__ = [
    "COALITION_STEPS",
    "GROUP_STEPS",
    "MEMBERSHIP_STEPS",
    "RESERVED",
    "CoalitionState",
    "GroupState",
    "MembershipState",
    "NoSuchStep",
    "check_step",
    "free_slug",
    "one_line",
]


class NoSuchStep(ValueError):
    """A record cannot go from where it is to where it was asked to go."""


class CoalitionState(StrEnum):
    EXPLORING = "exploring"
    FORMING = "forming"
    ACTIVE = "active"
    INSTITUTIONALISED = "institutionalised"
    RECYCLING = "recycling"
    DORMANT = "dormant"
    SUNSET = "sunset"


class MembershipState(StrEnum):
    INVITED = "invited"
    APPLIED = "applied"
    ACTIVE = "active"
    PAUSED = "paused"
    WITHDRAWN = "withdrawn"
    REMOVED = "removed"


class GroupState(StrEnum):
    PROPOSED = "proposed"
    CHARTERED = "chartered"
    ACTIVE = "active"
    PAUSED = "paused"
    CLOSED = "closed"


#: Every step that a coalition may take, from each state.
COALITION_STEPS: Mapping[str, frozenset[str]] = {
    "exploring": frozenset({"forming", "dormant", "sunset"}),
    "forming": frozenset({"active", "dormant", "sunset"}),
    "active": frozenset({"institutionalised", "recycling", "dormant", "sunset"}),
    "institutionalised": frozenset({"recycling", "dormant", "sunset"}),
    "recycling": frozenset({"forming", "dormant", "sunset"}),
    "dormant": frozenset({"forming", "sunset"}),
    "sunset": frozenset(),
}

#: Every step that an organization's membership may take. Invited members skip "applied": the coalition has asked them.
MEMBERSHIP_STEPS: Mapping[str, frozenset[str]] = {
    "invited": frozenset({"applied", "active", "withdrawn"}),
    "applied": frozenset({"active", "withdrawn"}),
    "active": frozenset({"paused", "withdrawn", "removed"}),
    "paused": frozenset({"active", "withdrawn", "removed"}),
    "withdrawn": frozenset({"invited"}),
    "removed": frozenset({"invited"}),
}

#: Every step that a working group may take.
GROUP_STEPS: Mapping[str, frozenset[str]] = {
    "proposed": frozenset({"chartered", "closed"}),
    "chartered": frozenset({"active", "closed"}),
    "active": frozenset({"paused", "closed"}),
    "paused": frozenset({"active", "closed"}),
    "closed": frozenset(),
}

#: Words that an address may not be: they would look like pages of the house.
RESERVED = frozenset(
    {
        "about",
        "account",
        "accounts",
        "admin",
        "api",
        "app",
        "c",
        "coalition",
        "coalitions",
        "demo",
        "docs",
        "example",
        "help",
        "house",
        "join",
        "login",
        "logout",
        "mail",
        "manyhands",
        "members",
        "new",
        "o",
        "operator",
        "operators",
        "public",
        "root",
        "settings",
        "sign-in",
        "start",
        "static",
        "support",
        "system",
        "test",
        "www",
    }
)
LONGEST_SLUG = 50


def check_step(steps: Mapping[str, frozenset[str]], now: str, then: str) -> None:
    """Refuse a step that the life cycle does not have.

    >>> check_step(MEMBERSHIP_STEPS, "invited", "active")
    >>> check_step(MEMBERSHIP_STEPS, "withdrawn", "active")
    Traceback (most recent call last):
        ...
    manyhands.foundation.coalitions.rules.NoSuchStep: withdrawn cannot become active, only invited.
    """
    if then not in steps.get(now, frozenset()):
        possible = ", ".join(sorted(steps.get(now, frozenset()))) or "nothing else"
        raise NoSuchStep(f"{now} cannot become {then}, only {possible}.")


def free_slug(name: str, is_taken: Callable[[str], bool]) -> str:
    """An address made from a name: readable, not reserved, not taken.

    >>> free_slug("Clean Air for Kids!", lambda slug: False)
    'clean-air-for-kids'
    >>> free_slug("Clean Air", {"clean-air", "clean-air-2"}.__contains__)
    'clean-air-3'
    >>> free_slug("Settings", lambda slug: False), free_slug("чистый воздух", lambda slug: False)
    ('settings-2', 'coalition-2')
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:LONGEST_SLUG].strip("-") or "coalition"
    found, number = base, 1
    while found in RESERVED or is_taken(found):
        number += 1
        found = f"{base}-{number}"
    return found


def one_line(text: str) -> str:
    """The text on one line, without space around it: names go into subjects of letters.

    >>> one_line("  Clean\\n Air ")
    'Clean Air'
    """
    return " ".join(text.split())
