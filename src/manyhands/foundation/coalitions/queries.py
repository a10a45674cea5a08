"""What coalitions can be asked. Every function reads; none writes."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import BigIntegerField, Case, CharField, Count, Q, QuerySet, Value, When
from django.db.models.functions import Concat
from django.utils.timezone import now

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.access.written import AmongIds, RowsForActor, RowsOfWords
from manyhands.foundation.tenancy.scope import everywhere

from .models import Coalition, Invitation, Organization, Seat, WorkingGroup, WorkingGroupSeat
from .next_steps import NextStep, next_steps

__all__ = [
    "HeldSeat",
    "NextStep",
    "all_names",
    "coordinators",
    "group_of",
    "groups",
    "invitations",
    "next_steps",
    "open_invitations",
    "organizations",
    "public_coalitions",
    "representatives",
    "seat_choices",
    "seat_labels",
    "seat_people",
    "seats_at_the_table",
    "seats_of",
    "voting_organizations",
    "voting_seats",
]

_STANDS_FIRST = Seat.Standing.values
SPEAKS = (Seat.Standing.REPRESENTATIVE, Seat.Standing.ALTERNATE)


@dataclass(frozen=True)
class HeldSeat:
    """One of a person's seats, told outside any coalition."""

    coalition: Coalition
    seat: Seat


# --- seats ----------------------------------------------------------------------------------------


def seats_at_the_table() -> QuerySet[Seat]:
    """Everyone who sits here now, in any standing, by name, with their organization."""
    return Seat.objects.filter(left_at=None).select_related("organization")


def voting_seats() -> QuerySet[Seat]:
    """Those who may speak in a decision: representatives and alternates of organizations whose membership is active.

    An organization has one voice however many of these seats it fills: count stances by ``organization_id``, and
    compare with :func:`voting_organizations`.
    """
    return seats_at_the_table().filter(standing__in=SPEAKS, organization__membership__state="active")


def representatives() -> QuerySet[Seat]:
    """Who speaks for an organization first; alternates stand in for them."""
    return voting_seats().filter(standing=Seat.Standing.REPRESENTATIVE)


def coordinators() -> QuerySet[Seat]:
    """Who keeps the coalition running."""
    return seats_at_the_table().filter(is_coordinator=True)


def seat_choices() -> list[tuple[int, str]]:
    """For a select: ``[(4, "Amina, Parents of Linden"), …]``, by name. One query."""
    return [(seat.pk, seat.label) for seat in seats_at_the_table()]


def seat_labels(seat_ids: list[int] | None = None) -> QuerySet:
    """The id of each seat and what to call it (its `label`), those that people have left too; all without ids."""
    return _every_label.rows() if seat_ids is None else _labels.rows(seats=seat_ids)


_label = Case(When(organization=None, then="name"), default=Concat("name", Value(", "), "organization__name"))
_every_label = RowsOfWords(lambda: Seat.objects.order_by().values_list("pk", _label))
_labels = RowsOfWords(lambda: Seat.objects.order_by().filter(AmongIds("pk", "seats")).values_list("pk", _label))


def all_names() -> dict[str, dict[int, str]]:
    """Every seat's label and every organization's name, by the fact that the book calls them: one query."""
    found: dict[str, dict[int, str]] = {"seat_id": {}, "organization_id": {}}
    for seat_id, name, organization_id, organization in _every_name.ask():
        if seat_id is None:
            found["organization_id"][organization_id] = organization
        else:
            found["seat_id"][seat_id] = f"{name}, {organization}" if organization else name
    return found


def _seats_and_organizations() -> QuerySet:
    organizations = Organization.objects.order_by().annotate(
        no_seat=Value(None, output_field=BigIntegerField()), no_name=Value("", output_field=CharField())
    )
    seats = Seat.objects.order_by().values_list("pk", "name", "organization_id", "organization__name")
    return seats.union(organizations.values_list("no_seat", "no_name", "pk", "name"), all=True)


_every_name = RowsOfWords(_seats_and_organizations)


def seats_of(person_id: int) -> list[HeldSeat]:
    """The seats a person holds now, over all coalitions, by the coalition's name. One query."""
    with everywhere("a person's own seats"):
        seats = Seat.all_coalitions.filter(person_id=person_id, left_at=None).select_related(
            "coalition", "organization"
        )
        return [HeldSeat(seat.coalition, seat) for seat in seats.order_by("coalition__name", "id")]


# --- organizations --------------------------------------------------------------------------------


def organizations() -> QuerySet[Organization]:
    """Every organization this coalition knows as a member, with its membership and how many sit for it now."""
    return (
        Organization.objects.filter(membership__isnull=False)
        .select_related("membership")
        .annotate(count_seats=Count("seats", filter=Q(seats__left_at=None)))
    )


#: The same, as the list of members asks it.
member_list = RowsForActor(lambda _actor, _now: organizations())
_sitting_for = RowsOfWords(
    lambda: Seat.objects.filter(AmongIds("organization_id", "organizations") | Q(organization=None), left_at=None)
)


def seat_people(organizations: Iterable[Organization]) -> list[Seat]:
    """Put those who sit for each organization now into its ``people``; gives those who sit for themselves. One query.

    Representatives come first, then alternates, then the others.
    """
    found = {organization.pk: organization for organization in organizations}
    for organization in found.values():
        organization.people = []
    alone: list[Seat] = []
    for seat in _sitting_for.ask(organizations=list(found)):
        people = alone if seat.organization_id is None else found[seat.organization_id].people
        people.append(seat)
    for organization in found.values():
        organization.people.sort(key=lambda seat: _STANDS_FIRST.index(seat.standing))
    return alone


def voting_organizations() -> QuerySet[Organization]:
    """Organizations with a voice now: an active membership. Their ``membership.votes`` says how many votes."""
    return Organization.objects.filter(membership__state="active").select_related("membership")


# --- invitations ----------------------------------------------------------------------------------


def invitations() -> QuerySet[Invitation]:
    """Every invitation, newest first."""
    return Invitation.objects.select_related("organization", "invited_by", "accepted_by")


def open_invitations() -> QuerySet[Invitation]:
    """Invitations that can still be accepted."""
    return invitations().filter(accepted_at=None, declined_at=None, withdrawn_at=None, expires_at__gt=now())


# --- working groups -------------------------------------------------------------------------------


def groups() -> QuerySet[WorkingGroup]:
    """Every working group, with its lead and how many work in it."""
    return WorkingGroup.objects.select_related("lead").annotate(
        count_places=Count("places", filter=Q(places__seat__left_at=None))
    )


def group_of(actor: Actor) -> set[int]:
    """The working groups this actor works in, by id. For policies of rooms whose work belongs to a group."""
    return set(WorkingGroupSeat.objects.filter(seat_id=actor.seat_id).values_list("group_id", flat=True))


# --- the open site --------------------------------------------------------------------------------


def coalition_ids() -> list[int]:
    """Every coalition of the house, for work that comes round in each: their ids and nothing else of them."""
    return list(Coalition.objects.order_by("pk").values_list("pk", flat=True))


def public_coalitions() -> QuerySet[Coalition]:
    """Coalitions that chose to be shown on the open site, those that are real first."""
    return Coalition.objects.filter(is_public=True).order_by("is_invented", "name")
