"""What ties tell the rest of the house. Ids and states only."""

from dataclasses import dataclass

from manyhands.foundation.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class TieWritten(Event):
    """A tie between two allies was written down."""

    tie_id: int
    stakeholder_id: int
    other_stakeholder_id: int
    kind_of_tie: str


@dataclass(frozen=True, kw_only=True)
class TieChanged(Event):
    """What we know of a tie was changed."""

    tie_id: int
    stakeholder_id: int
    other_stakeholder_id: int


@dataclass(frozen=True, kw_only=True)
class TieEnded(Event):
    """A tie came to an end, or was never there; this can be undone."""

    tie_id: int
    stakeholder_id: int
    other_stakeholder_id: int


@dataclass(frozen=True, kw_only=True)
class TieRestored(Event):
    """A tie that had been ended is there again."""

    tie_id: int
    stakeholder_id: int
    other_stakeholder_id: int


@dataclass(frozen=True, kw_only=True)
class TieRated(Event):
    """One of the two sides said how close a tie is."""

    tie_id: int
    stakeholder_id: int
    other_stakeholder_id: int
    state: str


@dataclass(frozen=True, kw_only=True)
class TieConsentRecorded(Event):
    """It was written down whether a tie may be used to ask for an introduction."""

    tie_id: int
    stakeholder_id: int
    other_stakeholder_id: int
    answer: str


@dataclass(frozen=True, kw_only=True)
class ViewSaved(Event):
    """A view of the map was saved to find it again."""

    saved_view_id: int


@dataclass(frozen=True, kw_only=True)
class ViewThrownAway(Event):
    """A saved view of the map was thrown away."""

    saved_view_id: int


@dataclass(frozen=True, kw_only=True)
class MemberPutOnTheMap(Event):
    """A member organization got its place among the allies, so that its ties can be drawn."""

    stakeholder_id: int
    organization_id: int


@dataclass(frozen=True, kw_only=True)
class TieListTried(Event):
    """A file of ties was read, without writing any of them."""

    tie_list_id: int
    ties: int
    refused: int


@dataclass(frozen=True, kw_only=True)
class TiesBroughtIn(Event):
    """A file of ties was brought in, all of it at once."""

    tie_list_id: int
    ties: int
    added: int
    changed: int = 0


@dataclass(frozen=True, kw_only=True)
class TiesTakenBack(Event):
    """A file of ties was taken back: the ties that came with it have ended."""

    tie_list_id: int
    ties: int
    removed: int
    restored: int = 0


@dataclass(frozen=True, kw_only=True)
class TieListDiscarded(Event):
    """A file of ties was thrown away before anything of it was brought in."""

    tie_list_id: int
