"""A round's figures in the columns that Polis uses, as far as they may be shown. Made from the finding alone."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from .columns import READ_AT_ONCE
from .models import Participant, Response, Statement, VisionRound
from .rules import StatementState

#: People x statements up to which participants-votes.csv is offered.
MOST_CELLS = 2_000_000
#: People whose answers are read and held at the same time.
PEOPLE_AT_ONCE = 200

#: As in Polis's own export; a program that reads theirs reads ours.
COMMENTS = ["timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body"]
COMMENT_GROUPS = ["comment-id", "comment", "total-votes", "total-agrees", "total-disagrees", "total-passes"]
PARTICIPANTS = ["participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"]
VOTES = ["timestamp", "datetime", "comment-id", "voter-id", "vote"]


def comments(round: VisionRound, payload: Mapping[str, Any]) -> list[list[Any]]:
    """comments.csv: counts only where every group's may be shown, else left empty; never who wrote what."""
    counts = {row["id"]: _totals(row) for row in payload["statements"]}
    rows = []
    for each in Statement.objects.filter(round=round, state__in=[StatementState.LIVE, StatementState.MERGED]):
        agrees, disagrees = counts.get(each.pk, ("", ""))
        day = each.written_at.date()
        stamp = int(each.written_at.replace(hour=0, minute=0, second=0, microsecond=0).timestamp())
        moderated = 1 if each.state == StatementState.LIVE else -1
        # The day, not the hour: an hour could tell who wrote it.
        rows.append([stamp, f"{day:%a %b %d %Y}", each.shown_number, "", agrees, disagrees, moderated, each.text])
    return rows


def summary(round: VisionRound, payload: Mapping[str, Any], address: str = "") -> list[list[Any]]:
    """summary.csv: one line for each figure. What nobody here counts, or few people could be told by, is left empty."""
    return [
        ["topic", round.question],
        ["url", address],
        ["views", ""],
        ["voters", payload["people"]],
        ["voters-in-conv", sum(group["size"] for group in payload["groups"])],
        ["commenters", ""],
        ["comments", len(payload["statements"])],
        ["groups", len(payload["groups"])],
        ["conversation-description", round.explanation],
    ]


def comment_groups(
    round: VisionRound, payload: Mapping[str, Any], texts: Mapping[int, tuple[str, str]]
) -> tuple[list[str], list[list[Any]]]:
    """comment-groups.csv: what each group said, as far as it may be told; the finest there is of a round of our own.

    Totals are of the groups together, as in Polis. A cell is empty where its count may not be told, and a total
    where one of its parts may not. ``texts`` gives number and text of each live statement by id.
    """
    header = list(COMMENT_GROUPS)
    for group in payload["groups"]:
        header += [f"group-{group['name'].lower()}-{what}" for what in ("votes", "agrees", "disagrees", "passes")]
    rows = []
    for row in payload["statements"]:
        if row["id"] not in texts:
            continue
        by_group = [
            [group["seen"], *(_count(group, answer) for answer in ("agree", "disagree", "pass"))]
            for group in row["groups"]
        ]
        totals = [None if None in column else sum(column) for column in zip(*by_group, strict=True)]
        cells = [cell for group in [totals, *by_group] for cell in group]
        rows.append([*texts[row["id"]], *("" if cell is None else cell for cell in cells)])
    return header, rows


def votes(round: VisionRound) -> Iterator[list[list[Any]]]:
    """votes.csv, some people at a time: every single answer. For rounds whose answers anyone can read elsewhere only.

    There may be millions, so nothing holds them together: people in the order in which they came, each page by two
    questions that an index answers. A closed round takes no answers; if it is taken out meanwhile, this breaks off.

    Raises
    ------
    ValueError
        For a round that was not published.
    """
    if not round.is_published:
        raise ValueError("Single answers leave only from a round that was published elsewhere.")
    return _pages_of_votes(round)


def _pages_of_votes(round: VisionRound) -> Iterator[list[list[Any]]]:
    live = Statement.objects.filter(round=round, state=StatementState.LIVE)
    numbers = {each.pk: each.shown_number for each in live.only("pk", "imported_id", "position", "coalition_id")}
    people = Participant.objects.filter(round=round).order_by("pk").values_list("pk", "imported_id")
    last = 0
    while some := dict(people.filter(pk__gt=last)[:PEOPLE_AT_ONCE]):
        last = max(some)
        given = Response.objects.filter(participant__in=list(some)).order_by("participant_id", "statement_id")
        rows = given.values_list("answered_at", "statement_id", "participant_id", "answer")
        yield [
            [int(at.timestamp()), _moment(at), numbers[statement], some[person] or person, answer]
            for at, statement, person, answer in rows
            if statement in numbers
        ]
    if not VisionRound.objects.filter(pk=round.pk).exists():
        raise LookupError("This round was taken out while its answers were read.")


@lru_cache(maxsize=10_000)
def _moment(at: datetime) -> str:
    """Many answers of a round from elsewhere share one moment."""
    return f"{at:%a %b %d %Y %H:%M:%S}"


def fits_one_table(payload: Mapping[str, Any]) -> bool:
    """Whether people x statements is small enough to be written while somebody waits; votes.csv holds the same."""
    return bool(payload["people"] * len(payload["statements"]) <= MOST_CELLS)


def participants_votes(round: VisionRound) -> tuple[list[str], list[list[Any]]]:
    """participants-votes.csv: one row for each person. For rounds whose answers anyone can read elsewhere, only.

    ``group-id`` is the group declared with the answers; of groups that we found nothing is kept about a person.

    Raises
    ------
    ValueError
        For a round that was not published.
    """
    if not round.is_published:
        raise ValueError("Single answers leave only from a round that was published elsewhere.")
    statements = list(Statement.objects.filter(round=round, state=StatementState.LIVE))
    statements.sort(key=lambda each: (len(each.shown_number), each.shown_number))  # 2 before 10, as in Polis
    place = {each.pk: at for at, each in enumerate(statements)}
    live = Response.objects.filter(statement__round=round, statement__state=StatementState.LIVE)
    answers = live.values_list("participant_id", "statement_id", "answer").iterator(chunk_size=READ_AT_ONCE)
    given: dict[int, list[Any]] = {}
    for person, statement, answer in answers:
        given.setdefault(person, [""] * len(statements))[place[statement]] = answer
    rows: list[list[Any]] = []
    for each in Participant.objects.filter(round=round).order_by("pk"):
        cells = given.get(each.pk, [""] * len(statements))
        counts = [sum(cell != "" for cell in cells), cells.count(1), cells.count(-1)]
        rows.append([each.imported_id or each.pk, each.declared_group, "", *counts, *cells])
    return [*PARTICIPANTS, *(each.shown_number for each in statements)], rows


def _totals(row: Mapping[str, Any]) -> tuple[Any, Any]:
    """Agrees and disagrees over all groups, each empty where one group's may not be told."""
    totals: list[Any] = []
    for answer in ("agree", "disagree"):
        found = [_count(group, answer) for group in row["groups"]]
        totals.append("" if any(count is None for count in found) else sum(count or 0 for count in found))
    return totals[0], totals[1]


def _count(group: Mapping[str, Any], answer: str) -> int | None:
    if group["seen"] is None:
        return None
    for part in group["parts"]:
        if part["answers"] == [answer]:
            return int(part["count"])
    return 0 if group["parts"] and not any(answer in part["answers"] for part in group["parts"]) else None
