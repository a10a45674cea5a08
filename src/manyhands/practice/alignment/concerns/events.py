"""What concerns tell the rest of the house. Ids only; who shares a concern is in no line."""

from dataclasses import dataclass

from manyhands.foundation.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class ConcernWritten(Event):
    """Somebody wrote down a concern of the community."""

    concern_id: int


@dataclass(frozen=True, kw_only=True)
class ConcernReworded(Event):
    """Somebody found better words for a concern."""

    concern_id: int


@dataclass(frozen=True, kw_only=True)
class ConcernHeard(Event):
    """Something that was heard was put under a concern, or taken from it again."""

    concern_id: int
    is_there: bool


@dataclass(frozen=True, kw_only=True)
class ConcernAnswered(Event):
    """An item of an agenda answers a concern, or no longer does. Its kind as ``alignment.Priority``."""

    concern_id: int
    kind_of_item: str
    item_id: int
    answers: bool


@dataclass(frozen=True, kw_only=True)
class ConcernSetAside(Event):
    """A concern was set aside, or taken up again."""

    concern_id: int
    is_aside: bool
