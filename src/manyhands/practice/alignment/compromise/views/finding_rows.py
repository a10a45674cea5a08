"""The rows that pages of negotiations are about; what a person may not see is not there for them."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.coalitions.queries import seats_at_the_table

from ...models import Negotiation
from .. import queries


def find(request: HttpRequest, negotiation_id: int) -> Negotiation:
    return get_object_or_404(queries.negotiations_for(request.actor), pk=negotiation_id)


def facilitators() -> list[Seat]:
    return list(seats_at_the_table().filter(is_facilitator=True))
