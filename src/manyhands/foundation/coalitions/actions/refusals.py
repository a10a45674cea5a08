"""Why a deed was not done. Each reason is a sentence that a page may show as it is."""

from django.utils.translation import gettext_lazy as _

from manyhands.foundation.coalitions.rules import NoSuchStep


class Refused(Exception):
    """A deed that the state of things does not allow; ``str(error)`` says why in one sentence."""

    sentence = _("This cannot be done now.")
    status = 409

    def __str__(self) -> str:
        return str(self.args[0] if self.args else self.sentence)


class NotAllowedNow(Refused, NoSuchStep):
    """A step that the life cycle does not have from here."""

    sentence = _("Someone changed this while you were looking at it, so this step is no longer possible.")


class NameTaken(Refused):
    sentence = _("There is already one of this name.")


class AlreadyInvited(Refused):
    sentence = _("This address has an open invitation. You can send it again or take it back.")


class AlreadySeated(Refused):
    sentence = _("This person already has a seat at this table.")


class MembershipEnded(Refused):
    sentence = _("This organization has left the coalition. Ask it back first, on its own page.")


class StandingNeedsOrganization(Refused):
    sentence = _("An alternate stands in for an organization. Choose which one.")


class LetterOnItsWay(Refused):
    sentence = _("The letter was sent a moment ago. Give it a minute before you send another.")


class LastCoordinator(Refused):
    sentence = _("A coalition needs at least one coordinator. Make someone else coordinator first.")


class SeatLeft(Refused):
    sentence = _("This seat has been left, so it cannot be changed any more.")


class AlreadyInGroup(Refused):
    sentence = _("You already work in this group.")


class MandateMissing(Refused):
    sentence = _("Write down first what the group may decide alone.")


class ReasonMissing(Refused):
    sentence = _("Say why the coalition parts from this member. Only stewards read it.")
    status = 422


class UnknownInvitation(Refused):
    sentence = _(
        "We do not know this link. A newer letter may have replaced it, or a part of it got lost on the way: copy the"
        " whole link from the newest letter."
    )
    status = 404


class AlreadySettled(Refused):
    sentence = _("This invitation was already used. If it was you, simply sign in.")


class InvitationExpired(Refused):
    sentence = _("This invitation is too old or was taken back. Ask whoever invited you for a new one.")
    status = 410


class InvitationForAnother(Refused):
    sentence = _(
        "This invitation is for another e-mail address than the one you are signed in with. If it is yours, sign out"
        " and open the link again; if someone forwarded it to you, ask the coordinator to invite you yourself."
    )
    status = 403


class SignInFirst(Refused):
    sentence = _("You already have an account with the address that was invited. Sign in and your seat is waiting.")
    status = 401
