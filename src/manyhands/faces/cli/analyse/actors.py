"""``manyhands analyse actors``: MACTOR's figures from two tables of ratings."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from .saying import listed, refusing, say

if TYPE_CHECKING:
    from manyhands.analysis.actors import Agreement, Mactor, RatedMatrix, Sensitivity

#: Ratings named as those that matter most.
MOST_NAMED = 10
_DIGITS = 6


def add_command(analyses: Any) -> None:
    """Add ``actors`` to the analyses."""
    parser = analyses.add_parser(
        "actors",
        help="who holds power, who wants what, and how sure that is (MACTOR)",
        description=(
            "MACTOR from two tables. In both, the first column names the actor. The header of the first names "
            "the actors again: how much the row acts on the column, 0 to 4. The header of the second names "
            "objectives: where the row stands on each, -4 (against) to 4 (for)."
        ),
        epilog=(
            "Give --influence or --positions several times for several raters: the median counts. A blank is "
            "not a zero; write 0 where there is none. What the figures mean is in docs/methods/mactor.md."
        ),
    )
    parser.add_argument("--influence", metavar="FILE", action="append", required=True, help="who acts on whom")
    parser.add_argument("--positions", metavar="FILE", action="append", required=True, help="who wants what")
    parser.add_argument("--json", action="store_true", help="write JSON instead of plain words")
    parser.set_defaults(run=actors_command)


@refusing
def actors_command(args: argparse.Namespace) -> int:
    """Read, compute, print."""
    # Imported here so that `manyhands --help` does not wait for NumPy.
    from manyhands.analysis.actors import INFLUENCE_RANGE, POSITION_RANGE, combined, mactor, read_matrix, sensitivity

    found = mactor(
        combined([read_matrix(path, *INFLUENCE_RANGE) for path in args.influence]),
        combined([read_matrix(path, *POSITION_RANGE) for path in args.positions]),
    )
    moved = sensitivity(found)
    return say(_as_json(found, moved) if args.json else _in_words(found, moved))


def _as_json(found: Mactor, moved: Sensitivity | None) -> dict[str, Any]:
    """What scripts read: the field's symbols, arrays in the order of actors and objectives, then rows by name."""
    first, second, third = found.agreements
    return {
        "method": found.method,
        "actors": list(found.actors),
        "objectives": list(found.objectives),
        "raters": {"influence": _raters(found.influences, True), "positions": _raters(found.positions, False)},
        "MDII": _listed(found.mdii),
        "I": _listed(found.influence),
        "D": _listed(found.dependence),
        "R": _listed(found.balance),
        "MMDII": _listed(found.mmdii),
        "Q": _listed(found.strongest_path_balance),
        "net": _listed(found.influence - found.dependence),
        "net_scale": _listed(found.net_scale),
        "mao1": _listed(found.signs),
        "mao2": _listed(found.positions.values),
        "mao3": _listed(found.weighted_positions),
        "mao3_mobilisation": _listed(found.mobilisation),
        "order1": _agreement(first),
        "order2": _agreement(second),
        "order3": None if third is None else _agreement(third),
        "by_actor": [
            {
                "actor": row.actor,
                "influence": _rounded(row.influence),
                "dependence": _rounded(row.dependence),
                "net": _rounded(row.net),
                "r_star": _rounded(row.balance),
                "rank": row.rank,
                "q_star": _rounded(row.strongest_path_balance),
                "role": row.role,
                "ambivalence": [_rounded(value) for value in row.ambivalence],
            }
            for row in found.by_actor()
        ],
        "by_objective": [
            {
                "objective": row.objective,
                "wanted_by": row.wanted_by,
                "rejected_by": row.rejected_by,
                "intensity_for": _rounded(row.intensity_for),
                "intensity_against": _rounded(row.intensity_against),
                "force_for": _rounded(row.force_for),
                "force_against": _rounded(row.force_against),
                "mobilisation": _rounded(row.mobilisation),
            }
            for row in found.by_objective()
        ],
        "sensitivity": None if moved is None else _sensitivity(moved),
    }


def _raters(table: RatedMatrix, square: bool) -> dict[str, Any]:
    """Fewest and most raters of a pair, and the widest spread; an actor with itself is no pair."""
    pairs = [
        (int(table.raters[row, column]), float(table.spread[row, column]))
        for row in range(len(table.rows))
        for column in range(len(table.columns))
        if not (square and row == column)
    ]
    numbers, spreads = zip(*pairs, strict=True)
    return {"fewest": min(numbers), "most": max(numbers), "widest_spread": _rounded(max(spreads))}


def _agreement(of: Agreement) -> dict[str, Any]:
    degree = of.degree_of_convergence
    return {
        "C": _listed(of.convergence),
        "D": _listed(of.divergence),
        "ambivalence": [_rounded(value) for value in of.ambivalence],
        "degree_of_convergence": _rounded(degree),
        "conv_pct": None if degree is None else round(100 * degree, 1),
    }


