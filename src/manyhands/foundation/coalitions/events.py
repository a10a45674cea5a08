"""What coalitions tell the rest of the house."""

from dataclasses import dataclass

from manyhands.foundation.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class CoalitionCreated(Event):
    """The coalition was started."""


@dataclass(frozen=True, kw_only=True)
class CoalitionChanged(Event):
    """The coalition's description was changed."""

    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class CoalitionStateChanged(Event):
    """The coalition took a step in its life."""

    was: str
    now: str


@dataclass(frozen=True, kw_only=True)
class MemberInvited(Event):
    """Someone was invited to take a seat."""

    invitation_id: int
    organization_id: int | None
    standing: str


@dataclass(frozen=True, kw_only=True)
class InvitationSentAgain(Event):
    """An invitation was sent again, with a new link."""

    invitation_id: int
    organization_id: int | None


@dataclass(frozen=True, kw_only=True)
class InvitationWithdrawn(Event):
    """An invitation was taken back."""

    invitation_id: int
    organization_id: int | None


@dataclass(frozen=True, kw_only=True)
class InvitationAccepted(Event):
    """An invited person took their seat."""

    invitation_id: int
    seat_id: int
    organization_id: int | None
    standing: str


@dataclass(frozen=True, kw_only=True)
class InvitationDeclined(Event):
    """An invited person said no, thank you."""

    invitation_id: int
    organization_id: int | None


@dataclass(frozen=True, kw_only=True)
class OrganizationAdded(Event):
    """An organization was added to the members."""

    organization_id: int


@dataclass(frozen=True, kw_only=True)
class OrganizationChanged(Event):
    """An organization's description was changed."""

    organization_id: int
    fields: list[str]


@dataclass(frozen=True, kw_only=True)
class MembershipChanged(Event):
    """An organization's standing in the coalition changed."""

    organization_id: int
    was: str
    now: str


@dataclass(frozen=True, kw_only=True)
class SeatGiven(Event):
    """A person was given a seat."""

    seat_id: int
    organization_id: int | None
    standing: str


@dataclass(frozen=True, kw_only=True)
class SeatChanged(Event):
    """A seat's standing, organization or offices changed."""

    seat_id: int
    organization_id: int | None
    standing: str
    offices: list[str]


@dataclass(frozen=True, kw_only=True)
class SeatEnded(Event):
    """A seat was left or ended."""

    seat_id: int
    by_themselves: bool


@dataclass(frozen=True, kw_only=True)
class WorkingGroupProposed(Event):
    """A working group was proposed."""

    working_group_id: int


@dataclass(frozen=True, kw_only=True)
class WorkingGroupChanged(Event):
    """A working group took a step, or its mandate changed."""

    working_group_id: int
    was: str
    now: str


@dataclass(frozen=True, kw_only=True)
class WorkingGroupLeadNamed(Event):
    """A working group was given a lead."""

    working_group_id: int
    seat_id: int | None


@dataclass(frozen=True, kw_only=True)
class WorkingGroupJoined(Event):
    """Someone began to work in a group."""

    working_group_id: int
    seat_id: int


@dataclass(frozen=True, kw_only=True)
class WorkingGroupLeft(Event):
    """Someone stopped working in a group."""

    working_group_id: int
    seat_id: int
