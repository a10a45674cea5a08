"""Work behind the pages: letters, wrong tries, and forgetting what is old."""

from datetime import timedelta
from typing import Any

from allauth.account.internal.userkit import filter_users_by_email
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.timezone import now

from manyhands.foundation.jobs.models import JobRun
from manyhands.foundation.jobs.progress import Progress
from manyhands.foundation.jobs.schedules import every
from manyhands.foundation.jobs.tasks import job

from .callers import Caller
from .models import Person, SecurityEvent, Session, SignInLink
from .security import write_down

LINKS_KEPT = timedelta(days=7)
EVENTS_KEPT = timedelta(days=365)


@job(max_tries=5)
def send_letter(
    progress: Progress, *, kind: str, address: str, person_id: int | None = None, language: str = "", **facts: Any
) -> None:
    """Write a letter and send it. Repeated after a crash it is sent again, with a fresh link."""
    from .letters import WRITERS

    person = Person.objects.filter(pk=person_id).first() if person_id else person_at(address)
    with translation.override((person.language if person else "") or language or settings.LANGUAGE_CODE):
        letter = WRITERS[kind](person, facts)
        if letter is not None and address:
            context = {"letter": letter, "site": settings.SITE_ADDRESS, "rtl": translation.get_language_bidi()}
            mail = EmailMultiAlternatives(
                " ".join(letter.subject.split()), render_to_string("accounts/letter/letter.txt", context), to=[address]
            )
            mail.attach_alternative(render_to_string("accounts/letter/letter.html", context), "text/html")
            if not progress.still_mine():
                return  # another worker took over and sends it
            mail.send()
    # The letter is on its way; the list of jobs need not remember to whom.
    JobRun.objects.filter(pk=progress.run.pk).update(arguments={"kind": kind})


@job(max_tries=3)
def note_wrong_try(progress: Progress, *, address: str, network: str, browser: str, locked: bool) -> None:
    """Write a failed sign-in down for whoever has the address. Asked for in any case, so that pages take equal time."""
    person = person_at(address)
    if person is not None:
        kind = SecurityEvent.Kind.LOCKED if locked else SecurityEvent.Kind.FAILED
        write_down(person, kind, by=Caller(network, browser))
    JobRun.objects.filter(pk=progress.run.pk).update(arguments={})


@every(hours=24)
@job(max_tries=3)
def forget_what_is_old(progress: Progress) -> None:
    """Links a week after they ended, security events after a year, sessions that ran out."""
    SignInLink.objects.filter(expires_at__lt=now() - LINKS_KEPT).delete()
    SecurityEvent.objects.filter(at__lt=now() - EVENTS_KEPT).delete()
    Session.objects.filter(expire_date__lt=now()).delete()


def person_at(address: str) -> Person | None:
    """The person who signs in with this address, or None."""
    found = filter_users_by_email(address, is_active=True, prefer_verified=True, for_login=True) if address else []
    return found[0] if found else None
