"""``manyhands analyse network``: who stands between whom, from a file of ties."""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from .saying import listed, refusing, say, whole_number

if TYPE_CHECKING:
    from manyhands.analysis.network import ActorFigures, InfluenceGap, Introductions, NetworkFigures


def add_command(analyses: Any) -> None:
    """Add ``network`` to the analyses."""
    parser = analyses.add_parser(
        "network",
        help="say who is tied to whom, who stands between others and where the network is thin",
        description=(
            "Say who is tied to whom, who stands between others and where the network is thin. TIES is a "
            "table with the columns source, target and, if ties have strengths, weight, as CSV or Parquet."
        ),
        epilog="What each figure means, and what it does not, is in docs/methods/network.md.",
    )
    parser.add_argument("ties", metavar="TIES", help="table of ties (.csv or .parquet)")
    parser.add_argument(
        "--nodes", metavar="NODES", help="table of all actors, with a column id, so that those without ties are kept"
    )
    parser.add_argument(
        "--formal",
        metavar="COLUMN",
        help="column of NODES with the influence people give each actor, blank where nobody did",
    )
    parser.add_argument(
        "--to", metavar="ID", help="actor to reach by introductions; weights must be above 0, at most 1"
    )
    parser.add_argument("--from", dest="starts", metavar="IDS", default="", help="who can ask, with commas between")
    parser.add_argument(
        "--agreed", metavar="COLUMN", help="column of NODES that is 1 for those who agreed to stand on such a path"
    )
    parser.add_argument("--avoid", metavar="IDS", default="", help="whom not to go through, with commas between")
    parser.add_argument("--directed", action="store_true", help="a tie goes from source to target only")
    parser.add_argument("--seed", type=whole_number, default=2026, help="of the search for communities (2026)")
    parser.add_argument("--json", action="store_true", help="write JSON instead of plain words")
    parser.set_defaults(run=network_command)


@refusing
def network_command(args: argparse.Namespace) -> int:
    """Read, compute, print."""
    # Imported here so that `manyhands --help` does not wait for NumPy.
    from manyhands.analysis.network import network_figures, read_ties
    from manyhands.analysis.tables import BadInput

    if (args.formal or args.agreed) and not args.nodes:
        raise BadInput("A column of actors needs --nodes.")
    if bool(args.to) != bool(args.starts):
        raise BadInput("A way to someone needs both --from and --to.")
    result = network_figures(read_ties(args.ties, args.nodes, is_directed=args.directed), seed=args.seed)
    gaps = _gaps(result, args)
    ways = _ways(result, args)
    if not args.json:
        return say("\n".join([_in_words(result), *_gaps_in_words(gaps), *_ways_in_words(ways)]))
    answer = _as_json(result)
    if gaps is not None:
        answer["hidden_influence"] = [asdict(each) for each in gaps]
    if ways is not None:
        answer["introductions"] = asdict(ways)
    return say(answer)


def _gaps(result: NetworkFigures, args: argparse.Namespace) -> tuple[InfluenceGap, ...] | None:
    """Network rank beside the rating in the column that was named."""
    from manyhands.analysis.network import hidden_influence, read_figures

    if not args.formal:
        return None
    actors = result.ties.actors.tolist()
    return hidden_influence(actors, result.network_rank, read_figures(args.nodes, args.formal, actors))


def _ways(result: NetworkFigures, args: argparse.Namespace) -> Introductions | None:
    """The warmest chains to the actor that was named."""
    from manyhands.analysis.network import introductions, read_figures

    if not args.to:
        return None
    agreed = None
    if args.agreed:
        actors = result.ties.actors.tolist()
        said = read_figures(args.nodes, args.agreed, actors)
        agreed = [name for name, each in zip(actors, said, strict=True) if each]
    return introductions(result.ties, _ids(args.starts), args.to, agreed=agreed, avoid=_ids(args.avoid))


def _ids(text: str) -> list[str]:
    return [name.strip() for name in text.split(",") if name.strip()]


def _gaps_in_words(gaps: tuple[InfluenceGap, ...] | None) -> list[str]:
    if gaps is None:
        return []
    hidden = [
        f"{each.actor} ({each.network_place} in the network, {each.formal_place} as rated)"
        for each in gaps
        if each.is_hidden
    ]
    unrated = [each.actor for each in gaps if each.gap is None]
    lines = ["", f"Far higher in the network than people rate them: {listed(hidden)}."]
    return lines + ([f"Nobody rated: {listed(unrated)}."] if unrated else [])


def _ways_in_words(ways: Introductions | None) -> list[str]:
    if ways is None:
        return []
    if ways.best is None:
        return ["", f"No way to {ways.target}: {ways.reason}."]
    chains = [f"  {each.warmth:.0%}  {' - '.join(each.chain)}" for each in ways.chains]
    return ["", f"Warmest ways to {ways.target}:", *chains]


