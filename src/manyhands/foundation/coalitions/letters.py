"""Letters that leave from here: the invitation."""

import secrets
from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext

from manyhands.foundation.accounts.rules import fingerprint
from manyhands.foundation.jobs.progress import Progress
from manyhands.foundation.jobs.tasks import job

from .models import Invitation


@job(max_tries=5)
def send_invitation(progress: Progress, *, invitation_id: int) -> None:
    """Write the letter with its one-time link and send it.

    The link is made here and kept nowhere but in the letter. If we are stopped between sending and noting that we
    did, a second letter goes out and only its link works.
    """
    invitation = (
        Invitation.objects.select_related("coalition", "organization", "invited_by__organization")
        .filter(pk=invitation_id, sent_at=None)
        .first()
    )
    if invitation is None or not invitation.is_open:
        return  # answered, taken back or sent while it waited
    secret = secrets.token_urlsafe(32)
    invitation.fingerprint = fingerprint(secret)
    invitation.save(update_fields=["fingerprint"])
    letter(invitation, secret).send()
    invitation.sent_at = now()
    invitation.save(update_fields=["sent_at"])


def letter(invitation: Invitation, secret: str) -> EmailMultiAlternatives:
    """The invitation as a mail, in plain text and in HTML."""
    context = {
        "invitation": invitation,
        "coalition": invitation.coalition,
        "link": urljoin(settings.SITE_ADDRESS + "/", reverse("coalitions:join", args=[secret])),
    }
    told = {"name": invitation.invited_by.name, "coalition": invitation.coalition.name}
    mail = EmailMultiAlternatives(
        subject=gettext("%(name)s invites you to %(coalition)s") % told,
        body=render_to_string("coalitions/letters/invitation.txt", context),
        to=[invitation.email],
    )
    mail.attach_alternative(render_to_string("coalitions/letters/invitation.html", context), "text/html")
    return mail
