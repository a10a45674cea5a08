"""``manyhands analyse common-ground``: what people of every opinion accept, from a file of answers."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .comment_groups import comment_groups
from .report import report, to_publish
from .saying import Steps, listed, refusing, say, whole_number, write_page
from .texts import Comments, read_comments

if TYPE_CHECKING:
    from manyhands.analysis.bridging import Bridging
    from manyhands.analysis.common_ground import CommonGround, Representative, StatementGround
    from manyhands.analysis.responses import Responses

#: Statements named as bridging best.
MOST_BRIDGES = 5


def add_command(analyses: Any) -> None:
    """Add ``common-ground`` to the analyses."""
    parser = analyses.add_parser(
        "common-ground",
        help="rank statements by how far every group accepts them",
        description=(
            "Rank statements by how far every group of opinion accepts them. FILE is a table in the "
            "layout of Polis's participants-votes.csv or votes.csv, as CSV or Parquet."
        ),
        epilog=(
            "The figures are exact and meant for whoever holds the answers; only the report joins groups of fewer "
            "than five by itself. Before publishing anything else, give --smallest-group 5, and read "
            "docs/methods/common-ground.md on small numbers."
        ),
    )
    parser.add_argument("file", metavar="FILE", help="table of answers (.csv or .parquet)")
    parser.add_argument(
        "--groups-from",
        metavar="COLUMN",
        help="column that names each person's group, such as group-id; without it groups are found",
    )
    parser.add_argument(
        "--smallest-group",
        metavar="N",
        type=whole_number,
        help="join groups of fewer people (found groups and the report: 5; else named groups are taken as they are)",
    )
    parser.add_argument(
        "--leave-out",
        metavar="IDS",
        default="",
        help="statements to leave out, by id, with commas between: those moderated out, for instance",
    )
    parser.add_argument("--seed", type=whole_number, default=2026, help="of the search for groups (2026)")
    parser.add_argument("--json", action="store_true", help="write JSON instead of plain words")
    parser.add_argument(
        "--report",
        metavar="HTML",
        help=(
            "write a page that stands alone, to read, print or pass on; in it groups of fewer than 5 people are "
            "joined, unless --smallest-group says otherwise"
        ),
    )
    parser.add_argument(
        "--csv",
        metavar="FILE",
        help="write each statement's figures by group, in the columns of Polis's comment-groups.csv",
    )
    parser.add_argument(
        "--comments",
        metavar="FILE",
        help=(
            "Polis's comments.csv: comment-id, comment-body (for the report and the table) and moderated "
            "(statements at -1 were taken out and are left out here too)"
        ),
    )
    parser.set_defaults(run=common_ground_command)


@refusing
def common_ground_command(args: argparse.Namespace) -> int:
    """Read, compute, print."""
    # Imported here so that `manyhands --help` does not wait for NumPy.
    from manyhands.analysis.bridging import bridging
    from manyhands.analysis.common_ground import common_ground
    from manyhands.analysis.responses import read_responses

    steps = Steps(["reading", "finding groups", "looking for bridges", "writing"])
    steps.next()
    responses = read_responses(args.file, groups_from=args.groups_from)
    comments = read_comments(args.comments) if args.comments else Comments()
    taken_out = comments.taken_out & set(responses.statements.tolist())
    left_out = taken_out | {name.strip() for name in args.leave_out.split(",") if name.strip()}
    if left_out:
        responses = responses.without_statements(left_out)
    steps.next()
    result = common_ground(responses, seed=args.seed, smallest_group=args.smallest_group)
    steps.next()
    bridges = bridging(responses, seed=args.seed)
    steps.next()
    if args.report:
        shown = result if args.smallest_group is not None else to_publish(result, responses, args.seed)
        title = Path(args.file).name
        page = report(shown, responses, bridges, title=title, texts=comments.texts, taken_out=len(taken_out))
        write_page(args.report, page)
    if args.csv:
        write_page(args.csv, comment_groups(result, comments.texts))
    steps.done()
    if args.json:
        return say({**_as_json(result, bridges), "moderated_out": len(taken_out)})
    return say(_in_words(result, responses, bridges, len(taken_out)))


def _as_json(result: CommonGround, bridges: Bridging) -> dict[str, Any]:
    """What scripts read. Statements are best first; equal ones in natural order of their ids."""
    from manyhands.analysis.common_ground import representative_as_polis

    found = result.found
    bridge = {row.id: row for row in bridges.rows()}
    answer: dict[str, Any] = {
        "method": result.method,
        "groups": [
            {
                "id": name,
                "size": int(size),
                "set_apart_by": [
                    {
                        "statement": each.statement,
                        "answer": "agree" if each.answer > 0 else "disagree",
                        "count": each.count,
                        "seen": each.seen,
                        "ratio": round(each.ratio, 4),
                    }
                    for each in telling
                ],
                "representative": [_representative(each) for each in telling],
                "representative_as_polis": [_representative(each) for each in theirs],
            }
            for name, size, telling, theirs in zip(
                result.groups, result.sizes, result.representative, representative_as_polis(result), strict=True
            )
        ],
        "groups_were": "declared" if found is None else "found",
        "in_no_group": result.in_no_group,
        "bridging_method": bridges.method,
        "bridging_enough_people": bridges.enough_raters,
        "statements": [
            {
                **_statement(row),
                "bridging": _rounded(bridge[row.id].score),
                "bridging_factor": _rounded(bridge[row.id].factor),
            }
            for row in result.rows()
        ],
    }
    if found is not None:
        answer["seed"] = found.seed
        answer["separation"] = None if found.separation is None else round(found.separation, 4)
        answer["explained"] = [round(float(share), 4) for share in found.space.explained]
    return answer


def _representative(each: Representative) -> dict[str, Any]:
    """A statement that sets a group apart, with all that its place rests on."""
    return {
        "statement": each.statement,
        "answer": "agree" if each.answer > 0 else "disagree",
        "count": each.count,
        "seen": each.seen,
        "share": round(each.share, 12),
        "share_z": round(each.share_z, 9),
        "ratio": round(each.ratio, 12),
        "ratio_z": round(each.ratio_z, 9),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 6)


def _statement(row: StatementGround) -> dict[str, Any]:
    return {
        "id": row.id,
        "consensus": round(row.consensus, 12),  # as far as a product of floats is sure
        "agree": row.agree,
        "disagree": row.disagree,
        "pass": row.passed,
        "seen": row.seen,
        "rank": row.rank,
        "too_few_seen": row.too_few_seen,
        "share": None if row.share is None else round(row.share, 12),
        "range": [round(row.low, 4), round(row.high, 4)],
        "agreed_everywhere": row.agreed_everywhere,
        "divides": row.divides,
        "hidden_division": row.hidden_division,
        "division": round(row.division, 4),
        "least_convinced": row.least_convinced,
        "by_group": {
            each.group: {
                "agree": each.agree,
                "disagree": each.disagree,
                "pass": each.passed,
                "seen": each.seen,
            }
            for each in row.by_group
        },
    }


def _in_words(result: CommonGround, responses: Responses, bridges: Bridging, taken_out: int) -> str:
    """A page of plain words: what was done, the ranking, what divides, what cannot be said."""
    rows = result.rows()
    ranked = [row for row in rows if row.rank is not None]
    lines = [
        f"Common ground among {len(responses.people):,} people on {len(rows):,} statements",
        f"Method: {result.method}. {int(responses.votes.nnz):,} answers.",
        *([f"Left out, because moderators took them out: {taken_out:,} statements."] if taken_out else []),
        *_about_groups(result),
        "",
    ]
    if ranked:
        lines += _table(result, ranked)
    else:
        lines.append("No statement can be ranked: of some group too few people have answered each of them.")
    agreed = sum(row.agreed_everywhere for row in ranked)
    divide = [row.id for row in ranked if row.divides]
    if ranked and len(result.groups) > 1:
        lines += ["", f"Clearly more than half of every group agree: {agreed} of {len(ranked)} ranked."]
        lines.append(f"One group clearly agrees and another disagrees: {listed(divide)}.")
        for name, telling in zip(result.groups, result.representative, strict=True):
            says = [f"{each.statement} ({'agree' if each.answer > 0 else 'disagree'})" for each in telling]
            lines.append(f"What sets {name} apart: {', '.join(says) or 'nothing clearly'}.")
    lines += ["", *_about_bridges(bridges)]
    thin = [row.id for row in rows if row.too_few_seen]
    if thin:
        lines += ["", f"Too few have answered to rank {len(thin)} of them: {listed(thin)}."]
    return "\n".join(lines)


def _about_bridges(bridges: Bridging) -> list[str]:
    """The statements liked most once everyone's side is accounted for."""
    if not bridges.enough_raters:
        return [f"Bridging: not enough yet. Fewer than 50 people answered ({bridges.raters:,})."]
    best = [f"{row.id} ({row.score:.2f})" for row in bridges.rows()[:MOST_BRIDGES] if row.score is not None]
    return [f"Liked most whatever side people are on ({bridges.method}): {listed(best)}."]


