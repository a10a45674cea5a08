"""One statement of a finding, as far as it may be told: counts joined where they are small, and how sure a share is."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

#: Printed beside every interval. The number changes when what it is made from does.
INTERVAL_METHOD = "95 % Wilson interval 1"


def told(row: Any, shown: Any, is_published: bool, refused: bool) -> dict[str, Any]:
    """What is kept of one statement, given the library's row and what of it may be shown.

    ``refused``: clearly more than half of some group disagree.
    Whether most agree, and every interval, are read off what is shown: neither can say more than that does.
    """
    exact = shown.exact or is_published
    total = shown.total
    # Of too few nothing is said: that a group which is not shown refuses would tell how its two or three answered.
    refused = refused and not row.too_few_seen
    return {
        "id": int(row.id),
        "rank": row.rank,
        "score": float(round(row.consensus if exact else shown.consensus_at_least, 4)),
        "is_exact": exact,
        "agreed": row.agreed_everywhere,
        "too_few": row.too_few_seen,
        "hidden_division": refused and total.seen is not None and 2 * total.at_least("agree") > total.seen,
        "seen": total.seen,
        "total": _answers(total),
        "groups": [_answers(each) for each in shown.groups],
    }


def unless_few(rows: Sequence[Any], fewest: int) -> list[Any]:
    """The rows, best first, without rank and flags where fewer than so many of some group answered."""
    told: list[Any] = []
    ranked = 0
    for row in rows:
        if row.too_few_seen or min(group.seen for group in row.by_group) < fewest:
            flags = dict.fromkeys(("agreed_everywhere", "divides", "hidden_division"), False) if fewest else {}
            told.append(replace(row, rank=None, too_few_seen=True, **flags))
        else:
            ranked += 1
            told.append(replace(row, rank=ranked))
    return told


def _answers(shown: Any) -> dict[str, Any]:
    parts = [{"answers": list(names), "count": count} for names, count in shown.parts]
    return {
        "seen": shown.seen,
        "parts": parts,
        "mostly": shown.mostly,
        "over": shown.over_percent,
        "interval": shown.interval and [round(end, 4) for end in shown.interval],
    }