def _sensitivity(moved: Sensitivity) -> dict[str, Any]:
    return {
        "method": moved.method,
        "same_order_share": _rounded(moved.same_order_share),
        "same_roles_share": _rounded(moved.same_roles_share),
        "same_leader_share": _rounded(moved.same_leader_share),
        "same_objective_order_share": _rounded(moved.same_objective_order_share),
        "actors": [
            {
                "actor": each.actor,
                "r_star": [_rounded(each.lowest_balance), _rounded(each.highest_balance)],
                "rank": [each.best_rank, each.worst_rank],
                "roles": list(each.roles),
            }
            for each in moved.actors
        ],
        "ratings": [
            {
                "kind": each.kind,
                "actor": each.actor,
                "other": each.other,
                "rating": _rounded(each.rating),
                "becomes": _rounded(each.becomes),
                "conclusions_changed": each.conclusions_changed,
                "r_star_shift": _rounded(each.balance_shift),
                "order_changes": each.order_changes,
                "roles_changed": [
                    {"actor": actor, "from": before, "to": after} for actor, before, after in each.roles_changed
                ],
                "mobilisation_shift": _rounded(each.mobilisation_shift),
                "objective_order_changes": each.objective_order_changes,
                "becomes_undefined": each.becomes_undefined,
            }
            for each in moved.effects
        ],
    }


def _listed(values: Any) -> Any:
    """An array as lists, whole numbers without a point; None stays None."""
    return None if values is None else _rounded(values.tolist())


def _rounded(value: Any) -> Any:
    if isinstance(value, list):
        return [_rounded(each) for each in value]
    if value is None:
        return None
    return int(value) if value == int(value) else round(value, _DIGITS)


def _in_words(found: Mactor, moved: Sensitivity | None) -> str:
    """A page of plain words: forces, wishes, who can go together, and how sure that is."""
    rows = sorted(found.by_actor(), key=lambda row: row.rank or 0)
    wide = max(len(name[:40]) for name in (*found.actors, *found.objectives, "objective"))
    lines = [
        f"{len(rows)} actors and {len(found.objectives)} objectives",
        f"Method: {found.method}.",
        "",
        f"{'actor':<{wide}}  force r*   acts   is acted on  role         torn (order 3)",
    ]
    for row in rows:
        lines.append(
            f"{row.actor[:40]:<{wide}}  {_figure(row.balance):>8}  {row.influence:>5g}  {row.dependence:>12g}"
            f"  {row.role or 'not told':<11}  {_figure(row.ambivalence[2])}"
        )
    if found.balance is None:
        lines += ["", "Nobody acts on anybody more than they act back, so force and mobilisation cannot be told."]
    lines += ["", f"{'objective':<{wide}}  mobilises  for    against"]
    objectives = sorted(found.by_objective(), key=lambda row: -(row.mobilisation or 0))
    for each in objectives:
        lines.append(
            f"{each.objective[:40]:<{wide}}  {_figure(each.mobilisation):>9}  {_figure(each.force_for):<5}"
            f"  {_figure(each.force_against)}"
        )
    lines += ["", *_together(found), "", *_how_sure(moved)]
    return "\n".join(lines)


def _together(found: Mactor) -> list[str]:
    """The pairs that agree and differ most, by order 2, which needs no balance of power."""
    degree = found.agreements[1].degree_of_convergence
    if degree is None:
        return ["No two actors care about the same objective, so who can go together cannot be told."]
    lines = [f"Agreement is {100 * degree:.0f} % of all that two actors share (order 2)."]
    for word, matrix in (("agree", found.agreements[1].convergence), ("differ", found.agreements[1].divergence)):
        pairs = [
            (float(matrix[one, other]), found.actors[one], found.actors[other])
            for one in range(len(found.actors))
            for other in range(one + 1, len(found.actors))
            if matrix[one, other] > 0
        ]
        pairs.sort(key=lambda each: -each[0])
        named = [f"{one} with {other} ({value:g})" for value, one, other in pairs[:3]]
        lines.append(f"Those who {word} most: {listed(named)}.")
    return lines


def _how_sure(moved: Sensitivity | None) -> list[str]:
    if moved is None:
        return ["How sure: cannot be told, because force is undefined or there are too many ratings."]
    kept = (moved.same_leader_share, moved.same_order_share, moved.same_roles_share)
    first, order, roles = (f"{100 * share:.0f} %" for share in kept)
    lines = [
        "How sure: each rating was moved by one step, up and down.",
        f"If one influence is off by one, the first stays first in {first}, the order {order}, all roles {roles}.",
    ]
    telling = [each for each in moved.effects if each.conclusions_changed or each.becomes_undefined]
    if not telling:
        return [*lines, "No single rating changes an order or a role."]
    lines.append("Ratings that matter most; look at these again first:")
    for each in telling[:MOST_NAMED]:
        now = [f"{who} is {after or 'no role'}" for who, _before, after in each.roles_changed]
        swaps = each.order_changes + each.objective_order_changes
        changed = (["nobody's force can be told"] if each.becomes_undefined else []) + now
        changed += [f"{swaps} {'pair changes' if swaps == 1 else 'pairs change'} order"] if swaps else []
        kind = "acts on" if each.kind == "influence" else "on the objective"
        lines.append(
            f"  {each.actor} {kind} {each.other}, {each.becomes:g} instead of {each.rating:g}: {listed(changed)}"
        )
    return lines


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
