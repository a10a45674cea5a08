"""What screens and phones of a live round show. Every function reads; none writes."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

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


def in_the_room(live: LiveRound) -> InTheRoom:
    """Who of those present has written something. One query."""
    wrote = Statement.objects.filter(round_id=live.round_id, author=OuterRef("pk"), is_seed=False)
    here = Seat.objects.filter(pk__in=Presence.objects.filter(live=live).values("seat_id")).annotate(
        wrote=Exists(wrote)
    )
    rows = list(here.select_related("organization").order_by("name", "pk"))
    waiting = [seat.label for seat in rows if not seat.wrote]
    return InTheRoom(len(rows), len(rows) - len(waiting), [] if live.round.is_anonymous else waiting)


@dataclass(frozen=True)
class Wall:
    """Statements for the big screen."""

    statements: list[Statement]
    more: int


def wall(live: LiveRound) -> Wall:
    """What everybody wrote, in an order that tells nothing of when or by whom. One query.

    Nothing while people write in silence; the statements to begin with are left out, they are not theirs.
    """
    if live.phase == LiveRound.Phase.SILENT:
        return Wall([], 0)
    written = Statement.objects.filter(round_id=live.round_id, state=StatementState.LIVE, is_seed=False)
    rows = {each.pk: each for each in written.select_related("author")}
    order = round_rules.card_order(rows, f"wall {live.pk}")
    return Wall([rows[pk] for pk in order[:ON_THE_WALL]], max(0, len(order) - ON_THE_WALL))


def own_statements(actor: Actor, live: LiveRound) -> list[Statement]:
    """What this actor wrote in the round."""
    if actor.seat_id is None:
        return []
    return list(Statement.objects.filter(round_id=live.round_id, author_id=actor.seat_id).order_by("pk"))


def is_present(actor: Actor, live: LiveRound) -> bool:
    return actor.seat_id is not None and Presence.objects.filter(live=live, seat_id=actor.seat_id).exists()
