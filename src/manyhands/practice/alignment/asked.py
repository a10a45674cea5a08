"""Who has been asked and who has answered: no goal or vision is adopted before every active member was asked.

Other rooms may ask here too, before they let anything be adopted: `not_yet_asked`, `newest_asking` and `asked_members`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, Min, OuterRef, Q, QuerySet, Subquery

from manyhands.foundation.access.together import ask_together
from manyhands.foundation.coalitions.models import Organization, Seat
from manyhands.foundation.coalitions.queries import SPEAKS, voting_organizations

from .models import Participant, VisionRound


@dataclass(frozen=True)
class Heard:
    """Which of the organizations that were asked have taken part; never how."""

    spoken: list[str]
    waiting: list[str]

    @property
    def count(self) -> int:
        return len(self.spoken)

    @property
    def asked(self) -> int:
        return len(self.spoken) + len(self.waiting)


@dataclass(frozen=True)
class Asked:
    """One active member: since when it has been asked, and whether anyone of it took part. Never how."""

    organization: Organization
    #: None while nobody who sits for it could have answered.
    asked_at: datetime | None
    has_spoken: bool

    @property
    def is_silent(self) -> bool:
        """Asked, and not heard."""
        return self.asked_at is not None and not self.has_spoken


def asked_members(round: VisionRound) -> list[Asked]:
    """Every active member with when it was asked, those not asked first, then the silent, then by name. One query."""
    return as_asked(round, members_to_ask(round))


def members_to_ask(round: VisionRound) -> QuerySet[Any]:
    """Every active member, with since when somebody sits for it who may answer, and whether it has spoken."""
    return _to_ask(round.pk, round.opened_at)


def _to_ask(round: Any, opened_at: Any) -> QuerySet[Any]:
    """The same by the id of a round and when it opened; either may be worked out by the database."""
    speaks = Seat.objects.filter(organization=OuterRef("pk"), standing__in=SPEAKS).order_by()
    # Someone who left before the round opened could not be asked.
    there = speaks.filter(Q(left_at=None) | Q(left_at__gt=opened_at)) if opened_at else speaks.none()
    first = there.values("organization").annotate(first=Min("taken_at")).values("first")
    took_part = Participant.objects.filter(round=round, seat__organization=OuterRef("pk"))
    return voting_organizations().annotate(first_seat=Subquery(first), has_spoken=Exists(took_part))


def as_asked(round: VisionRound, members: Iterable[Any]) -> list[Asked]:
    """These `members_to_ask` as `asked_members` gives them.

    A member is asked when the round is open and somebody sits for it who may answer: on the day the round opened, or
    on the day that person took the seat, whichever is later. Who joined after the close was not asked.
    """
    found = [Asked(each, _asked_at(round, each.first_seat), each.has_spoken) for each in members]
    return sorted(found, key=lambda each: (each.asked_at is not None, each.has_spoken, each.organization.name))


def _asked_at(round: VisionRound, first_seat: datetime | None) -> datetime | None:
    if round.opened_at is None or first_seat is None:
        return None
    asked_at = max(round.opened_at, first_seat)
    return None if round.closed_at is not None and asked_at >= round.closed_at else asked_at


def not_yet_asked(round: VisionRound | None = None) -> list[Asked]:
    """Active members that have not been asked; without a round, in the newest round that was put to everyone.

    Empty means that everyone was asked. Without any round nobody was, so all active members are listed.
    """
    members = asked_members(round) if round else newest_asking()[1]
    return [each for each in members if each.asked_at is None]


def newest_asking() -> tuple[VisionRound | None, list[Asked]]:
    """The newest round that was put to everyone, and every active member with when it was asked there. One query.

    A round from elsewhere asked nobody here. Without any round, every active member has not been asked.
    """
    ours = VisionRound.objects.filter(opened_at__isnull=False, is_imported=False)
    rounds = ours.order_by("-opened_at", "-pk")[:1]
    members = _to_ask(Subquery(rounds.values("pk")), Subquery(rounds.values("opened_at"))).order_by("name", "pk")
    ask_together(rounds, members)
    newest = next(iter(rounds), None)
    return newest, as_asked(newest, members) if newest else [Asked(each, None, False) for each in members]


def heard_among(members: Iterable[Asked]) -> Heard:
    """The same, as names of those who were heard and of those who were not."""
    by_name = sorted(members, key=lambda each: (each.organization.name, each.organization.pk))
    spoken = [each.organization.name for each in by_name if each.has_spoken]
    return Heard(spoken, [each.organization.name for each in by_name if not each.has_spoken])


def silent_members(round: VisionRound) -> list[Asked]:
    """Active members that were asked and of whom nobody has taken part, with the date."""
    return [each for each in asked_members(round) if each.is_silent]
