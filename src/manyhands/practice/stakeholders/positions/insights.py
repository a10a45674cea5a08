"""What the analysis library says about power and positions: the only place in this part that asks it.

Results hold ids, never names, and no number that JSON cannot hold.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ..models import Claim
from . import rules
from .queries import Given

if TYPE_CHECKING:  # the numerical libraries load where they are used: a web process never needs them
    from manyhands.analysis.actors import Mactor, RatedMatrix, Sensitivity

#: What the page shows of each kind; the rest is in the file and on the command line.
MOST_MISSING = 200
MOST_PAIRS = 400
MOST_EFFECTS = 12


@dataclass(frozen=True)
class ClaimSeen:
    """What raters see of one actor's claim, together."""

    label: str
    tier: str
    raters: int
    #: Attribute, whether the raters see it on the whole, how many of them do, and whether they differ.
    attributes: list[tuple[str, bool, int, bool]]
    newest: datetime


def claim_seen(claims: Sequence[Claim]) -> ClaimSeen | None:
    """The salience of an actor under its softened name; None while nobody has rated.

    An attribute is there if at least half of the raters see it.
    """
    if not claims:
        return None
    from manyhands.analysis.actors import Accord, Scale, rated_by, salience_by_raters

    yes_or_no = Scale(0, 1, 2)
    seen = {
        name: rated_by([float(getattr(claim, f"has_{name}")) for claim in claims], scale=yes_or_no)
        for name in ("power", "legitimacy", "urgency")
    }
    kind = salience_by_raters(seen["power"], seen["legitimacy"], seen["urgency"])
    assert kind is not None  # somebody rated
    attributes = [
        (
            name,
            bool(each.is_high),
            sum(getattr(claim, f"has_{name}") for claim in claims),
            each.accord is Accord.DISAGREE,
        )
        for name, each in seen.items()
    ]
    return ClaimSeen(kind.label, kind.tier, len(claims), attributes, max(claim.rated_at for claim in claims))


def work_out_power(given: Given) -> dict[str, Any]:
    """What MACTOR says of the actors that members rated, on the open issues.

    Returns
    -------
    dict
        Fit for JSON. ``is_enough`` false: then it names what is missing, and there is no figure.
    """
    sways, positions, issues = given
    levels = rules.medians(sways)
    actors, left_out = rules.in_the_picture(levels)
    stands = {(actor, issue): strength for actor, issue, strength in positions}
    unknown = {issue: [actor for actor in actors if (actor, issue) not in stands] for issue in issues}
    whole = [issue for issue in issues if actors and not unknown[issue]]
    missing = rules.unrated(actors, levels)
    lacking = {actor: rules.unrated([actor, *actors], levels) for actor in left_out}
    lacking = {actor: [pair for pair in pairs if actor in pair] for actor, pairs in lacking.items()}
    payload: dict[str, Any] = {
        "is_enough": False,
        "method": "",
        "actors": actors,
        "issues": whole,
        "left_out": {str(actor): pairs[:MOST_MISSING] for actor, pairs in lacking.items()},
        "issues_left_out": {str(issue): lacks for issue, lacks in unknown.items() if lacks},
        "missing": missing[:MOST_MISSING],
        "count_missing": len(missing),
        "count_pairs": len(actors) * (len(actors) - 1),
        "count_sways": len(sways),
        "count_positions": len(whole) * len(actors),
        "is_still": bool(levels) and not any(levels.values()),
    }
    if len(actors) < rules.FEWEST_ACTORS or missing or not whole or payload["is_still"]:
        return payload
    if len(actors) > rules.MOST_ACTORS:
        return payload | {"too_many": rules.MOST_ACTORS}
    weights = {actor: sum(stands[actor, issue] for issue in whole) for actor in actors}
    payload["sides"] = {str(actor): (weight > 0) - (weight < 0) for actor, weight in weights.items()}
    return payload | _figures(actors, whole, sways, stands)


