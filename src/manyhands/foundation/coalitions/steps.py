"""The first step of a young coalition: bring two friends."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from manyhands.foundation.access.rules import Actor

from . import policies
from .addresses import slug_of
from .models import Invitation, Seat
from .next_steps import NextStep

FRIENDS = 2


def invite_two(actor: Actor) -> Iterator[NextStep]:
    """Invite the first two; done as soon as two were asked or sit here."""
    if not policies.invite.holds(actor):
        return
    others = Seat.objects.filter(left_at=None).exclude(pk=actor.seat_id).count()
    asked = 0 if others >= FRIENDS else Invitation.objects.filter(withdrawn_at=None).count()
    slug = slug_of(actor.coalition_id)
    yield NextStep(
        order=10,
        title=_("Bring two friends"),
        text=_("Coalitions rarely start with a crowd. Who are the two that already care? They get a letter from you."),
        url=reverse("coalitions:invite", args=[slug]),
        action=_("Invite someone"),
        is_done=others + asked >= FRIENDS,
    )
