"""What screens and phones of a live round show. Every function reads; none writes."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.coalitions.models import Seat

from .. import rules as round_rules
from ..models import LiveRound, Presence, Statement
from ..rules import StatementState

#: A wall shows no more than can be read from the last row.
ON_THE_WALL = 18


@dataclass(frozen=True)
class InTheRoom:
    """Who is there and has contributed: figures always, names only where statements carry names."""

    present: int
    contributed: int
    #: Who is there and has not contributed yet; empty in a nameless round.
    not_yet: list[str]

    @property
    def left(self) -> int:
        return self.present - self.contributed


def present(live: LiveRound) -> QuerySet[Any]:
    """Who is there, by name, with whether they ``wrote`` something."""
    wrote = Statement.objects.filter(round_id=live.round_id, author=OuterRef("pk"), is_seed=False)
    here = Seat.objects.filter(pk__in=Presence.objects.filter(live=live).values("seat_id"))
    return here.annotate(wrote=Exists(wrote)).select_related("organization").order_by("name", "pk")


def in_the_room(live: LiveRound, present: Iterable[Any]) -> InTheRoom:
    """Who of those `present` has written something."""
    rows = list(present)
    waiting = [seat.label for seat in rows if not seat.wrote]
    return InTheRoom(len(rows), len(rows) - len(waiting), [] if live.round.is_anonymous else waiting)


@dataclass(frozen=True)
class Wall:
    """Statements for the big screen."""

    statements: list[Statement]
    more: int


def written(live: LiveRound) -> QuerySet[Statement]:
    """What everybody wrote. Nothing while people write in silence.

    The statements to begin with are left out, they are not theirs.
    """
    if live.phase == LiveRound.Phase.SILENT:
        return Statement.objects.none()
    rows = Statement.objects.filter(round_id=live.round_id, state=StatementState.LIVE, is_seed=False)
    return rows.select_related("author")


def wall(live: LiveRound, written: Iterable[Statement]) -> Wall:
    """What was `written`, in an order that tells nothing of when or by whom."""
    rows = {each.pk: each for each in written}
    order = round_rules.card_order(rows, f"wall {live.pk}")
    return Wall([rows[pk] for pk in order[:ON_THE_WALL]], max(0, len(order) - ON_THE_WALL))


def own_statements(actor: Actor, live: LiveRound) -> QuerySet[Statement]:
    """What this actor wrote in the round."""
    if actor.seat_id is None:
        return Statement.objects.none()
    return Statement.objects.filter(round_id=live.round_id, author_id=actor.seat_id).order_by("pk")
