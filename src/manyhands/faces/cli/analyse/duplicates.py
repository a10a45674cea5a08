"""``manyhands analyse duplicates``: which rows of a list may be the same organization."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from .saying import refusing, say

if TYPE_CHECKING:
    from manyhands.analysis.matching import Pair

#: Pairs named in plain words; JSON has all.
MOST_NAMED = 50


def add_command(analyses: Any) -> None:
    """Add ``duplicates`` to the analyses."""
    parser = analyses.add_parser(
        "duplicates",
        help="find rows that may be the same organization",
        description=(
            "Find pairs of rows that may be one organization, with a score from 0 to 1 and the reasons. "
            "FILE is a table, as CSV or Parquet. Nothing is merged or changed."
        ),
        epilog=(
            "Rows are counted as in a spreadsheet: the header is row 1. A branch and the whole, or two numbers, "
            "speak against a pair; how that is weighed is in docs/methods/matching.md."
        ),
    )
    parser.add_argument("file", metavar="FILE", help="list of organizations (.csv or .parquet)")
    parser.add_argument("--column", metavar="NAME", required=True, help="column with the names")
    parser.add_argument("--identifier", metavar="NAME", help="column with official numbers")
    parser.add_argument("--domain", metavar="NAME", help="column with e-mail or web addresses")
    parser.add_argument("--place", metavar="NAME", help="column with cities or postal codes")
    parser.add_argument("--at-least", metavar="SCORE", type=_score, default=0.8, help="lowest score to show (0.8)")
    parser.add_argument("--json", action="store_true", help="write JSON instead of plain words")
    parser.set_defaults(run=duplicates_command)


def _score(text: str) -> float:
    try:
        score = float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number") from None
    if not 0.5 <= score <= 1:
        raise argparse.ArgumentTypeError(f"{text} is not between 0.5 and 1")
    return score


@refusing
def duplicates_command(args: argparse.Namespace) -> int:
    """Read, compare, print."""
    # Imported here so that `manyhands --help` does not wait for NumPy.
    from manyhands.analysis.matching import METHOD, Record, find_duplicates, groups_of
    from manyhands.analysis.tables import BadInput, read_table

    table, _ = read_table(args.file)
    columns = []
    for wanted in (args.column, args.identifier, args.domain, args.place):
        if wanted is not None and wanted not in table.column_names:
            there = ", ".join(map(repr, table.column_names[:12]))
            raise BadInput(f"There is no column {wanted[:60]!r}; the columns are {there}.")
        columns.append([""] * table.num_rows if wanted is None else [text or "" for text in table[wanted].to_pylist()])
    names = columns[0]
    pairs = find_duplicates((Record(*row) for row in zip(*columns, strict=True)), at_least=args.at_least)
    # A row without a name can only be found by its number or address, and has nothing to be called by.
    nameless = sum(not name.strip() for name in names)
    groups = groups_of(pairs)
    if args.json:
        return say(
            {
                "method": METHOD,
                "rows": table.num_rows,
                "rows_without_name": nameless,
                "at_least": args.at_least,
                "compared_on": [kind for kind in ("identifier", "domain", "place") if getattr(args, kind) is not None],
                "pairs": [_pair(pair, names) for pair in pairs],
                "groups": [[row + 2 for row in group] for group in groups],
            }
        )
    return say(_in_words(pairs, names, len(groups), nameless, METHOD))


def _pair(pair: Pair, names: list[str]) -> dict[str, Any]:
    """A pair as scripts read it; the header is row 1, so the first record is in row 2."""
    return {
        "a": pair.a + 2,
        "b": pair.b + 2,
        "names": [names[pair.a], names[pair.b]],
        "score": round(pair.score, 4),
        "reasons": list(pair.reasons),
    }


def _in_words(pairs: tuple[Pair, ...], names: list[str], groups: int, nameless: int, method: str) -> str:
    lines = [f"{len(names):,} rows, {len(pairs):,} pairs that may be one organization, in {groups:,} groups"]
    lines += [f"Method: {method}. Nothing was changed."]
    if nameless:
        lines.append(f"Rows without a name: {nameless:,}.")
    if not pairs:
        return "\n".join([*lines, "", "No two rows are alike enough to be looked at."])
    for pair in pairs[:MOST_NAMED]:
        lines += [
            "",
            f"{pair.score:.2f}  row {pair.a + 2}: {names[pair.a]}",
            f"      row {pair.b + 2}: {names[pair.b]}",
            f"      {'; '.join(pair.reasons)}",
        ]
    if len(pairs) > MOST_NAMED:
        lines += ["", f"And {len(pairs) - MOST_NAMED:,} more; --json gives all."]
    return "\n".join(lines)
