"""The figures of each statement as a table, in the columns of Polis's comment-groups.csv."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from manyhands.analysis.common_ground import CommonGround

HEADER = ["comment-id", "comment", "total-votes", "total-agrees", "total-disagrees", "total-passes"]
#: After Polis's own columns, so that what reads theirs by name reads ours.
OURS = ["rank", "group-informed-consensus"]


def comment_groups(result: CommonGround, texts: Mapping[str, str]) -> str:
    """Best statement first. Totals are of everyone, in a group or not; the figures are exact."""
    from manyhands.foundation.ui.spreadsheets import neutral

    header = list(HEADER)
    for name in result.groups:
        header += [f"group-{name.lower()}-{what}" for what in ("votes", "agrees", "disagrees", "passes")]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([neutral(cell) for cell in [*header, *OURS]])
    for row in result.rows():
        counts = [row.seen, row.agree, row.disagree, row.passed]
        for each in row.by_group:
            counts += [each.seen, each.agree, each.disagree, each.passed]
        rank = "" if row.rank is None else row.rank
        cells = [row.id, texts.get(row.id, ""), *counts, rank, round(row.consensus, 12)]
        writer.writerow([neutral(cell) for cell in cells])
    return out.getvalue()