def _figures(
    actors: list[int], issues: list[int], sways: Iterable[tuple[int, int, int]], stands: dict[tuple[int, int], int]
) -> dict[str, Any]:
    from manyhands.analysis.actors import mactor, rated, sensitivity

    influences = _table(actors, sways)
    positions = rated(
        [str(actor) for actor in actors],
        [str(issue) for issue in issues],
        [[stands[actor, issue] for issue in issues] for actor in actors],
    )
    found = mactor(influences, positions)
    if found.balance is None:
        return {"is_still": True}
    hangs_on = sensitivity(found)
    ranges = {each.actor: each for each in hangs_on.actors} if hangs_on else {}
    rows = []
    for row in found.by_actor():
        range_ = ranges.get(row.actor)
        rows.append(
            {
                "id": int(row.actor),
                "influence": _plain(row.influence),
                "dependence": _plain(row.dependence),
                "net": _plain(row.net),
                "balance": _plain(row.balance),
                "rank": row.rank,
                "role": str(row.role) if row.role else "",
                "ambivalence": _plain(row.ambivalence[2]),
                "best": range_.best_rank if range_ else None,
                "worst": range_.worst_rank if range_ else None,
            }
        )
    return {
        "is_enough": True,
        "method": found.method,
        "rows": rows,
        "objectives": [
            {
                "id": int(row.objective),
                "for": row.wanted_by,
                "against": row.rejected_by,
                "force_for": _plain(row.force_for),
                "force_against": _plain(row.force_against),
                "mobilisation": _plain(row.mobilisation),
            }
            for row in found.by_objective()
        ],
        "pairs": _pairs(found),
        "disputed": _disputed(influences),
        "sensitivity": _hangs_on(hangs_on),
    }


def _table(actors: list[int], sways: Iterable[tuple[int, int, int]]) -> "RatedMatrix":
    """The median of several raters for each pair, with how far apart they are."""
    import numpy as np

    from manyhands.analysis.actors import RatedMatrix

    at = {actor: place for place, actor in enumerate(actors)}
    size = (len(actors), len(actors))
    values, spread, raters = np.full(size, np.nan), np.full(size, np.nan), np.zeros(size, dtype=np.int64)
    given: dict[tuple[int, int], list[int]] = {}
    for one, other, level in sways:
        if one in at and other in at:
            given.setdefault((at[one], at[other]), []).append(level)
    for pair, levels in given.items():
        values[pair] = float(np.median(levels))
        spread[pair] = max(levels) - min(levels)
        raters[pair] = len(levels)
    names = tuple(str(actor) for actor in actors)
    return RatedMatrix(names, names, values, spread, raters)


def _pairs(found: "Mactor") -> list[list[float]]:
    """Who goes with whom and against whom: one, other, convergence, divergence; weighed by power. Strongest first."""
    weighed = found.agreements[2]
    assert weighed is not None  # the balance is known here
    rows = []
    for i, one in enumerate(found.actors):
        for j in range(i + 1, len(found.actors)):
            together, apart = float(weighed.convergence[i, j]), float(weighed.divergence[i, j])
            if together or apart:
                rows.append([int(one), int(found.actors[j]), _plain(together) or 0.0, _plain(apart) or 0.0])
    return sorted(rows, key=lambda row: (-max(row[2], row[3]), row[0], row[1]))[:MOST_PAIRS]


def _disputed(influences: "RatedMatrix") -> list[list[float]]:
    """Pairs on which raters are two steps apart or more: who acts, on whom, median, spread, raters."""
    rows = []
    for i, one in enumerate(influences.rows):
        for j, other in enumerate(influences.columns):
            if i != j and influences.raters[i, j] > 1 and influences.spread[i, j] >= 2:
                figures = (influences.values[i, j], influences.spread[i, j], influences.raters[i, j])
                rows.append([int(one), int(other), *(float(figure) for figure in figures)])
    return sorted(rows, key=lambda row: (-row[3], row[0], row[1]))[:MOST_EFFECTS]


def _hangs_on(found: "Sensitivity | None") -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "method": found.method,
        "same_leader": _plain(found.same_leader_share),
        "same_order": _plain(found.same_order_share),
        "same_roles": _plain(found.same_roles_share),
        "effects": [
            {
                "kind": effect.kind,
                "one": int(effect.actor),
                "other": int(effect.other),
                "rating": effect.rating,
                "becomes": effect.becomes,
                "orders": effect.order_changes,
                "issue_orders": effect.objective_order_changes,
                "roles": [[int(actor), str(was or ""), str(will or "")] for actor, was, will in effect.roles_changed],
            }
            for effect in found.effects
            if effect.conclusions_changed
        ][:MOST_EFFECTS],
    }


def _plain(value: float | None, digits: int = 4) -> float | None:
    """A number JSON can hold, rounded well below what a page shows."""
    if value is None or not math.isfinite(value):
        return None
    return round(float(value), digits)
