"""Who may do what with accounts: everybody with their own, nobody with another's."""

from manyhands.foundation.access.rules import Actor, Visitor, permission

from .models import Person


@permission("Look after one's own account: profile, sessions, data.")
def look_after_oneself(actor: Actor | Visitor, person: Person | None = None) -> bool:
    return actor.person_id is not None and (person is None or person.pk == actor.person_id)