def _about_groups(result: CommonGround) -> list[str]:
    sizes = ", ".join(f"{name}: {size:,}" for name, size in zip(result.groups, result.sizes, strict=True))
    lines = [f"People in each group: {sizes}. In none: {result.in_no_group:,}."]
    if result.found is not None:
        lines.insert(0, f"Groups were found from the answers (seed {result.found.seed}).")
        separation = result.found.separation
        if separation is None:
            lines.append("There are too few people, or too little difference, to tell groups apart.")
        else:
            lines.append(f"They stand {_how_apart(separation)} (silhouette {separation:.2f}).")
    small = [name for name, size in zip(result.groups, result.sizes, strict=True) if size < 5]
    if small:
        lines.append(
            f"Fewer than 5 people: group {listed(small)}. Too few to speak for anyone; --smallest-group 5 joins them, "
            "as the report does by itself."
        )
    return lines


def _how_apart(separation: float) -> str:
    """In words. Answers given at random come out at 0.3 to 0.4, since k-means always cuts somewhere."""
    if separation >= 0.5:
        return "clearly apart"
    return "apart" if separation >= 0.4 else "hardly further apart than if all had answered at random"


def _table(result: CommonGround, rows: list[StatementGround]) -> list[str]:
    """Ranked statements: the score, how many of how many agree in all, and in each group."""
    names = [name if len(name) <= 14 else name[:13] + "…" for name in result.groups]
    width = max(9, *(len(row.id) for row in rows))
    head = f"{'rank':>4}  {'statement':<{width}}  {'score':>6}  {'agree':>15}"
    lines = [head + "".join(f"  {name:>15}" for name in names)]
    for row in rows:
        cells = [(row.agree, row.seen), *((each.agree, each.seen) for each in row.by_group)]
        shown = "".join(f"  {_share(agree, seen):>15}" for agree, seen in cells)
        lines.append(f"{row.rank:>4}  {row.id:<{width}}  {row.consensus:>6.4f}{shown}")
    return lines


def _share(agree: int, seen: int) -> str:
    return f"{agree}/{seen} {agree / seen:4.0%}" if seen else "-"
