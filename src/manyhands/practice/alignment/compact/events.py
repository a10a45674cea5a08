"""What the compact tells the rest of the house. A breach report tells nobody that it was made; its answer does."""

from dataclasses import dataclass
from typing import ClassVar

from manyhands.foundation.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class CompactBegun(Event):
    """A new version of the values or the ground rules is being written."""

    compact_id: int


@dataclass(frozen=True, kw_only=True)
class PointProposed(Event):
    """Someone proposed a value or a ground rule."""

    compact_id: int


@dataclass(frozen=True, kw_only=True)
class PointWithdrawn(Event):
    """A proposed value or ground rule was taken out again."""

    compact_id: int


@dataclass(frozen=True, kw_only=True)
class CompactAsked(Event):
    """A version of the values or the ground rules was put to the members."""

    compact_id: int


@dataclass(frozen=True, kw_only=True)
class CompactSpoken(Event):
    """An organization said what it stands behind and what it contests."""

    compact_id: int
    organization_id: int
    ratifies: int
    contests: int


@dataclass(frozen=True, kw_only=True)
class CompactInForce(Event):
    """A version of the values or the ground rules came into force."""

    compact_id: int


@dataclass(frozen=True, kw_only=True)
class CompactLeft(Event):
    """A version of the values or the ground rules was given up before it came into force."""

    compact_id: int


@dataclass(frozen=True, kw_only=True)
class CompactAccepted(Event):
    """Somebody read the ground rules and accepted them."""

    compact_id: int


@dataclass(frozen=True, kw_only=True)
class BreachAnswered(Event):
    """A report of a broken ground rule was answered."""

    for_stewards: ClassVar[bool] = True

    report_id: int
