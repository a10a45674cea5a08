"""What other rooms know of our members, shown side by side on one page and on each member's own.

Coalitions know who is a member. How far we are with each, when we last spoke and which goals it endorses are known by
rooms above, which this room knows nothing of. They register columns; this room shows them.

    register_member_column(MemberColumn(key="goals", label=_("Goals endorsed"), facts=goals_of_members, …))
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from manyhands.foundation.access.rules import Actor, Permission

from .models import Organization

#: ``facts(actor, only)``: what is known of each member by its id, or of one of them alone. May leave members out, and
#: asks the same number of questions however many members there are.
Facts = Callable[[Actor, int | None], Mapping[int, Any]]


@dataclass(frozen=True)
class MemberFilter:
    """One select above the list: its name in the address, its label, its choices, and which facts fit one of them."""

    name: str
    label: Any
    choices: Sequence[tuple[str, Any]]
    fits: Callable[[Any, str], bool]


@dataclass(frozen=True)
class MemberColumn:
    """One kind of fact about members, as a room registers it.

    ``template`` shows one ``fact`` of one ``organization``; the fact is None where the room has none. ``cells`` are the
    same as text for files, one for each title of ``header``. Columns that share ``facts`` cost one asking.
    """

    key: str
    label: Any
    facts: Facts
    template: str
    header: Sequence[Any]
    cells: Callable[[Any], Sequence[Any]]
    order: int = 50
    #: What it is sorted by; members without a fact stand last either way.
    sorts_by: Callable[[Any], Any] | None = None
    filters: Sequence[MemberFilter] = ()
    #: How it was worked out: the method's name and its rule.
    method: Any = ""
    allowed: Permission | None = field(default=None)


@dataclass(frozen=True)
class MemberRow:
    """One member with what each column says of it, in the order of the columns."""

    organization: Organization
    facts: dict[str, Any]
    columns: Sequence[MemberColumn]

    @property
    def shown(self) -> list[tuple[MemberColumn, Any]]:
        return [(column, self.facts[column.key]) for column in self.columns]

    @property
    def cells(self) -> list[Any]:
        """The member as a row of a file."""
        return [cell for column, fact in self.shown for cell in column.cells(fact)]


_columns: dict[str, MemberColumn] = {}


def register_member_column(column: MemberColumn) -> None:
    """Let a room show something of each member; called once, when the room is set up."""
    _columns[column.key] = column


def columns_for(actor: Actor) -> list[MemberColumn]:
    """The columns that this actor may see, in order."""
    seen = (each for each in _columns.values() if each.allowed is None or each.allowed.holds(actor))
    return sorted(seen, key=lambda column: column.order)


def facts_of(actor: Actor, organizations: Iterable[Organization], only: int | None = None) -> list[MemberRow]:
    """Each of these members with what every room says of it; ``only`` one, if there is but one of them."""
    columns = columns_for(actor)
    asked = {source: source(actor, only) for source in dict.fromkeys(column.facts for column in columns)}
    return [
        MemberRow(each, {column.key: asked[column.facts].get(each.pk) for column in columns}, columns)
        for each in organizations
    ]
