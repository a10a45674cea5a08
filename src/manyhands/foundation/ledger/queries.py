"""What the book can be asked. Every function reads; none writes."""

from datetime import date
from functools import lru_cache

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.access.written import RowsForActor
from manyhands.foundation.tenancy.scope import everywhere
from manyhands.foundation.ui.lists import MOST_WORDS

from . import policies
from .events import KINDS
from .models import Delivery, LedgerEntry
from .sentences import describe
from .spine import TRIES


def entries_for(actor: Actor) -> QuerySet[LedgerEntry]:
    """Every line this actor may read, newest first."""
    entries = LedgerEntry.objects.all()
    return entries if policies.read_stewards_lines.holds(actor) else entries.exclude(kind__in=_stewards_kinds())


#: The same, as the book asks it while nobody searches.
book = RowsForActor(lambda actor, _now: entries_for(actor))


def kinds_for(actor: Actor) -> tuple[tuple[str, str], ...]:
    """The kinds of line this actor may meet, with what each says, in the order of their sentences."""
    hidden = () if policies.read_stewards_lines.holds(actor) else _stewards_kinds()
    return _told(tuple(kind for kind in KINDS if kind not in hidden), get_language())


@lru_cache(maxsize=64)
def _told(kinds: tuple[str, ...], language: str | None) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(((kind, describe(kind)) for kind in kinds), key=lambda pair: pair[1]))


def narrowed(
    entries: QuerySet[LedgerEntry],
    *,
    words: str = "",
    authors: dict[int, str] | None = None,
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[LedgerEntry]:
    """Lines of these days in which each word is part of the author's name or of what the line says."""
    if since:
        entries = entries.filter(at__date__gte=since)
    if until:
        entries = entries.filter(at__date__lte=until)
    for word in words.casefold().split()[:MOST_WORDS]:
        seats = [seat_id for seat_id, name in (authors or {}).items() if word in name.casefold()]
        kinds = [kind for kind in KINDS if word in describe(kind).casefold()]
        entries = entries.filter(Q(kind__in=kinds) | Q(by_seat_id__in=seats))
    return entries


def about(row_label: str) -> QuerySet[LedgerEntry]:
    """The lines about one row, such as ``"governance.Proposal:7"``, newest first."""
    return LedgerEntry.objects.filter(about=row_label)


def failed_deliveries(limit: int = 200) -> list[Delivery]:
    """Deliveries that were given up after five tries, over all coalitions, newest first; for operators."""
    with everywhere("an operator looks after deliveries that failed"):
        failed = Delivery.all_coalitions.filter(done_at=None, tries__gte=TRIES)
        return list(failed.select_related("entry", "coalition").order_by("-id")[:limit])


def _stewards_kinds() -> list[str]:
    return [kind for kind, event in KINDS.items() if event.for_stewards]
