"""What this part tells the rest of the house: ids and counts only."""

from dataclasses import dataclass

from manyhands.foundation.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class PairsFound(Event):
    """The list was looked through for records that may be the same actor."""

    found: int
    waiting: int


@dataclass(frozen=True, kw_only=True)
class PairNamed(Event):
    """Somebody named two records that may be the same actor."""

    stakeholder_id: int
    other_stakeholder_id: int


@dataclass(frozen=True, kw_only=True)
class AlliesMerged(Event):
    """Two records of one actor were joined; this can be undone for two weeks."""

    stakeholder_id: int
    merge_id: int
    moved: int


@dataclass(frozen=True, kw_only=True)
class MergeUndone(Event):
    """Two records that had been joined are two again."""

    stakeholder_id: int
    other_stakeholder_id: int
    left_as_changed: int


@dataclass(frozen=True, kw_only=True)
class PairJudgedDifferent(Event):
    """Somebody said that two records that look alike are two actors."""

    stakeholder_id: int
    other_stakeholder_id: int


@dataclass(frozen=True, kw_only=True)
class PairReopened(Event):
    """Somebody took back that two records are two actors; the pair waits again."""

    stakeholder_id: int
    other_stakeholder_id: int
