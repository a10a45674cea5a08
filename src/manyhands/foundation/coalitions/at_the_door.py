"""Somebody stands at the door with a link: which invitation is it, is it still open, and is it theirs?"""

from allauth.account.models import EmailAddress

from manyhands.foundation.access.rules import Actor, Visitor
from manyhands.foundation.accounts.models import Person
from manyhands.foundation.accounts.rules import fingerprint
from manyhands.foundation.tenancy.scope import everywhere

from .actions.refusals import AlreadySettled, InvitationExpired, InvitationForAnother, SignInFirst, UnknownInvitation
from .models import Invitation


def find_invitation(secret: str) -> Invitation:
    """The invitation behind a link, in whatever coalition; before that we cannot know where we are.

    Raises
    ------
    UnknownInvitation
        If no invitation has this link.
    """
    with everywhere("a link says nothing of its coalition"):
        rows = Invitation.all_coalitions.select_related("coalition", "organization", "invited_by")
        found = rows.filter(fingerprint=fingerprint(secret)).first()
    if found is None:
        raise UnknownInvitation
    return found


def refuse_closed(invitation: Invitation) -> None:
    """Stop unless this invitation may still be answered.

    Raises
    ------
    AlreadySettled, InvitationExpired
        If it was used, or is too old, declined or taken back.
    """
    if invitation.accepted_at:
        raise AlreadySettled
    if not invitation.is_open:
        raise InvitationExpired


def invited_account(invitation: Invitation) -> Person | None:
    """The account that the invited address belongs to, if there is one."""
    return Person.objects.filter(email=invitation.email, is_active=True).first()


def refuse_another_person(actor: Actor | Visitor, invitation: Invitation) -> None:
    """Stop a person whose address is not the one that was invited: a forwarded letter gives no seat.

    Raises
    ------
    InvitationForAnother, SignInFirst
        If another account is signed in; if nobody is, but the address has an account.
    """
    if actor.person_id is None:
        if invited_account(invitation) is not None:
            raise SignInFirst
        return
    owned = EmailAddress.objects.filter(user_id=actor.person_id, email__iexact=invitation.email, verified=True)
    if not owned.exists():
        raise InvitationForAnother
