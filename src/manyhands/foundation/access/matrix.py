"""The page on who may do what: every permission asked for every role. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from inspect import Parameter, signature
from typing import Any

from .rules import REGISTRY, Actor, Permission, Visitor

__all__ = ["ROLES", "Answer", "Right", "answer_for", "rights_by_room"]

#: Standings and offices, in the order in which the page shows them.
ROLES = ("coordinator", "steward", "facilitator", "representative", "alternate", "observer", "guest")


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    DEPENDS = "depends"


@dataclass(frozen=True)
class Right:
    """One permission: who has it, by role, and whether the person who looks has it."""

    meaning: str
    by_role: dict[str, Answer]
    mine: Answer


class _Depends(Exception):
    """The policy looked at the record."""


class _AnyRecord:
    """Stands for a record nobody has chosen; a policy that looks into it says that its answer depends on it."""

    def _looked(self, *args: Any) -> Any:
        raise _Depends

    __getattr__ = __eq__ = __ne__ = __bool__ = __iter__ = __contains__ = __getitem__ = __len__ = _looked
    __hash__ = None  # type: ignore[assignment]


def answer_for(permission: Permission, actor: Actor | Visitor) -> Answer:
    """Does the permission hold for this actor, whatever the record?

    >>> from types import SimpleNamespace
    >>> own = Permission("x", "…", lambda actor, row: "steward" in actor.roles or row.owner == actor.seat_id)
    >>> answer_for(own, Actor(1, 2, frozenset({"steward"}))), answer_for(own, Actor(1, 2))
    (<Answer.YES: 'yes'>, <Answer.DEPENDS: 'depends'>)
    """
    needed = [
        parameter
        for parameter in list(signature(permission.holds).parameters.values())[1:]
        if parameter.default is Parameter.empty and parameter.kind is Parameter.POSITIONAL_OR_KEYWORD
    ]
    try:
        held = permission.holds(actor, *(_AnyRecord() for _ in needed))
    except Exception:  # it looked into the record, in whatever way
        return Answer.DEPENDS
    return Answer.YES if held else Answer.NO


def rights_by_room(actor: Actor) -> dict[str, list[Right]]:
    """Every permission inside a coalition, by room in the order of their names."""
    rooms: dict[str, list[Right]] = {}
    for name, permission in sorted(REGISTRY.items()):
        roles = {role: answer_for(permission, _someone(actor, role)) for role in ROLES}
        rooms.setdefault(name.split(".")[0], []).append(Right(permission.meaning, roles, answer_for(permission, actor)))
    return rooms


def _someone(actor: Actor, role: str) -> Actor:
    """Anyone with only this role; officers are taken to be representatives too, as they mostly are."""
    roles = {role} if role in ROLES[3:] else {role, "representative"}
    return Actor(actor.coalition_id, -1, frozenset(roles), organization_id=-1, person_id=-1)
