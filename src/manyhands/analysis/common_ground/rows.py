"""The result one statement at a time, for pages and tables."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class GroupAnswers:
    """What one group answered to one statement."""

    group: str
    agree: int
    disagree: int
    passed: int
    seen: int
    agreement: float  # (agree + 1) / (seen + 2), what the consensus multiplies
    low: float  # 95 % range of the share that agrees
    high: float


@dataclass(frozen=True)
class StatementGround:
    """One statement: how far every group accepts it, and on how many answers that rests."""

    id: str
    rank: int | None  # None if too few have seen it to rank it
    consensus: float
    agree: int
    disagree: int
    passed: int
    seen: int
    share: float | None  # of all who answered, how many agree; None if no one did
    low: float  # 95 % range of that share
    high: float
    by_group: tuple[GroupAnswers, ...]
    least_convinced: str  # the group with the lowest agreement
    too_few_seen: bool
    agreed_everywhere: bool  # clearly more than half of every group agree
    division: float  # highest less lowest agreement among the groups, 0 to 1
    divides: bool  # clearly more than half agree in one group and disagree in another
    hidden_division: bool  # most people agree, but clearly more than half of one group disagree


@dataclass(frozen=True)
class Representative:
    """A statement that sets one group apart: they answer it so, and the others do so less."""

    statement: str
    answer: int  # 1 agree, -1 disagree
    count: int
    seen: int
    share: float  # (count + 1) / (seen + 2)
    share_z: float
    ratio: float  # to the share among the other groups
    ratio_z: float
