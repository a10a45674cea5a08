"""How the coalition began, and who joined it."""

import re

from django.core import mail

from manyhands.demo import cast
from manyhands.demo.stage import Stage, scene
from manyhands.foundation.access.rules import Visitor
from manyhands.foundation.accounts.models import Person
from manyhands.foundation.coalitions import actions
from manyhands.foundation.coalitions.models import Coalition, Organization, Seat, WorkingGroup
from manyhands.foundation.jobs.worker import run_waiting


@scene(days=-262)
def amina_begins(stage: Stage) -> None:
    founder = cast.FOUNDER
    person = Person.objects.create_user(founder.email, name=founder.name, is_invented=True)
    _verified(person)
    stage.coalition = actions.create_coalition(
        actor=Visitor(person.pk),
        name=cast.NAME,
        purpose=cast.PURPOSE,
        values=cast.VALUES,
        place=cast.PLACE,
        accent="lake",
        organization_name=founder.organization,
        person_name=founder.name,
        is_invented=True,
    )


@scene(days=-261)
def first_friends(stage: Stage) -> None:
    for member in cast.MEMBERS[:2]:
        _invite(stage, member)


@scene(days=-250)
def more_join(stage: Stage) -> None:
    for member in cast.MEMBERS[2:9]:
        _invite(stage, member)
    actions.change_coalition_state(actor=stage.actor("Amina"), coalition=_here(stage), state="forming")


@scene(days=-180)
def the_other_side_joins(stage: Stage) -> None:
    for member in cast.MEMBERS[9:]:
        _invite(stage, member)


@scene(days=-170)
def groups_form(stage: Stage) -> None:
    amina = stage.actor("Amina")
    for name, mandate, lead, people in cast.GROUPS:
        group = actions.propose_group(actor=amina, name=name, mandate=mandate, lead=stage.seat(lead))
        for state in ("chartered", "active"):
            actions.change_group_state(actor=amina, group=WorkingGroup.objects.get(pk=group.pk), state=state)
        for person in people:
            if person != lead and not group.places.filter(seat__name=person).exists():
                actions.join_group(actor=stage.actor(person), group=group)


@scene(days=-165)
def it_is_active_and_open(stage: Stage) -> None:
    amina = stage.actor("Amina")
    actions.change_coalition_state(actor=amina, coalition=_here(stage), state="active")
    actions.change_coalition(actor=amina, coalition=_here(stage), is_public=True)
    sectors = {member.organization: member for member in [cast.FOUNDER, *cast.MEMBERS]}
    for organization in Organization.objects.all():
        member = sectors[organization.name]
        actions.change_organization(
            actor=amina, organization=organization, sector=member.sector, about=member.about, is_public=True
        )


@scene(days=-60)
def others_read_along(stage: Stage) -> None:
    for member in cast.OTHERS:
        _invite(stage, member)


@scene(days=-3)
def an_invitation_waits(stage: Stage) -> None:
    actions.invite(
        actor=stage.actor("Amina"),
        email="head@hilltop.example",
        organization_name="Hilltop School",
        message="You asked for a street of your own. Come and help to choose which.",
    )


def _here(stage: Stage) -> Coalition:
    return Coalition.objects.get(pk=stage.coalition.pk if stage.coalition else 0)


def _invite(stage: Stage, member: cast.Member) -> None:
    """Amina writes, the letter arrives, the person follows its link and takes the seat."""
    amina = stage.actor("Amina")
    organization = Organization.objects.filter(name=member.organization).first()
    actions.invite(
        actor=amina,
        email=member.email,
        organization=organization,
        organization_name="" if organization else member.organization,
        standing=member.standing,
        message="",
    )
    run_waiting()
    letter = next(letter for letter in reversed(mail.outbox) if member.email in letter.to)
    secret = re.search(r"/join/([\w-]+)", str(letter.body))
    if secret is None:
        raise RuntimeError("The invitation holds no link.")
    seat = actions.accept_invitation(actor=Visitor(), secret=secret.group(1), name=member.name)
    # Said here and nowhere else: whoever is invented may be signed in with a link that works again and again.
    Person.objects.filter(pk=seat.person_id).update(is_invented=True)
    if member.offices:
        seat = Seat.objects.get(pk=seat.pk)
        actions.change_seat(
            actor=amina, seat=seat, standing=seat.standing, organization=seat.organization, offices=member.offices
        )


def _verified(person: Person) -> None:
    from allauth.account.models import EmailAddress

    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
