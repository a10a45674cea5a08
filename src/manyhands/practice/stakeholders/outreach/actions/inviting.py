"""An invitation from the first word to the seat: with a menu of what one could do, which becomes offers."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.coalitions import actions as table
from manyhands.foundation.coalitions.models import Invitation, Seat
from manyhands.foundation.ledger.spine import record

from ... import policies
from ...actions import Refused, _locked, _save
from ...coverage.queries import asks_off
from ...coverage.rules import kinds_off
from ...models import Contact, InvitedContribution, MenuItem, Offer, Script, Stakeholder
from .. import rules
from ..events import AllyInvited, AllyWelcomed, ContactLogged, MenuChosen
from .contacts import _go_through

SPEAKS = {Seat.Standing.REPRESENTATIVE, Seat.Standing.ALTERNATE}


@transaction.atomic
def write_invitation(
    *,
    actor: Actor,
    stakeholder: Stakeholder,
    email: str,
    message: str = "",
    standing: str = Seat.Standing.REPRESENTATIVE,
    items: Iterable[MenuItem] = (),
    script: Script | None = None,
) -> Invitation:
    """Invite an ally to the table; the letter leaves in the background. It is logged as a contact, so the stage moves.

    Who: coordinators and stewards (`policies.invite_ally`).
    Refuses: an ally that is never to be asked, or not yet; one that has a seat; something that is off the menu, or
    that a disclosed limit rules out (`Refused`); and what `coalitions.actions.invite` refuses, such as an address
    that was invited already.
    Tells: `AllyInvited`, `ContactLogged`, `AllyMoved` for each stage, and what `coalitions.actions.invite` tells.
    """
    require(actor, policies.invite_ally, stakeholder, *([script] if script else []))
    wanted = list({item.pk: item for item in items}.values())
    ally = _locked(stakeholder)
    _refuse_held_back(ally)
    if any(item.retired_at for item in wanted):
        raise Refused(_("Something you chose was taken off the menu meanwhile."))
    off = kinds_off(asks_off(ally))
    if unsuitable := next((item for item in wanted if item.kind in off), None):
        raise Refused(
            _("We do not ask that of them, because of a limit they disclosed: %(what)s.") % {"what": unsuitable}
        )
    is_organization = ally.kind == Stakeholder.Kind.ORGANIZATION
    invitation = table.invite(
        actor=actor,
        email=email,
        organization=ally.member,
        organization_name="" if ally.member or not is_organization else ally.name,
        standing=standing,
        message=message,
    )
    InvitedContribution.objects.bulk_create(
        InvitedContribution(invitation=invitation, item=item, stakeholder=ally) for item in wanted
    )
    contact = Contact.objects.create(
        stakeholder=ally,
        how=Contact.How.MAIL,
        on=localdate(),
        text=message.strip(),
        script=script,
        invitation=invitation,
        by_seat_id=actor.seat_id,
    )
    _go_through(actor, ally, rules.steps_after(ally.stage, contact.outcome))
    record(ContactLogged(stakeholder_id=ally.pk, outcome=contact.outcome), by=actor, about=contact)
    told = AllyInvited(stakeholder_id=ally.pk, invitation_id=invitation.pk, choices=len(wanted))
    record(told, by=actor, about=invitation)
    return invitation


@transaction.atomic
def choose_from_menu(*, actor: Actor, invitation: Invitation, items: Iterable[int] = ()) -> int:
    """Say on taking one's seat what of the menu one can do; each becomes an offer.

    Who: whoever took the seat of this invitation (`policies.choose_menu`).
    Refuses: nothing; what does not stand on the invitation is left out.
    Tells: `MenuChosen`, when something was chosen.
    """
    require(actor, policies.choose_menu, invitation)
    menu = InvitedContribution.objects.filter(invitation=invitation, item_id__in=list(items), chosen_at=None)
    chosen = menu.update(chosen_at=now())
    if chosen:
        record(MenuChosen(invitation_id=invitation.pk, choices=chosen), by=actor, about=invitation)
    return chosen


@transaction.atomic
def welcome_ally(*, actor: Actor, invitation: Invitation) -> list[Offer]:
    """An invitation was accepted: each thing chosen becomes an offer, once; the ally is now that member, and committed.

    Safe to repeat.

    Who: everyone who works here, and Manyhands by itself when somebody takes a seat (`policies.reach_out`).
    Refuses: an invitation that was not accepted (`Refused`).
    Tells: `AllyWelcomed`, and `AllyMoved` for each stage; nothing when all of it was done before.
    """
    require(actor, policies.reach_out, invitation)
    current = (
        Invitation.objects.select_for_update(of=("self",), no_key=True)
        .select_related("accepted_by")
        .get(pk=invitation.pk)
    )
    seat = current.accepted_by
    if current.accepted_at is None or seat is None:
        raise Refused(_("Nobody has accepted this invitation."))
    ally = _whom(current)
    chosen = InvitedContribution.objects.filter(invitation=current, chosen_at__isnull=False).select_related("item")
    made = []
    for place in chosen:
        offer, is_new = Offer.objects.get_or_create(
            invitation=current,
            item=place.item,
            defaults={
                "stakeholder": ally,
                "organization_id": seat.organization_id,
                "text": place.item.text,
                "kind": place.item.kind,
                "offered_by": seat,
                "offered_at": current.accepted_at,
            },
        )
        made += [offer] if is_new else []
    moved = ally is not None and _sits_now(actor, ally, seat)
    answered = Contact.objects.filter(invitation=current, outcome=Contact.Outcome.NO_ANSWER)
    answered.update(outcome=Contact.Outcome.INTERESTED)
    if made or moved:
        told = AllyWelcomed(stakeholder_id=ally.pk if ally else None, invitation_id=current.pk, offers=len(made))
        record(told, by=actor, about=current)
    return made


@transaction.atomic
def hear_refusal(*, actor: Actor, invitation: Invitation) -> Stakeholder | None:
    """An invitation was answered with "no, thank you": the contact says so, and the ally is not asked again by itself.

    Safe to repeat.

    Who: everyone who works here, and Manyhands by itself when somebody declines (`policies.reach_out`).
    Refuses: an invitation that was not declined (`Refused`).
    Tells: `AllyMoved`, unless it is declined already or sits at the table.
    """
    require(actor, policies.reach_out, invitation)
    if invitation.declined_at is None:
        raise Refused(_("Nobody has declined this invitation."))
    contacts = Contact.objects.filter(invitation=invitation, outcome=Contact.Outcome.NO_ANSWER)
    contacts.update(outcome=Contact.Outcome.REFUSED)
    ally = _whom(invitation)
    if ally is not None:
        _go_through(actor, ally, rules.steps_after(ally.stage, Contact.Outcome.REFUSED))
    return ally


def _refuse_held_back(ally: Stakeholder) -> None:
    if ally.removed_at is not None:
        raise Refused(_("%(name)s is off the list.") % {"name": ally.name})
    if ally.never_because:
        raise Refused(_("They are never to be asked: %(why)s") % {"why": ally.never_because})
    if ally.not_before and ally.not_before > localdate():
        raise Refused(
            _("They are not to be asked before %(day)s. Lift that first if you know better.")
            % {"day": ally.not_before.isoformat()}
        )


def _whom(invitation: Invitation) -> Stakeholder | None:
    """The ally whom a letter went to; taken off the list or not."""
    contact = Contact.objects.filter(invitation=invitation).order_by("pk").first()
    return _locked(contact.stakeholder) if contact else None


def _sits_now(actor: Actor, ally: Stakeholder, seat: Seat) -> bool:
    """Tie the ally to the member it has become, and bring it to the last stage; True when that is new."""
    is_new = False
    if ally.member_id is None and seat.organization_id and seat.standing in SPEAKS:
        taken = Stakeholder.with_removed.filter(member_id=seat.organization_id).exists()
        if not taken and ally.kind == Stakeholder.Kind.ORGANIZATION:
            ally.member_id, is_new = seat.organization_id, True
            ally.not_before = None
            _save(ally)
    if steps := rules.way_to(ally.stage, "committed"):
        _go_through(actor, ally, steps)
        is_new = True
    return is_new
