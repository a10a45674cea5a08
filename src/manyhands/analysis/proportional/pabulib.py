"""Pabulib's ``.pb`` files: one participatory budgeting vote of a city, with costs, ballots and outcome."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from manyhands.analysis.proportional.ballots import Ballots, approval_ballots, exact
from manyhands.analysis.tables import BadInput

_SECTIONS = ("META", "PROJECTS", "VOTES")


@dataclass(frozen=True, eq=False)
class PabulibVote:
    """Ballots, what was really funded (if the file says), and the projects' titles."""

    ballots: Ballots
    funded: frozenset[str] | None
    titles: Mapping[str, str]


def is_pabulib(text: str) -> bool:
    """Whether a text begins like a ``.pb`` file."""
    return text.lstrip().split("\n", 1)[0].strip().upper() == "META"


def pabulib_ballots(text: str) -> PabulibVote:
    """Read the text of a ``.pb`` file.

    A project counts as approved by all who chose it, ranked it, or gave it points. The order of projects in
    the file decides ties. Where the file tells a ``score`` for each project, the plain vote goes by it.

    Raises
    ------
    BadInput
        If a section or column is missing, a number is none, an id comes twice, a ballot names a project that
        is not there, or there are more or fewer votes or projects than the file says.

    Examples
    --------
    >>> found = pabulib_ballots(
    ...     "META\\nkey;value\\nbudget;100\\nPROJECTS\\nproject_id;cost\\n1;60\\n2;50\\n"
    ...     "VOTES\\nvoter_id;vote\\n7;1,2\\n8;2\\n"
    ... )
    >>> found.ballots
    Ballots(2 voters, 2 candidates, budget 100)
    """
    sections = _sections(text)
    meta = {row[0].strip(): row[1].strip() for _, row in sections["META"][1:] if len(row) > 1}
    if "budget" not in meta:
        raise BadInput("The section META does not tell the budget.")
    projects = _rows(sections["PROJECTS"], "PROJECTS", ("project_id", "cost"))
    votes = _rows(sections["VOTES"], "VOTES", ("voter_id", "vote"))
    for key, rows in (("num_projects", projects), ("num_votes", votes)):
        if key in meta and meta[key] != str(len(rows)):
            raise BadInput(f"The file speaks of {meta[key][:20]} {key[4:]} but has {len(rows)}; it may be cut short.")
    names = [row["project_id"].strip() for row in projects]
    has_score = all(row.get("score", "").strip() for row in projects)
    ballots = approval_ballots(
        [[each.strip() for each in row["vote"].split(",") if each.strip()] for row in votes],
        _money(meta["budget"], "The budget"),
        candidates=names,
        costs=[_money(row["cost"], f"The cost of project {row['project_id'][:20]}") for row in projects],
        voters=[row["voter_id"].strip() for row in votes],
        points=[exact(row["score"].strip(), "A score") for row in projects] if has_score else None,
    )
    told = [row["selected"].strip() for row in projects if "selected" in row]
    funded = frozenset(name for name, mark in zip(names, told, strict=False) if mark not in ("", "0")) if told else None
    return PabulibVote(
        ballots, funded, {name: row.get("name", "").strip() for name, row in zip(names, projects, strict=True)}
    )


def _sections(text: str) -> dict[str, list[tuple[int, list[str]]]]:
    """Rows of each section with their number in the file, the names of columns first."""
    found: dict[str, list[tuple[int, list[str]]]] = {}
    current: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";")
    try:
        for row in reader:
            if len(row) == 1 and row[0].strip().upper() in _SECTIONS:
                current = found.setdefault(row[0].strip().upper(), [])
            elif any(cell.strip() for cell in row):
                current.append((reader.line_num, row))
    except csv.Error:
        raise BadInput(f"Row {reader.line_num}: this cannot be read; a quote may never be closed.") from None
    for name in _SECTIONS:
        if not found.get(name):
            raise BadInput(f"The file has no section {name}, or nothing in it.")
    return found


def _rows(section: Sequence[tuple[int, list[str]]], name: str, needed: Sequence[str]) -> list[dict[str, str]]:
    """Rows as dictionaries by column."""
    header = [column.strip() for column in section[0][1]]
    for column in needed:
        if column not in header:
            raise BadInput(f"The section {name} has no column {column!r}.")
    rows = []
    for number, row in section[1:]:
        if len(row) > len(header):
            raise BadInput(f"Row {number} has {len(row)} columns where the section {name} has {len(header)}.")
        cells = dict(zip(header, row + [""] * (len(header) - len(row)), strict=True))
        if not all(cells[column].strip() for column in needed if column != "vote"):
            raise BadInput(f"Row {number} of the file lacks its {needed[0]} or {needed[1]}; it may be cut short.")
        rows.append(cells)
    return rows


def _money(text: str, what: str) -> Fraction:
    return exact(text.strip().replace(",", "."), what)
