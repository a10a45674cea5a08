"""Opening a file of answers in either of Polis's layouts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from manyhands.analysis.responses.layouts import from_events, from_participants, header_kind
from manyhands.analysis.responses.matrix import Responses
from manyhands.analysis.tables import BadInput, check_names, read_table


def read_responses(path: str | Path, *, groups_from: str | None = None) -> Responses:
    """Read answers from a file in either of Polis's layouts, as CSV or Parquet.

    A *participants-votes* file has one row per person: ``participant``, some columns about the person
    (``group-id``, ``n-votes`` ...) and one column per statement. A *votes* file has one row per answer:
    ``timestamp``, ``comment-id``, ``voter-id``, ``vote``; of several answers by one person to one
    statement the latest counts. Both give the same table, in natural order of the ids.

    Parameters
    ----------
    path : path
        File to read. Commas, semicolons or tabs; UTF-8 with or without a byte order mark, or Latin-1.
    groups_from : str, optional
        Name of the column that says which group a person is in. Blank there means in none.

    Returns
    -------
    Responses

    Raises
    ------
    BadInput
        With one sentence that says what is wrong and in which row, the header being row 1.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "participants-votes.csv")
    ...     _ = file.write_text("participant,group-id,n-disagree,0,1\\n4,0.0,0,1,\\n5,1.0,1,-1,0\\n")
    ...     found = read_responses(file, groups_from="group-id")
    >>> found, found.groups.tolist()
    (Responses(2 people, 2 statements, 3 answers), ['0', '1'])
    """

    def check_header(names: Sequence[str]) -> None:
        """Looked at before the rows: if the header is not one of ours, that is what is wrong."""
        header_kind(names)
        check_names(names)
        if groups_from is not None and groups_from not in names:
            raise BadInput(f"There is no column {groups_from!r} to take the groups from.")

    table, cut_short = read_table(path, check_header)
    if table.num_rows == 0:
        raise BadInput("The file has a header but no rows.")
    if header_kind(table.column_names) == "events":
        return from_events(table, groups_from)
    return from_participants(table, groups_from, check_last_row=cut_short)
