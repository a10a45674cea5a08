"""What each statement says and which were taken out, from Polis's comments.csv or a table of the same shape."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

ID = ("comment-id", "comment_id", "statement-id", "statement_id", "tid", "id")
TEXT = ("comment-body", "comment_body", "text", "txt", "statement")
MODERATED = "moderated"
#: How Polis writes that moderators took a statement out; 0 is not looked at yet, 1 is let in.
TAKEN_OUT = "-1"


@dataclass(frozen=True)
class Comments:
    """Texts by statement id, and the ids that moderators took out."""

    texts: dict[str, str] = field(default_factory=dict)
    taken_out: frozenset[str] = frozenset()


def read_comments(path: str) -> Comments:
    """What a table of comments says; without a column ``moderated`` nothing was taken out.

    Raises
    ------
    BadInput
        If the file cannot be read, or has no column of ids or of texts.
    """
    from manyhands.analysis.identifiers import tidy
    from manyhands.analysis.tables import BadInput, check_names, read_table

    def check(names: Sequence[str]) -> None:
        check_names(names)
        if not set(ID) & set(names) or not set(TEXT) & set(names):
            raise BadInput("A table of comments needs the columns comment-id and comment-body.")

    table, _is_cut_short = read_table(path, check)
    columns = table.column_names
    # Written as the answers write theirs, so that "3.0" here is "3" there.
    ids = tidy(table[next(name for name in ID if name in columns)]).to_pylist()
    texts = table[next(name for name in TEXT if name in columns)].to_pylist()
    marks = tidy(table[MODERATED]).to_pylist() if MODERATED in columns else []
    return Comments(
        {key: str(text or "") for key, text in zip(ids, texts, strict=True)},
        frozenset(key for key, mark in zip(ids, marks, strict=False) if mark == TAKEN_OUT),
    )
