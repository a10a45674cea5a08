"""What stands on an agenda, whichever room the agenda is in.

A concern is answered by an item that is named by its kind and number. This room knows two kinds: statements of an
agenda that is kept as the suggestion, and priorities. A room above with agendas of its own, such as meetings, says so:

    register_agenda_items("meetings.AgendaItem", items_of_meetings)

It then shows what its items answer with `concerns.queries.answered_by`, and its people link with
`concerns.actions.answer_concern`.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.coalitions.addresses import slug_of
from manyhands.foundation.ui.addresses import address_of

from ..models import KeptAgenda, Priority, Statement
from ..rules import StatementState

STATEMENT = "alignment.Statement"
PRIORITY = "alignment.Priority"


@dataclass(frozen=True)
class AgendaItem:
    """One item as a concern names it: what it says, on which agenda it stands, and where that is."""

    kind: str
    pk: int
    title: str
    agenda: Any
    url: str
    #: Whether a concern can be put there now; what was dealt with already still answers.
    is_open: bool = True

    @property
    def key(self) -> str:
        return key_of(self.kind, self.pk)


#: ``items(actor, numbers, open_ones)``: of these numbers those that stand on an agenda, or have been dealt with from
#: one; with ``open_ones`` all to which a concern can be put now as well. One or two queries, however many there are.
Items = Callable[[Actor, Collection[int], bool], Iterable[AgendaItem]]
_kinds: dict[str, Items] = {}


def register_agenda_items(kind: str, items: Items) -> None:
    """Say where items of one kind are found; called once, when a room is set up."""
    _kinds[kind] = items


def key_of(kind: str, pk: int) -> str:
    """
    >>> key_of("alignment.Priority", 12)
    'alignment.Priority:12'
    """
    return f"{kind}:{pk}"


def items_of(actor: Actor, keys: Iterable[str], *, open_ones: bool = False) -> dict[str, AgendaItem]:
    """Those of these items that stand on an agenda now or were dealt with from one, by their names.

    With ``open_ones`` everything to which a concern can be put now stands among them.
    """
    wanted: dict[str, set[int]] = {kind: set() for kind in _kinds if open_ones}
    for key in keys:
        kind, _sign, number = key.rpartition(":")
        if kind in _kinds and number.isascii() and number.isdigit() and len(number) < 19:
            wanted.setdefault(kind, set()).add(int(number))
    return {item.key: item for kind, numbers in wanted.items() for item in _kinds[kind](actor, numbers, open_ones)}


def statements_kept(actor: Actor, numbers: Collection[int], open_ones: bool) -> Iterable[AgendaItem]:
    """Statements of agendas that are kept as the suggestion, in their order. Two queries."""
    kept = list(KeptAgenda.objects.select_related("round").order_by("-round__number"))
    order = [pk for each in kept for pk in each.statement_ids if open_ones or pk in numbers]
    if not order:
        return
    texts = dict(Statement.objects.filter(pk__in=order, state=StatementState.LIVE).values_list("pk", "text"))
    slug = slug_of(actor.coalition_id)
    for each in kept:
        agenda = _("Agenda from “%(question)s”") % {"question": each.round.question}
        url = address_of("alignment:agenda", slug, each.round_id)
        for pk in each.statement_ids:
            if pk in texts and (open_ones or pk in numbers):
                yield AgendaItem(STATEMENT, pk, texts[pk], agenda, url)


def priorities(actor: Actor, numbers: Collection[int], open_ones: bool) -> Iterable[AgendaItem]:
    """Priorities that come first, are nominated or were reached; those put off until later answer nothing."""
    rows = Priority.objects.exclude(state=Priority.State.DEFERRED).order_by("-state", "pk")
    if not open_ones:
        rows = rows.filter(pk__in=numbers)
    url = address_of("alignment:priorities", slug_of(actor.coalition_id))
    for row in rows:
        is_open = row.state != Priority.State.REACHED
        agenda = _("Priorities, %(state)s") % {"state": str(row.get_state_display()).lower()}
        yield AgendaItem(PRIORITY, row.pk, row.title, agenda, url, is_open)
