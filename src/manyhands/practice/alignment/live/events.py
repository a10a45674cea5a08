"""What live rounds tell. Who was in the room is told to nobody."""

from dataclasses import dataclass

from manyhands.foundation.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class LiveRoundBegun(Event):
    """A round began in one room, with everybody's phone."""

    round_id: int


@dataclass(frozen=True, kw_only=True)
class LiveRoundTurned(Event):
    """A live round went on to its next phase."""

    round_id: int
    phase: str
