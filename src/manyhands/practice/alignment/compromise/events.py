"""What negotiations tell the rest of the house. Ids only; points, walk-aways and red lines are in no line."""

from dataclasses import dataclass

from manyhands.foundation.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class NegotiationDrafted(Event):
    """A negotiation was prepared or changed."""

    negotiation_id: int


@dataclass(frozen=True, kw_only=True)
class NegotiationOpened(Event):
    """The parties were asked to tell the mediator what a deal is worth to them."""

    negotiation_id: int


@dataclass(frozen=True, kw_only=True)
class NegotiationHandedOver(Event):
    """Somebody else mediates now; what was told in private was erased first."""

    negotiation_id: int
    seat_id: int


@dataclass(frozen=True, kw_only=True)
class TermsTold(Event):
    """A party told the mediator what a deal is worth to it."""

    negotiation_id: int
    organization_id: int


@dataclass(frozen=True, kw_only=True)
class ConcernVoiced(Event):
    """A concern was voiced in a negotiation."""

    negotiation_id: int
    organization_id: int


@dataclass(frozen=True, kw_only=True)
class ConcernUnderstood(Event):
    """The interest beneath a concern was named, and options that would meet it."""

    negotiation_id: int
    organization_id: int
    options: int


@dataclass(frozen=True, kw_only=True)
class PackagesProposed(Event):
    """The mediator put packages on the table."""

    negotiation_id: int
    packages: int


@dataclass(frozen=True, kw_only=True)
class PackageAnswered(Event):
    """A party said whether it can accept a package."""

    negotiation_id: int
    organization_id: int


@dataclass(frozen=True, kw_only=True)
class PackageAgreed(Event):
    """All parties accepted a package, and it was written down who does what."""

    negotiation_id: int
    concessions: int


@dataclass(frozen=True, kw_only=True)
class NegotiationEnded(Event):
    """A negotiation ended without a deal."""

    negotiation_id: int


@dataclass(frozen=True, kw_only=True)
class NegotiationReviewed(Event):
    """An agreement, or its absence, was looked at again."""

    negotiation_id: int
