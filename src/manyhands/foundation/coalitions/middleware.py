"""Enters the coalition that an address names, and says who is acting there."""

from collections.abc import Callable

from django.db.models import BigIntegerField, CharField
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from manyhands.foundation.access.rules import Actor, Visitor
from manyhands.foundation.access.written import Blank, RowsOfWords
from manyhands.foundation.tenancy.scope import everywhere, inside

from .addresses import entered
from .models import Coalition, Seat


class EnterCoalition:
    """Sets ``request.actor`` and, for ``/c/<coalition>/…``, ``request.coalition``, ``request.seat`` and the scope.

    An unknown coalition, or one where the person has no seat, leaves a :class:`Visitor`: for them the pages inside
    do not exist.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user
        request.actor = Visitor(person.pk, person.is_operator) if person.is_authenticated else Visitor()
        request.coalition = request.seat = None
        slug = self._slug(request)
        if slug is None:
            return self.get_response(request)
        seat = self._seat(person.pk, slug) if person.is_authenticated else None
        coalition = seat.coalition if seat is not None else Coalition.objects.filter(slug=slug).first()
        if coalition is None:
            return self.get_response(request)
        with inside(coalition.pk), entered(coalition):
            request.coalition = coalition
            if seat is not None and person.is_authenticated:
                seat.person = person
                request.seat, request.actor = seat, actor_for(seat)
            return self.get_response(request)

    @staticmethod
    def _slug(request: HttpRequest) -> str | None:
        try:
            return resolve(request.path_info).kwargs.get("coalition")
        except Resolver404:
            return None

    @staticmethod
    def _seat(person_id: int, slug: str) -> Seat | None:
        """The person's seat there, with its coalition and organization: one question for every page of a member."""
        with everywhere("which coalition an address names, and whether this person sits there"):
            return next(iter(_seat_there.ask(person=person_id, slug=slug)), None)


_seat_there = RowsOfWords(
    lambda: Seat.all_coalitions.select_related("coalition", "organization").filter(
        person_id=Blank("person", BigIntegerField()), coalition__slug=Blank("slug", CharField()), left_at=None
    )[:1]
)


def actor_for(seat: Seat) -> Actor:
    """The acting side of a seat: what policies look at."""
    return Actor(
        coalition_id=seat.coalition_id,
        seat_id=seat.pk,
        roles=seat.roles,
        organization_id=seat.organization_id,
        person_id=seat.person_id,
    )
