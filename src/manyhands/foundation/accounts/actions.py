"""What people do with their own account. These deeds concern no coalition, so no coalition's ledger has a line of them;
the person's own list of security events does."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.db import transaction
from django.utils.timezone import now

from manyhands.foundation.access.rules import Visitor, require
from manyhands.foundation.jobs.models import JobRun
from manyhands.foundation.tenancy.scope import inside

from . import policies
from .callers import Caller
from .models import Person, SecurityEvent, Session, SignInLink
from .personal_data import REGISTER, reasons_to_stay, seats_of
from .queries import account_data
from .security import write_down

Kind = SecurityEvent.Kind


class CannotErase(ValueError):
    """Something must be settled first; ``reasons`` are sentences that say what."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@transaction.atomic
def change_profile(*, actor: Visitor, name: str, language: str, time_zone: str) -> Person:
    """Change how one is called, spoken to and told the time.

    Who: the person themselves.
    Refuses: anyone who is not signed in.
    Tells: no one; a name and a clock open no door, and each coalition keeps the name it knows.
    """
    require(actor, policies.look_after_oneself)
    person = _oneself(actor)
    person.name, person.language, person.time_zone = name, language, time_zone
    person.save(update_fields=["name", "language", "time_zone"])
    return person


@transaction.atomic
def end_session(*, actor: Visitor, session_id: int, by: Caller | None = None) -> None:
    """Sign out one device.

    Who: the person themselves.
    Refuses: a session of somebody else, which does not exist for them (``UserSession.DoesNotExist``).
    Tells: no one in a coalition; the person's own security events have the line.
    """
    require(actor, policies.look_after_oneself)
    person = _oneself(actor)
    UserSession.objects.get(pk=session_id, user=person).end()
    write_down(person, Kind.SESSION_ENDED, by=by)


@transaction.atomic
def sign_out_everywhere(*, actor: Visitor, by: Caller | None = None) -> Person:
    """End every session and every unused sign-in link. A view that wants to keep its own session renews it after.

    Who: the person themselves.
    Refuses: anyone who is not signed in.
    Tells: no one in a coalition; the person gets a letter, and their own security events have the line.
    """
    require(actor, policies.look_after_oneself)
    person = _oneself(actor)
    _end_everything(person)
    write_down(person, Kind.SESSIONS_ENDED, by=by)
    return person


@transaction.atomic
def export_everything(*, actor: Visitor, by: Caller | None = None) -> dict[str, Any]:
    """Everything the house knows about the person, asked of every room in every coalition they sat in.

    Who: the person themselves.
    Refuses: anyone who is not signed in.
    Tells: no one in a coalition; the person gets a letter, and their own security events have the line.
    """
    require(actor, policies.look_after_oneself)
    person = _oneself(actor)
    found: dict[str, Any] = {"made_at": now(), "account": account_data(person), "coalitions": []}
    for coalition_id, coalition_name, seat_ids in seats_of(person.pk):
        with inside(coalition_id):
            rooms = {room: known.export(seat_ids) for room, known in sorted(REGISTER.items())}
        found["coalitions"].append({"coalition": coalition_name, "seats": seat_ids, **rooms})
    write_down(person, Kind.DATA_EXPORTED, by=by)
    return found


@transaction.atomic
def erase_oneself(*, actor: Visitor) -> Person:
    """Take away everything that says who the person is, at once and for good. Their number stays, so tallies stand.

    Who: the person themselves, after proving again that it is them.
    Refuses: with :class:`CannotErase` while a coalition or the installation would be left without anyone to run it.
    Tells: no one in a coalition, where only the seat falls empty; the person gets a last letter.
    """
    require(actor, policies.look_after_oneself)
    person = _oneself(actor)
    if reasons := reasons_to_stay(person.pk):
        raise CannotErase(reasons)
    for coalition_id, _name, seat_ids in seats_of(person.pk):
        with inside(coalition_id):
            for known in REGISTER.values():
                known.erase(seat_ids)
    address = person.email
    _end_everything(person)
    for kept in (EmailAddress, Authenticator):
        kept.objects.filter(user=person).delete()
    SignInLink.objects.filter(person=person).delete()
    SecurityEvent.objects.filter(person=person).delete()
    for held in ({"address": address}, {"person_id": person.pk}):
        rows = JobRun.objects.filter(**{f"arguments__{key}": value for key, value in held.items()})
        rows.filter(name__startswith=__name__.rpartition(".")[0]).delete()
    person.email, person.name = f"erased-{person.pk}@erased.invalid", ""
    person.language = person.time_zone = ""
    person.is_active = person.is_operator = False
    person.erased_at = now()
    person.last_login = None
    person.set_unusable_password()
    person.save()
    write_down(person, Kind.ERASED, address=address)
    return person


def _oneself(actor: Visitor) -> Person:
    assert actor.person_id is not None  # the policy holds only for the signed-in
    return Person.objects.select_for_update(no_key=True).get(pk=actor.person_id)


def _end_everything(person: Person) -> None:
    Session.objects.filter(person=person).delete()
    UserSession.objects.filter(user=person).delete()
    SignInLink.objects.filter(person=person, used_at=None).delete()
    # One that is being written at this moment ends too, because each carries the number it began with.
    person.sign_in_generation += 1
    person.save(update_fields=["sign_in_generation"])
