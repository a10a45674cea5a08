"""The first step of a young coalition: bring two friends."""

from collections.abc import Iterator

from django.db.models import Count, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.access.rules import Actor

from . import policies
from .addresses import slug_of
from .models import Coalition, Invitation, Seat
from .next_steps import NextStep

FRIENDS = 2


def invite_two(actor: Actor) -> Iterator[NextStep]:
    """Invite the first two; done as soon as two were asked or sit here."""
    if not policies.invite.holds(actor):
        return
    others = Seat.objects.filter(left_at=None).exclude(pk=actor.seat_id)
    invitations = Invitation.objects.filter(withdrawn_at=None)
    slug = slug_of(actor.coalition_id)
    yield NextStep(
        order=10,
        title=_("Bring two friends"),
        text=_("Coalitions rarely start with a crowd. Who are the two that already care? They get a letter from you."),
        url=reverse("coalitions:invite", args=[slug]),
        action=_("Invite someone"),
        done_by=Coalition.objects.annotate(friends=_count_of(others) + _count_of(invitations)).filter(
            pk=actor.coalition_id, friends__gte=FRIENDS
        ),
    )


def _count_of(rows: QuerySet) -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values("coalition_id").annotate(n=Count("pk")).values("n")), 0)
