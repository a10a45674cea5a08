"""Working groups: proposing one, its mandate and steps, who works in it."""

from django.db import IntegrityError, transaction

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.coalitions import events, policies, rules
from manyhands.foundation.coalitions.models import Seat, WorkingGroup, WorkingGroupSeat
from manyhands.foundation.ledger.spine import record

from .refusals import AlreadyInGroup, MandateMissing, NameTaken, NotAllowedNow, SeatLeft


@transaction.atomic
def propose_group(*, actor: Actor, name: str, mandate: str = "", lead: Seat | None = None) -> WorkingGroup:
    """Propose a working group, with what it should be free to decide alone.

    Who: coordinators, facilitators and those who speak for members (`policies.propose_group`).
    Refuses: a name that another group has (`NameTaken`).
    Tells: `WorkingGroupProposed`.
    """
    require(actor, policies.propose_group, *([lead] if lead else []))
    group = WorkingGroup(name=rules.one_line(name), mandate=mandate.strip(), lead=lead)
    _save(group)
    if lead is not None:
        WorkingGroupSeat.objects.create(group=group, seat=lead)
    record(events.WorkingGroupProposed(working_group_id=group.pk), by=actor, about=group)
    return group


@transaction.atomic
def change_group(*, actor: Actor, group: WorkingGroup, name: str, mandate: str) -> WorkingGroup:
    """Change a group's name and what it may decide alone.

    Who: coordinators and the group's lead (`policies.change_group`).
    Refuses: a name that another group has (`NameTaken`), a closed group (`NotAllowedNow`).
    Tells: `WorkingGroupChanged`.
    """
    require(actor, policies.change_group, group)
    group = _lock_open(group)
    group.name, group.mandate = rules.one_line(name), mandate.strip()
    _save(group)
    told = events.WorkingGroupChanged(working_group_id=group.pk, was=group.state, now=group.state)
    record(told, by=actor, about=group)
    return group


@transaction.atomic
def change_group_state(*, actor: Actor, group: WorkingGroup, state: str) -> WorkingGroup:
    """Take one step: chartered, active, paused, closed. A mandate must be written before it is given.

    Who: coordinators and the group's lead (`policies.change_group`).
    Refuses: a step that the life cycle does not have from here (`NotAllowedNow`), an empty mandate (`MandateMissing`).
    Tells: `WorkingGroupChanged`.
    """
    require(actor, policies.change_group, group)
    group = WorkingGroup.objects.select_for_update(no_key=True).get(pk=group.pk)
    was = group.state
    try:
        rules.check_step(rules.GROUP_STEPS, was, state)
    except rules.NoSuchStep as wrong:
        raise NotAllowedNow from wrong
    if state == "chartered" and not group.mandate:
        raise MandateMissing
    group.state = state
    group.save(update_fields=["state"])
    record(events.WorkingGroupChanged(working_group_id=group.pk, was=was, now=state), by=actor, about=group)
    return group


@transaction.atomic
def name_lead(*, actor: Actor, group: WorkingGroup, lead: Seat | None) -> WorkingGroup:
    """Name who leads a group, or nobody; the lead works in it too.

    Who: coordinators and the group's present lead (`policies.change_group`).
    Refuses: a closed group (`NotAllowedNow`), a seat that was left (`SeatLeft`).
    Tells: `WorkingGroupLeadNamed`.
    """
    require(actor, policies.change_group, group, *([lead] if lead else []))
    group = _lock_open(group)
    if lead is not None and lead.left_at is not None:
        raise SeatLeft
    group.lead = lead
    group.save(update_fields=["lead"])
    if lead is not None:
        WorkingGroupSeat.objects.get_or_create(group=group, seat=lead)
    told = events.WorkingGroupLeadNamed(working_group_id=group.pk, seat_id=lead.pk if lead else None)
    record(told, by=actor, about=group)
    return group


@transaction.atomic
def join_group(*, actor: Actor, group: WorkingGroup) -> WorkingGroupSeat:
    """Begin to work in a group.

    Who: everyone with a seat but guests (`policies.join_group`).
    Refuses: a closed group (`NotAllowedNow`), twice (`AlreadyInGroup`).
    Tells: `WorkingGroupJoined`.
    """
    require(actor, policies.join_group, group)
    assert actor.seat_id is not None  # the policy holds only for those with a seat
    group = _lock_open(group)
    place, is_new = WorkingGroupSeat.objects.get_or_create(group=group, seat_id=actor.seat_id)
    if not is_new:
        raise AlreadyInGroup
    record(events.WorkingGroupJoined(working_group_id=group.pk, seat_id=actor.seat_id), by=actor, about=group)
    return place


@transaction.atomic
def leave_group(*, actor: Actor, group: WorkingGroup) -> None:
    """Stop working in a group; a lead who leaves leads it no more.

    Who: everyone with a seat but guests (`policies.join_group`).
    Refuses: someone who does not work in it (`NotAllowedNow`).
    Tells: `WorkingGroupLeft`.
    """
    require(actor, policies.join_group, group)
    assert actor.seat_id is not None  # the policy holds only for those with a seat
    group = WorkingGroup.objects.select_for_update(no_key=True).get(pk=group.pk)
    left, _ = WorkingGroupSeat.objects.filter(group=group, seat_id=actor.seat_id).delete()
    if not left:
        raise NotAllowedNow
    if group.lead_id == actor.seat_id:
        group.lead = None
        group.save(update_fields=["lead"])
    record(events.WorkingGroupLeft(working_group_id=group.pk, seat_id=actor.seat_id), by=actor, about=group)


def _lock_open(group: WorkingGroup) -> WorkingGroup:
    group = WorkingGroup.objects.select_for_update(no_key=True).get(pk=group.pk)
    if group.state == "closed":
        raise NotAllowedNow
    return group


def _save(group: WorkingGroup) -> None:
    if WorkingGroup.objects.filter(name__iexact=group.name).exclude(pk=group.pk).exists():
        raise NameTaken
    try:
        with transaction.atomic():
            group.save()
    except IntegrityError as clash:
        raise NameTaken from clash
