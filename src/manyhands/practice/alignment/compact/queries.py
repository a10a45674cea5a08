"""What can be asked about values, ground rules and breach reports. Every function reads; none writes."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.access.together import ask_together
from manyhands.foundation.coalitions.models import Organization, Seat
from manyhands.foundation.coalitions.queries import seats_at_the_table, voting_organizations

from .. import policies
from ..models import BreachReport, Compact, CompactAcceptance, CompactPoint, Ratification
from .rules import Heard

SPOKEN_TO = (Compact.State.ASKED, Compact.State.IN_FORCE)
BEING_MADE = (Compact.State.DRAFT, Compact.State.ASKED)


# --- values and ground rules ----------------------------------------------------------------------


def versions(kind: str) -> QuerySet[Compact]:
    """Every version of the values or the ground rules, newest first."""
    return Compact.objects.filter(kind=kind)


def in_force(kind: str) -> Compact | None:
    """The version in force, or None while there is none. For rooms that show the ground rules at a meeting."""
    return versions(kind).filter(state=Compact.State.IN_FORCE).first()


def being_made(kind: str) -> Compact | None:
    """The version that is being written or asked."""
    return versions(kind).filter(state__in=BEING_MADE).first()


def newest(versions: Iterable[Compact], *states: str) -> Compact | None:
    """The newest of these `versions` that is in one of these states."""
    return next((each for each in versions if each.state in states), None)


@dataclass(frozen=True)
class Said:
    """One point with what every member said to it."""

    point: CompactPoint
    ratified_by: list[Organization] = field(default_factory=list)
    contested: list[Ratification] = field(default_factory=list)
    silent: list[Organization] = field(default_factory=list)
    mine: Ratification | None = None

    @property
    def heard(self) -> Heard:
        spoken = len(self.ratified_by) + len(self.contested)
        return Heard(len(self.ratified_by), len(self.contested), spoken + len(self.silent))


def said(compact: Compact, organization_id: int | None = None) -> list[Said]:
    """Each point with who stands behind it, who contests it and why, and who has not spoken. One query.

    Only organizations with a voice now are counted; what those said who left stays in the table and is not shown.
    """
    members, points = voting_organizations().order_by("name", "pk"), CompactPoint.objects.filter(compact=compact)
    points, spoken = points.select_related("proposed_by"), Ratification.objects.filter(point__compact=compact)
    spoken = spoken.select_related("organization")
    ask_together(members, points, spoken)
    words: dict[int, dict[int, Ratification]] = {}
    for each in spoken:
        words.setdefault(each.point_id, {})[each.organization_id] = each
    found = []
    for point in points:
        here = words.get(point.pk, {})
        row = Said(point, mine=here.get(organization_id) if organization_id else None)
        for member in members:
            word = here.get(member.pk)
            if word is None:
                row.silent.append(member)
            elif word.choice == Ratification.Choice.RATIFIES:
                row.ratified_by.append(member)
            else:
                row.contested.append(word)
        found.append(row)
    return found


def heard(compact: Compact) -> dict[CompactPoint, Heard]:
    """How far each point has been carried."""
    return {row.point: row.heard for row in said(compact)}


def members_speaking(compact: Compact) -> QuerySet[Organization]:
    """Every member, by name, with whether it has spoken and whether it contests anything."""
    mine = Ratification.objects.filter(point__compact=compact, organization=OuterRef("pk"))
    members = voting_organizations().annotate(
        contests_one=Exists(mine.filter(choice=Ratification.Choice.CONTESTS)),
        has_spoken=Exists(mine),
    )
    return members.order_by("name", "pk")


def words_of(compact: Compact) -> dict[int, dict[int, Ratification]]:
    """What each organization said to each point, by organization and point. One query."""
    found: dict[int, dict[int, Ratification]] = {}
    for each in Ratification.objects.filter(point__compact=compact):
        found.setdefault(each.organization_id, {})[each.point_id] = each
    return found


def must_accept(actor: Actor) -> Compact | None:
    """The ground rules this seat has yet to accept before it first contributes, or None. One query."""
    if actor.seat_id is None:
        return None
    accepted = CompactAcceptance.objects.filter(compact=OuterRef("pk"), seat_id=actor.seat_id)
    rules_in_force = Compact.objects.filter(kind=Compact.Kind.BEHAVIOUR, state=Compact.State.IN_FORCE)
    return rules_in_force.exclude(Exists(accepted)).first()


def left_to_say(actor: Actor) -> QuerySet[Compact]:
    """Versions that members are asked about and to which this actor's organization has not said all, with how many."""
    spoken = Ratification.objects.filter(point=OuterRef("points__pk"), organization_id=actor.organization_id)
    asked = Compact.objects.filter(state=Compact.State.ASKED)
    return asked.annotate(left=Count("points", filter=~Exists(spoken))).filter(left__gt=0)


# --- breach reports -------------------------------------------------------------------------------


def stewards() -> QuerySet[Seat]:
    """Those who read and answer reports."""
    return seats_at_the_table().filter(is_steward=True)


def reports_for(actor: Actor) -> QuerySet[BreachReport]:
    """The reports this actor may read as a steward, newest first; empty for everyone else.

    One meant for a single steward who is one no longer goes to all, so that it is answered all the same.
    """
    if not policies.answer_breach.holds(actor):
        return BreachReport.objects.none()
    gone = Q(to_seat__left_at__isnull=False) | Q(to_seat__is_steward=False)
    readable = Q(to_seat=None) | Q(to_seat_id=actor.seat_id) | gone
    return BreachReport.objects.filter(readable).select_related(
        "author__organization", "to_seat", "point", "answered_by"
    )


def own_reports(actor: Actor) -> QuerySet[BreachReport]:
    """What this actor reported with their name. Anonymous ones are nobody's."""
    if actor.seat_id is None:
        return BreachReport.objects.none()
    return BreachReport.objects.filter(author_id=actor.seat_id).select_related("to_seat", "point", "answered_by")


def reports_on_the_desk(actor: Actor) -> QuerySet[BreachReport]:
    """The first of these. One query."""
    return reports_waiting(actor)[:10]


def reports_waiting(actor: Actor) -> QuerySet[BreachReport]:
    """Reports this actor is to answer, and answers to their own that they have not read."""
    to_answer = reports_for(actor).order_by().values("pk")
    waits = Q(pk__in=to_answer, answered_at=None) if policies.answer_breach.holds(actor) else Q(pk=None)
    unread = Q(author_id=actor.seat_id, answered_at__isnull=False, seen_at=None)
    return BreachReport.objects.filter(waits | unread)


def report_of_code(fingerprint: str) -> BreachReport | None:
    """The anonymous report that a code opens."""
    if not fingerprint:
        return None
    return BreachReport.objects.filter(fingerprint=fingerprint).select_related("point").first()


@dataclass(frozen=True)
class Answered:
    """How reports have been answered so far; what any member may know of them."""

    answered: int
    overdue: int


def how_answered() -> Answered:
    """How many reports have been answered, and how many are past their day without an answer. One query."""
    counts = BreachReport.objects.aggregate(
        answered=Count("pk", filter=Q(answered_at__isnull=False)),
        overdue=Count("pk", filter=Q(answered_at=None, answer_by__lt=localdate())),
    )
    return Answered(**counts)
