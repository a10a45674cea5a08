"""What common ground is made of, and every figure that follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from manyhands.analysis.common_ground import scores
from manyhands.analysis.common_ground.opinion_groups import SMALLEST_GROUP, OpinionGroups
from manyhands.analysis.common_ground.rows import GroupAnswers, Representative, StatementGround
from manyhands.analysis.common_ground.tallies import Tallies

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

#: Printed beside every figure. The number changes when the formula does.
METHOD = "group-informed consensus 1"
#: The same formula where there is one group only.
PLAIN_METHOD = "plain consensus 1"
#: A group says something of a statement once this many of it answered, or half of a smaller group.
ENOUGH_SEEN = 15
MOST_REPRESENTATIVE = 5


@dataclass(frozen=True, eq=False)
class CommonGround:
    """How far every group accepts each statement.

    Attributes
    ----------
    method : str
        Name and version of the formula.
    statements : (statements,) array of str
    groups : tuple of str
        Names of the groups, in the order of the rows of ``by_group``.
    sizes : (groups,) array of int
        People in each.
    in_no_group : int
        People who answered but are in no group.
    by_group : Tallies
        Answers by group, each array (groups, statements).
    total : Tallies
        Answers of everyone, in a group or not, each array (1, statements).
    found : OpinionGroups or None
        How the groups were found; None if they were declared.

    See Also
    --------
    common_ground : makes it.
    """

    method: str
    statements: NDArray[np.str_]
    groups: tuple[str, ...]
    sizes: NDArray[np.int64]
    in_no_group: int
    by_group: Tallies
    total: Tallies
    found: OpinionGroups | None = None

    @cached_property
    def consensus(self) -> Floats:
        """Group-informed consensus of each statement, 0 to 1; shape (statements,)."""
        return scores.group_informed_consensus(self.by_group.agree, self.by_group.seen)

    @cached_property
    def agreement(self) -> Floats:
        """The factors of the consensus; shape (groups, statements)."""
        return scores.agreement(self.by_group.agree, self.by_group.seen)

    @cached_property
    def best_first(self) -> NDArray[np.int64]:
        """Positions of the statements by consensus; equal ones in natural order of their ids."""
        # Rounded, so that a difference in the last digit of a product does not count as one.
        return np.argsort(-self.consensus.round(12), kind="stable").astype(np.int64)

    @cached_property
    def too_few_seen(self) -> Flags:
        """Statements that too few people of some group answered to be ranked; shape (statements,)."""
        half = -(-self.sizes // 2)
        enough = np.maximum(np.minimum(half, ENOUGH_SEEN), SMALLEST_GROUP)
        return np.asarray((self.by_group.seen < enough[:, None]).any(axis=0))

    @cached_property
    def leans_to_agree(self) -> Flags:
        """Where clearly more than half of a group agree; shape (groups, statements)."""
        z = scores.one_proportion_z(self.by_group.agree, self.by_group.seen)
        return np.asarray(z > scores.NINETY_PERCENT)

    @cached_property
    def leans_to_disagree(self) -> Flags:
        """Where clearly more than half of a group disagree; shape (groups, statements)."""
        z = scores.one_proportion_z(self.by_group.disagree, self.by_group.seen)
        return np.asarray(z > scores.NINETY_PERCENT)

    @cached_property
    def division(self) -> Floats:
        """Highest less lowest agreement among the groups, 0 to 1; shape (statements,)."""
        return np.asarray(np.ptp(self.agreement, axis=0))

    @cached_property
    def divides(self) -> Flags:
        """Clearly more than half agree in one group and disagree in another; shape (statements,)."""
        return np.asarray(self.leans_to_agree.any(axis=0) & self.leans_to_disagree.any(axis=0))

    @cached_property
    def representative(self) -> tuple[tuple[Representative, ...], ...]:
        """For each group up to five statements that set it apart, the most telling first.

        A statement is kept if the group leans to the answer and does so more than the others, both
        beyond 1.2816 standard errors; they are ranked by ratio x its z x share x its z.
        """
        if len(self.groups) < 2:
            return tuple(() for _ in self.groups)
        counted = {1: self.by_group.agree, -1: self.by_group.disagree}
        seen = self.by_group.seen
        share = {way: scores.agreement(count, seen) for way, count in counted.items()}
        share_z = {way: scores.one_proportion_z(count, seen) for way, count in counted.items()}
        against = {way: scores.representativeness(count, seen) for way, count in counted.items()}
        rows: list[tuple[Representative, ...]] = []
        for group in range(len(self.groups)):
            kept: list[tuple[float, int, int]] = []
            for way in (1, -1):
                ratio, ratio_z = against[way][0][group], against[way][1][group]
                clear = (share_z[way][group] > scores.NINETY_PERCENT) & (ratio_z > scores.NINETY_PERCENT)
                telling = ratio * ratio_z * share[way][group] * share_z[way][group]
                kept += [(float(telling[at]), int(at), way) for at in np.flatnonzero(clear)]
            kept.sort(key=lambda each: (-round(each[0], 12), each[1]))
            rows.append(
                tuple(
                    Representative(
                        statement=str(self.statements[at]),
                        answer=way,
                        count=int(counted[way][group, at]),
                        seen=int(seen[group, at]),
                        share=float(share[way][group, at]),
                        share_z=float(share_z[way][group, at]),
                        ratio=float(against[way][0][group, at]),
                        ratio_z=float(against[way][1][group, at]),
                    )
                    for _, at, way in kept[:MOST_REPRESENTATIVE]
                )
            )
        return tuple(rows)

    def rows(self) -> list[StatementGround]:
        """All statements, best first, each with its figures; those seen by too few carry no rank."""
        everyone, groups = self.total, self.by_group
        seen = groups.seen
        by_group = [
            [GroupAnswers(name, *answers) for answers in zip(*columns, strict=True)]
            for name, *columns in zip(
                self.groups,
                *(each.tolist() for each in (groups.agree, groups.disagree, groups.passed, seen)),
                self.agreement.tolist(),
                *(each.tolist() for each in scores.wilson_interval(groups.agree, seen)),
                strict=True,
            )
        ]
        low, high = scores.wilson_interval(everyone.agree[0], everyone.seen[0])
        hidden = (2 * everyone.agree[0] > everyone.seen[0]) & self.leans_to_disagree.any(axis=0)
        ranks = np.empty(len(self.statements), dtype=np.int64)
        ranks[self.best_first] = np.cumsum(~self.too_few_seen[self.best_first])
        columns = (
            self.statements,
            ranks,
            self.consensus,
            everyone.agree[0],
            everyone.disagree[0],
            everyone.passed[0],
            everyone.seen[0],
            low,
            high,
            self.agreement.argmin(axis=0),
            self.too_few_seen,
            self.leans_to_agree.all(axis=0) & ~self.too_few_seen,
            self.division,
            self.divides,
            hidden,
        )
        # As lists, because taking single figures out of arrays is slow.
        listed = list(zip(*(column.tolist() for column in columns), strict=True))
        return [self._row(tuple(of[at] for of in by_group), *listed[at]) for at in self.best_first]

    def _row(
        self,
        by_group: tuple[GroupAnswers, ...],
        name: str,
        rank: int,
        consensus: float,
        agree: int,
        disagree: int,
        passed: int,
        seen: int,
        low: float,
        high: float,
        least: int,
        thin: bool,
        everywhere: bool,
        division: float,
        divides: bool,
        hidden: bool,
    ) -> StatementGround:
        return StatementGround(
            id=name,
            rank=None if thin else rank,
            consensus=consensus,
            agree=agree,
            disagree=disagree,
            passed=passed,
            seen=seen,
            share=agree / seen if seen else None,
            low=low,
            high=high,
            by_group=by_group,
            least_convinced=self.groups[least],
            too_few_seen=thin,
            agreed_everywhere=everywhere,
            division=division,
            divides=divides,
            hidden_division=hidden,
        )