def _as_json(result: NetworkFigures) -> dict[str, Any]:
    """What scripts read. Actors stand in natural order of their ids."""
    from manyhands.analysis.network import structural_holes

    ties = result.ties
    return {
        "method": result.method,
        "computed_from": {
            "actors": len(ties.actors),
            "ties": len(ties),
            "directed": ties.is_directed,
            "weighted": ties.is_weighted,
            "rows_merged": ties.merged,
            "rows_of_weight_0": ties.said_none,
        },
        "density": _rounded(result.density),
        "degree_centralization": _rounded(result.degree_centralization),
        "reciprocity": _rounded(result.reciprocity),
        "betweenness_sampled_from": result.betweenness.sampled,
        "communities": {
            "method": "Leiden, modularity",
            "number": result.communities.number,
            "modularity": _rounded(result.communities.modularity),
            "seed": result.seed,
        },
        "components": int(result.components.max(initial=-1)) + 1,
        "without_ties": list(result.without_ties),
        "nodes": [_actor(row) for row in result.rows()],
        "articulation_points": [each.actor for each in result.weak_points],
        "single_points_of_failure": [
            {"id": each.actor, "cut_off": each.cut_off, "parts": each.parts} for each in result.weak_points
        ],
        "bridges": [list(pair) for pair in result.bridges],
        "structural_holes": [asdict(hole) for hole in structural_holes(ties, result.communities.of_actor)],
    }


def _actor(row: ActorFigures) -> dict[str, Any]:
    figures = {
        "id": row.id,
        "degree": row.degree,
        "strength": _rounded(row.strength),
        "betweenness": _rounded(row.betweenness),
        "betweenness_paths": _rounded(row.betweenness_paths),
        "closeness": _rounded(row.closeness),
        "network_rank": _rounded(row.network_rank),
        "effective_size": _rounded(row.effective_size),
        "constraint": _rounded(row.constraint),
        "community": row.community,
        "component": row.component,
    }
    if row.sent is not None:
        figures |= {"sent": row.sent, "received": row.received}
    return figures


def _rounded(value: float | None) -> float | None:
    """As far as a sum of floats is sure."""
    return None if value is None else round(value, 12)


def _in_words(result: NetworkFigures) -> str:
    """A page of plain words: the whole, who holds it together, who is apart."""
    ties, rows = result.ties, result.rows()
    lines = [
        f"{len(ties.actors):,} actors, {len(ties):,} {'directed ' * ties.is_directed}ties",
        f"Method: {result.method}, seed {result.seed}.",
        *_about_rows(result),
        "",
        *_about_the_whole(result),
    ]
    if len(ties):
        lines += ["", *_table(result, rows), "", *_about_weak_points(result)]
    return "\n".join(lines)


def _about_rows(result: NetworkFigures) -> list[str]:
    ties = result.ties
    lines = []
    if ties.merged:
        lines.append(f"Rows that name a tie again: {ties.merged:,}; the largest weight counts.")
    if ties.said_none:
        lines.append(f"Rows of weight 0, taken as no tie: {ties.said_none:,}.")
    return lines


def _about_the_whole(result: NetworkFigures) -> list[str]:
    if not len(result.ties):
        return ["There is no tie yet, so nothing can be said."]
    lines = []
    if result.density is not None:
        lines.append(f"Of all ties that could be, {result.density:.1%} are there.")
    if result.degree_centralization is None:
        lines.append("How far it hangs on one actor: not enough actors yet.")
    else:
        lines.append(f"How far it hangs on one actor: {result.degree_centralization:.0%} of what a star would.")
    if result.reciprocity is not None:
        lines.append(f"Ties that are answered from the other side: {result.reciprocity:.0%}.")
    lonely, pieces = result.without_ties, int(result.components.max(initial=-1)) + 1 - len(result.without_ties)
    lines.append("All who have ties hang together." if pieces == 1 else f"It is in {pieces} pieces.")
    lines.append(f"Without any tie: {listed(lonely)}.")
    return lines


def _table(result: NetworkFigures, rows: list[ActorFigures], most: int = 15) -> list[str]:
    """The best brokers, with the figures that say why."""
    first = sorted(rows, key=lambda row: (-row.betweenness_paths, -row.degree))[:most]
    width = min(max(len(row.id) for row in first), 40)
    lines = [f"{'Who stands between others':<{max(width, 25)}}  ties  between  apart  boxed in  community"]
    for row in first:
        between = "-" if row.betweenness is None else f"{row.betweenness:.1%}"
        apart = "-" if row.effective_size is None else f"{row.effective_size:.1f}"
        boxed = "-" if row.constraint is None else f"{row.constraint:.2f}"
        name = row.id[:40]
        lines.append(
            f"{name:<{max(width, 25)}}  {row.degree:>4}  {between:>7}  {apart:>5}  {boxed:>8}  {row.community:>9}"
        )
    lines.append("between: share of shortest paths that lead through; apart: contacts that do not know each other;")
    lines.append("boxed in: 0 is free to choose, 1 depends on one circle.")
    if result.betweenness.sampled:
        lines.append(
            f"With so many actors, between is estimated from the paths of {result.betweenness.sampled} of them."
        )
    return lines


def _about_weak_points(result: NetworkFigures) -> list[str]:
    found = [f"{each.actor} ({each.cut_off:,})" for each in result.weak_points]
    divided = result.communities
    known = "" if divided.modularity is None else f", modularity {divided.modularity:.2f}"
    circles = sum(size > 1 for size in Counter(divided.of_actor.tolist()).values())
    return [
        f"Without these, others would be cut off (how many): {listed(found)}.",
        f"Circles of two or more who are mostly tied among themselves: {circles}{known}.",
    ]
