"""The PAV optimum as a mixed-integer programme, for choices too large to search by hand."""

from __future__ import annotations

import numpy as np

from manyhands.analysis.proportional.ballots import Ballots, Group

#: Branches that HiGHS may look at. A number and not a time, so that the answer is the same on any machine.
MOST_BRANCHES = 2_000
#: Approvals on all different ballots, beyond which a solver is not even asked.
MOST_APPROVALS = 60_000


def solve_with_milp(
    ballots: Ballots, groups: list[Group], fixed: tuple[int, ...]
) -> tuple[tuple[int, ...] | None, bool]:
    """Maximise the sum of w/j over the steps y each group can climb, with as many steps as it has chosen.

    Parameters
    ----------
    ballots : Ballots
    groups : list of Group
        With weight and with something approved.
    fixed : tuple of int
        In, whatever it does to the score.

    Returns
    -------
    chosen : tuple of int or None
        Ascending; None if nothing was found.
    proved : bool
        Whether nothing is better, within a billionth.

    Notes
    -----
    Only the choice of candidates must be whole: since later steps are worth less, the steps then come out
    whole by themselves.
    """
    if sum(len(group.approves) for group in groups) > MOST_APPROVALS:
        return None, False
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array

    candidates = len(ballots.candidates)
    money = ballots.money_unit
    value: list[float] = []
    rows: list[int] = []
    columns: list[int] = []
    entries: list[float] = []
    for at, group in enumerate(groups):
        rows += [at] * len(group.approves)
        columns += group.approves
        entries += [-1.0] * len(group.approves)
        for step in range(1, len(group.approves) + 1):
            rows.append(at)
            columns.append(candidates + len(value))
            entries.append(1.0)
            value.append(group.weight / step)
    rows += [len(groups)] * candidates
    columns += range(candidates)
    entries += [float(cost * money) for cost in ballots.costs]
    size = candidates + len(value)
    table = coo_array((entries, (rows, columns)), shape=(len(groups) + 1, size)).tocsr()
    lower = np.zeros(size)
    lower[list(fixed)] = 1
    wanted = np.zeros(candidates, dtype=bool)
    wanted[[each for group in groups for each in group.approves]] = True
    wanted[list(fixed)] = True
    upper = np.concatenate([wanted.astype(float), np.ones(len(value))])
    result = milp(
        np.concatenate([np.zeros(candidates), -np.array(value) / max(value)]),
        integrality=np.concatenate([np.ones(candidates), np.zeros(len(value))]),
        bounds=Bounds(lower, upper),
        constraints=LinearConstraint(
            table, -np.inf, np.concatenate([np.zeros(len(groups)), [float(ballots.budget * money)]])
        ),
        options={"mip_rel_gap": 1e-9, "node_limit": MOST_BRANCHES},
    )
    if result.x is None:
        return None, False
    chosen = tuple(np.flatnonzero(result.x[:candidates] > 0.5).tolist())
    return chosen, bool(result.status == 0)
