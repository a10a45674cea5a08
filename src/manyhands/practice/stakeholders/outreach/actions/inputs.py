"""What allies told us, what became of it, and that they were told."""

from datetime import date

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.ledger.spine import record

from ... import policies
from ...actions import Refused
from ...models import Input, Stakeholder
from ..events import InputAnswered, InputHeard, InputTold


@transaction.atomic
def hear_input(*, actor: Actor, stakeholder: Stakeholder, text: str, on: date | None = None) -> Input:
    """Write down what an ally told us or asked of us. It waits until they were told what became of it.

    Who: everyone who works here (`policies.reach_out`).
    Refuses: no words; a day to come (`Refused`).
    Tells: `InputHeard`.
    """
    require(actor, policies.reach_out, stakeholder)
    if not text.strip():
        raise Refused(_("Write down what they told us."))
    on = on or localdate()
    if on > localdate():
        raise Refused(_("That day is still to come."))
    heard = Input.objects.create(stakeholder=stakeholder, text=text.strip(), on=on, by_seat_id=actor.seat_id)
    record(InputHeard(stakeholder_id=stakeholder.pk, input_id=heard.pk), by=actor, about=heard)
    return heard


@transaction.atomic
def answer_input(*, actor: Actor, heard: Input, state: str, became: str) -> Input:
    """Say what became of something an ally told us: it changed something, or it was considered and not taken up.

    Who: everyone who works here (`policies.answer_input`).
    Refuses: an answer without words (`Refused`). A new answer takes the place of the old; they are to be told again.
    Tells: `InputAnswered`.
    """
    require(actor, policies.answer_input, heard)
    if state not in {Input.State.USED, Input.State.NOT_USED} or not became.strip():
        raise Refused(_("Say what became of it, in words you would say to them."))
    heard = Input.objects.select_for_update(of=("self",), no_key=True).get(pk=heard.pk)
    heard.state, heard.became, heard.told_on = state, became.strip(), None
    heard.save(update_fields=["state", "became", "told_on"])
    told = InputAnswered(stakeholder_id=heard.stakeholder_id, input_id=heard.pk, outcome=state)
    record(told, by=actor, about=heard)
    return heard


@transaction.atomic
def tell_input(*, actor: Actor, heard: Input, told_on: date | None = None) -> Input:
    """Write down that they were told what became of it.

    Who: everyone who works here (`policies.answer_input`).
    Refuses: telling before there is an answer; a day to come, or before they said it (`Refused`).
    Tells: `InputTold`.
    """
    require(actor, policies.answer_input, heard)
    heard = Input.objects.select_for_update(of=("self",), no_key=True).get(pk=heard.pk)
    if heard.state == Input.State.HEARD:
        raise Refused(_("First say what became of it."))
    day = told_on or localdate()
    if not heard.on <= day <= localdate():
        raise Refused(_("Choose a day between the one they said it and today."))
    heard.told_on = day
    heard.save(update_fields=["told_on"])
    record(InputTold(stakeholder_id=heard.stakeholder_id, input_id=heard.pk), by=actor, about=heard)
    return heard
