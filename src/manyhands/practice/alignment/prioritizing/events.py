"""What rounds on what comes first tell the rest of the house. Ids only."""

from dataclasses import dataclass

from manyhands.foundation.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class PriorityRoundOpened(Event):
    """Members were asked what comes first, from the vision on."""

    priority_round_id: int
    vision_id: int
    candidates: int


@dataclass(frozen=True, kw_only=True)
class PriorityAnswered(Event):
    """A member said whether something is a priority for it, and which clauses it serves."""

    priority_round_id: int
    priority_id: int
    organization_id: int


@dataclass(frozen=True, kw_only=True)
class PriorityRoundClosed(Event):
    """What members said comes first was counted."""

    priority_round_id: int
    organizations: int
