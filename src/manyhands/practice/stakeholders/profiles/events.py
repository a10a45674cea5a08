"""What this part tells the rest of the house."""

from dataclasses import dataclass

from manyhands.foundation.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class ProfileWritten(Event):
    """Something that drives an actor was written down."""

    stakeholder_id: int
    kind_of_entry: str
    entries: int = 1


@dataclass(frozen=True, kw_only=True)
class ProfileConfirmed(Event):
    """What drives an actor was confirmed as still so."""

    stakeholder_id: int
    entries: int


@dataclass(frozen=True, kw_only=True)
class ProfileTakenBack(Event):
    """Something that was written about what drives an actor was taken back."""

    stakeholder_id: int
    kind_of_entry: str


@dataclass(frozen=True, kw_only=True)
class ProfilePutBack(Event):
    """Something that had been taken back about what drives an actor was put back."""

    stakeholder_id: int
    kind_of_entry: str


@dataclass(frozen=True, kw_only=True)
class MemberListed(Event):
    """A member organization got a record among the allies, or its record was found there."""

    stakeholder_id: int
    organization_id: int
