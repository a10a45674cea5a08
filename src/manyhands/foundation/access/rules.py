"""Who acts, and what they may do. No database, no request; only where we are.

A permission is one yes/no function and one plain sentence. The sentences are the coordinators'
"who may do what" page, so a permission without one cannot be written.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from inspect import Parameter, signature
from typing import Any

from django.core.exceptions import PermissionDenied

from manyhands.foundation.tenancy.scope import coalition_id_or_none

__all__ = [
    "REGISTRY",
    "Actor",
    "Permission",
    "Visitor",
    "anyone",
    "operator",
    "permission",
    "require",
    "seated",
    "signed_in",
]


@dataclass(frozen=True)
class Actor:
    """Someone with a seat at one coalition's table, as they are right now.

    Work no person asked for names itself instead:

    >>> Actor(4, None, system="nightly close").who
    'system:nightly close'
    >>> Actor(4, None)
    Traceback (most recent call last):
        ...
    ValueError: An actor is either a seat or a named system, never neither or both.
    """

    coalition_id: int
    seat_id: int | None
    roles: frozenset[str] = frozenset()
    organization_id: int | None = None
    person_id: int | None = None
    system: str = ""

    def __post_init__(self) -> None:
        if (self.seat_id is None) == (not self.system):
            raise ValueError("An actor is either a seat or a named system, never neither or both.")

    @property
    def who(self) -> str:
        return f"system:{self.system}" if self.system else f"seat:{self.seat_id}"

    def has_any(self, *roles: str) -> bool:
        """Does the actor hold at least one of these roles?"""
        return bool(self.roles.intersection(roles))


@dataclass(frozen=True)
class Visitor:
    """Someone at the door: signed in or not, and not at any coalition's table."""

    person_id: int | None = None
    is_operator: bool = False
    coalition_id: None = None
    seat_id: None = None
    organization_id: None = None
    roles: frozenset[str] = frozenset()
    system: str = ""

    def has_any(self, *roles: str) -> bool:
        return False


@dataclass(frozen=True)
class Permission:
    """A named yes/no question, and the sentence that explains it to a coordinator."""

    name: str
    meaning: str
    holds: Callable[..., bool]


REGISTRY: dict[str, Permission] = {}


def permission(meaning: str) -> Callable[[Callable[..., bool]], Permission]:
    """Turn a yes/no function into a named permission, e.g. ``governance.close_proposal``.

    The function takes the actor and as many of the rows in question as it needs; rows beyond these are still
    checked by :func:`require` for their coalition.

    Raises
    ------
    ValueError
        If the sentence does not end with a full stop, or the name is taken.
    """

    def register(holds: Callable[..., bool]) -> Permission:
        app = holds.__module__.split(".")[-2]
        made = Permission(f"{app}.{holds.__name__}", meaning, _given_what_it_asks_for(holds))
        if not meaning.endswith("."):
            raise ValueError(f"{made.name} needs a whole sentence that says what it allows.")
        if made.name in REGISTRY and REGISTRY[made.name].meaning != meaning:
            raise ValueError(f"{made.name} is defined twice.")
        REGISTRY[made.name] = made
        return made

    return register


def _given_what_it_asks_for(holds: Callable[..., bool]) -> Callable[..., bool]:
    kinds = [parameter.kind for parameter in signature(holds).parameters.values()]
    if Parameter.VAR_POSITIONAL in kinds:
        return holds
    rows = len(kinds) - 1

    @wraps(holds)
    def holds_for(actor: Actor | Visitor, *about: Any) -> bool:
        return holds(actor, *about[:rows])

    return holds_for


def require(actor: Actor | Visitor, needed: Permission, *about: Any) -> None:
    """Stop unless the actor may do this to these, here. There is no argument that skips it.

    Raises
    ------
    django.core.exceptions.PermissionDenied
        If the permission does not hold, if a row belongs to another coalition, or if the actor does: somebody's seat
        at one table gives no right at another, also where a deed concerns no row yet.
    """
    here = coalition_id_or_none()
    if here is not None and actor.coalition_id not in {None, here}:
        raise PermissionDenied(needed.name)
    elsewhere = [row for row in about if getattr(row, "coalition_id", actor.coalition_id) != actor.coalition_id]
    if elsewhere or not needed.holds(actor, *about):
        raise PermissionDenied(needed.name)


@permission("Open pages that are for everybody.")
def anyone(actor: Actor | Visitor, *about: Any) -> bool:
    return True


@permission("Use pages about oneself after signing in.")
def signed_in(actor: Actor | Visitor, *about: Any) -> bool:
    return actor.person_id is not None


@permission("Look after the whole installation: jobs, health, settings.")
def operator(actor: Actor | Visitor, *about: Any) -> bool:
    return isinstance(actor, Visitor) and actor.is_operator


@permission("Read what every member of the coalition may read.")
def seated(actor: Actor | Visitor, *about: Any) -> bool:
    return actor.seat_id is not None
