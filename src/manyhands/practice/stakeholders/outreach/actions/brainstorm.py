"""Several people call out names at once; nobody is written down twice."""

from django.db import transaction
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.coalitions.models import Coalition
from manyhands.foundation.ledger.spine import record

from ... import policies
from ...actions import Refused
from ...models import Stakeholder
from ..events import AllyBrainstormed
from ..names import looks_like, same_name, source_of_today

LONGEST_NAME = 300


class AlreadyHere(Refused):
    """That name is on the list; `stakeholder` is who it is."""

    def __init__(self, stakeholder: Stakeholder) -> None:
        super().__init__(_("%(name)s is on the list already.") % {"name": stakeholder.name})
        self.stakeholder = stakeholder


class LooksLike(Refused):
    """A very similar name is on the list; a person decides whether it is another one."""

    def __init__(self, stakeholder: Stakeholder) -> None:
        super().__init__(_("That looks like %(name)s.") % {"name": stakeholder.name})
        self.stakeholder = stakeholder


@transaction.atomic
def call_out(*, actor: Actor, name: str, is_another: bool = False) -> Stakeholder:
    """Write a name that somebody called out into the list of allies.

    ``is_another`` says that a person has looked at a similar name and it is somebody else.

    Who: everyone who works here (`policies.add_ally`).
    Refuses: no name (`Refused`); a name that is on the list (`AlreadyHere`); one that nearly is (`LooksLike`).
    Tells: `AllyBrainstormed`.
    """
    require(actor, policies.add_ally)
    said = " ".join(name.split())[:LONGEST_NAME]
    if not said:
        raise Refused(_("There is no name, and a name is the one thing we need."))
    # One name at a time, or two would both be first.
    Coalition.objects.select_for_update(no_key=True).get(pk=actor.coalition_id)
    known = same_name(said)
    if known is not None:
        raise AlreadyHere(known)
    near = None if is_another else looks_like(said)
    if near is not None:
        raise LooksLike(near)
    ally = Stakeholder(name=said, source=source_of_today())
    ally.save()
    record(AllyBrainstormed(stakeholder_id=ally.pk), by=actor, about=ally)
    return ally
