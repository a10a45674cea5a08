"""What the making of a vision tells the rest of the house."""

from dataclasses import dataclass

from manyhands.foundation.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class OverlapsGathered(Event):
    """Statements that are alike were put together, to be looked at."""

    round_id: int
    overlaps: int


@dataclass(frozen=True, kw_only=True)
class OverlapCounted(Event):
    """Members said whether a shared sentence is true to what they meant."""

    round_id: int
    is_true: bool


@dataclass(frozen=True, kw_only=True)
class VisionBegun(Event):
    """A vision is being written from the statements of a round."""

    vision_id: int


@dataclass(frozen=True, kw_only=True)
class VisionChanged(Event):
    """A clause of a vision was written, changed or taken out."""

    vision_id: int


@dataclass(frozen=True, kw_only=True)
class VisionAdopted(Event):
    """A vision was adopted, after every member had been asked."""

    vision_id: int
    clauses: int
    contributions: int
