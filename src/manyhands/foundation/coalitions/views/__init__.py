"""Pages about the coalition, its members, seats and groups. A view finds, calls one action, and renders."""

from .at_a_glance import members_at_a_glance
from .groups import change_group, group, groups, join_group, leave_group, name_lead, propose_group, step_group
from .inviting import invitations, invite, resend_invitation, withdraw_invitation
from .joining import decline, join
from .members import (
    add_organization,
    change_organization,
    members,
    organization,
    remove_membership,
    step_membership,
    withdraw_membership,
)
from .seats import change_seat, end_seat, my_seat
from .settings import change_state, settings, start, who_may

__all__ = [
    "add_organization",
    "change_group",
    "change_organization",
    "change_seat",
    "change_state",
    "decline",
    "end_seat",
    "group",
    "groups",
    "invitations",
    "invite",
    "join",
    "join_group",
    "leave_group",
    "members",
    "members_at_a_glance",
    "my_seat",
    "name_lead",
    "organization",
    "propose_group",
    "remove_membership",
    "resend_invitation",
    "settings",
    "start",
    "step_group",
    "step_membership",
    "who_may",
    "withdraw_invitation",
    "withdraw_membership",
]
