"""What each statement says, from Polis's comments.csv or a table of the same shape."""

from __future__ import annotations

from collections.abc import Sequence

ID = ("comment-id", "comment_id", "statement-id", "statement_id", "tid", "id")
TEXT = ("comment-body", "comment_body", "text", "txt", "statement")


def read_texts(path: str) -> dict[str, str]:
    """Texts by statement id.

    Raises
    ------
    BadInput
        If the file cannot be read, or has no column of ids or of texts.
    """
    from manyhands.analysis.tables import BadInput, check_names, read_table

    def check(names: Sequence[str]) -> None:
        check_names(names)
        if not set(ID) & set(names) or not set(TEXT) & set(names):
            raise BadInput("A table of comments needs the columns comment-id and comment-body.")

    table, _is_cut_short = read_table(path, check)
    columns = table.column_names
    ids = table[next(name for name in ID if name in columns)].to_pylist()
    texts = table[next(name for name in TEXT if name in columns)].to_pylist()
    return {str(key).strip(): str(text or "") for key, text in zip(ids, texts, strict=True)}
