"""Refusals, and steps of the life cycle taken on a row that nobody else can change meanwhile."""

from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.coalitions.rules import NoSuchStep, check_step

from ...models import Negotiation
from .. import rules


class Refused(Exception):
    """It cannot be done as asked; the sentence says why."""


class WrongStep(Exception):
    """The negotiation is not where this deed begins; somebody else was faster."""


def _locked(negotiation: Negotiation, *states: str, then: str = "") -> Negotiation:
    """The negotiation, locked, if it is in one of these states, and can take the step."""
    found = Negotiation.objects.select_for_update(no_key=True).get(pk=negotiation.pk)
    if states and found.state not in states:
        raise WrongStep(found.state)
    if then:
        try:
            check_step(rules.NEGOTIATION_STEPS, found.state, then)
        except NoSuchStep as problem:
            raise WrongStep(str(problem)) from None
    return found


def _may_mediate(seat: Seat, organization_ids: set[int]) -> bool:
    """Is this seat a facilitator's, still taken, and of no party?"""
    return seat.is_facilitator and seat.left_at is None and seat.organization_id not in organization_ids
