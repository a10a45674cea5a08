"""What happened to a person's way in: written down for them, and told at once when it is grave."""

from django.http import HttpRequest

from manyhands.foundation.jobs.tasks import enqueue

from .callers import Caller, caller
from .models import Person, SecurityEvent

Kind = SecurityEvent.Kind

#: Whoever holds the account should hear of these even if it was not them.
GRAVE = frozenset(
    {
        Kind.PASSWORD_SET,
        Kind.PASSWORD_CHANGED,
        Kind.EMAIL_CHANGED,
        Kind.FACTOR_ADDED,
        Kind.FACTOR_REMOVED,
        Kind.CODES_MADE,
        Kind.SESSIONS_ENDED,
        Kind.DATA_EXPORTED,
        Kind.ERASED,
    }
)


def write_down(person: Person, kind: Kind, *, by: Caller | HttpRequest | None = None, address: str = "") -> None:
    """Keep a line for the person; a grave one also goes by letter, to ``address`` or to the person's own."""
    from .tasks import send_letter  # the job builds letters, which name this room's pages

    where = by if isinstance(by, Caller) else caller(by)
    SecurityEvent.objects.create(person=person, kind=kind, network=where.network, browser=where.browser)
    if kind in GRAVE and not person.is_invented:
        enqueue(send_letter, once=False, kind=kind.value, person_id=person.pk, address=address or person.email)
