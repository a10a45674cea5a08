"""What a person can do with the book: nothing but see to it that everyone hears of its lines."""

from django.db import transaction

from manyhands.foundation.access.rules import Actor, Visitor, require
from manyhands.foundation.jobs.tasks import enqueue
from manyhands.foundation.tenancy.scope import everywhere, inside

from . import policies
from .models import Delivery
from .spine import deliver


class NoLongerWaits(Exception):
    """The delivery was made in the meantime."""


@transaction.atomic
def retry_delivery(*, actor: Actor | Visitor, delivery_id: int) -> None:
    """Try a delivery that was given up again, from the first try.

    Who: operators (`policies.retry_delivery`).
    Refuses: a delivery that was made in the meantime (`NoLongerWaits`).
    Tells: no one: the line that is delivered is in the book already.
    """
    require(actor, policies.retry_delivery)
    with everywhere("an operator names a delivery of any coalition"):
        delivery = Delivery.all_coalitions.filter(pk=delivery_id, done_at=None).first()
    if delivery is None:
        raise NoLongerWaits
    with inside(delivery.coalition_id):
        Delivery.objects.filter(pk=delivery.pk).update(tries=0, trouble="")
        enqueue(deliver)
