"""Which statements Polis names for each group: its own rule, for whoever compares with a conversation of theirs.

`CommonGround.representative` keeps what clearly sets a group apart and nothing else. Polis names something for every
group: one agreement always first, and the best of what there is where nothing is clear.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from manyhands.analysis.common_ground import scores
from manyhands.analysis.common_ground.finding import MOST_REPRESENTATIVE, CommonGround
from manyhands.analysis.common_ground.rows import Representative


@dataclass(frozen=True)
class _Way:
    """How one group answered one statement in one of the two ways."""

    at: int
    answer: int
    count: int
    seen: int
    share: float
    share_z: float
    ratio: float
    ratio_z: float

    @property
    def telling(self) -> float:
        return self.ratio * self.ratio_z * self.share * self.share_z

    @property
    def agreed(self) -> float:
        return self.share * self.share_z

    @property
    def is_clear(self) -> bool:
        return self.share_z > scores.NINETY_PERCENT and self.ratio_z > scores.NINETY_PERCENT


def representative_as_polis(ground: CommonGround) -> tuple[tuple[Representative, ...], ...]:
    """For each group up to five statements, chosen and put in order as production Polis does.

    Parameters
    ----------
    ground : CommonGround
        Without the statements that moderators took out.

    Returns
    -------
    tuple
        One tuple for each group, in their order; empty where there is one group only.

    Notes
    -----
    Each statement stands for the answer that exceeds the other groups more clearly. All that are clear, as in
    `CommonGround.representative`, are ranked by ratio x its z x share x its z. Beside them Polis keeps one *best
    agreement*: going through the statements in order, the first that clearly more than half agree with (or more than
    half, and more than among the others), then any that beats it: by all four factors where the one kept has a ratio
    above 1, else by share x its z. It comes first, though it need not be clear and may rest on one person; the clear
    ones follow up to five; then agreements are put before disagreements. Where nothing is clear the best agreement
    stands alone, or without one the statement that differs most.

    Examples
    --------
    >>> from manyhands.analysis.common_ground import common_ground
    >>> from manyhands.analysis.responses import Responses
    >>> answers = [[1, 1]] * 8 + [[1, -1]] * 8
    >>> found = common_ground(Responses.from_dense(answers, ["north"] * 8 + ["south"] * 8))
    >>> [[(each.statement, each.answer) for each in group] for group in representative_as_polis(found)]
    [[('0', 1), ('1', 1)], [('0', 1), ('1', -1)]]

    Everyone agrees with statement 0, so it sets nobody apart: what we name of each is the other one alone.

    >>> [[(each.statement, each.answer) for each in group] for group in found.representative]
    [[('1', 1)], [('1', -1)]]
    """
    if len(ground.groups) < 2:
        return tuple(() for _ in ground.groups)
    agreeing, disagreeing = _ways(ground, 1), _ways(ground, -1)
    return tuple(
        tuple(_told(ground, each) for each in _chosen(agree, disagree))
        for agree, disagree in zip(agreeing, disagreeing, strict=True)
    )


def _ways(ground: CommonGround, answer: int) -> list[list[_Way]]:
    count, seen = ground.by_group.agree if answer > 0 else ground.by_group.disagree, ground.by_group.seen
    ratio, ratio_z = scores.representativeness(count, seen)
    columns = (count, seen, scores.agreement(count, seen), scores.one_proportion_z(count, seen), ratio, ratio_z)
    by_group = zip(*(np.asarray(column).tolist() for column in columns), strict=True)
    return [[_Way(at, answer, *row) for at, row in enumerate(zip(*group, strict=True))] for group in by_group]


def _chosen(agree: list[_Way], disagree: list[_Way]) -> list[_Way]:
    both = list(zip(agree, disagree, strict=True))
    stronger = [yes if yes.ratio_z > no.ratio_z else no for yes, no in both]
    best = _best_agreement(both)
    head = [best] if best else []
    clear = [way for way, (yes, no) in zip(stronger, both, strict=True) if yes.is_clear or no.is_clear]
    if not clear:
        return head or [max(stronger, key=lambda way: way.ratio_z)]
    clear.sort(key=lambda way: -way.telling)
    kept = [*head, *(way for way in clear if best is None or way.at != best.at)][:MOST_REPRESENTATIVE]
    return sorted(kept, key=lambda way: -way.answer)


def _best_agreement(both: list[tuple[_Way, _Way]]) -> _Way | None:
    best: _Way | None = None
    for yes, no in both:
        if yes.count == no.count == 0:
            continue
        if best is None:
            is_better = yes.share_z > scores.NINETY_PERCENT or (yes.ratio > 1 and yes.share > 0.5)
        elif best.ratio > 1:
            is_better = yes.telling > best.telling
        else:
            is_better = yes.agreed > best.agreed
        best = yes if is_better else best
    return best


def _told(ground: CommonGround, way: _Way) -> Representative:
    statement = str(ground.statements[way.at])
    return Representative(
        statement, way.answer, int(way.count), int(way.seen), way.share, way.share_z, way.ratio, way.ratio_z
    )
