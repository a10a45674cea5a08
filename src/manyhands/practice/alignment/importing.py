"""A round from elsewhere: reading its files to the last row, and bringing it in so that a crash leaves nothing half."""

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.coalitions.models import Coalition
from manyhands.foundation.jobs.progress import Progress
from manyhands.foundation.jobs.tasks import enqueue
from manyhands.foundation.ledger.spine import record
from manyhands.foundation.ui.spreadsheets import plain

from . import insights, queries, rules
from .events import RoundImported
from .models import Participant, Response, RoundImport, Statement, VisionRound
from .rules import RoundState, StatementState

#: A file as it was uploaded, or as a database gives it back.
Content = bytes | memoryview

LARGEST_FILE = 25 * 1024**2
BATCH = 2000
ID_COLUMNS = ("comment-id", "comment_id", "statement_id", "tid")
TEXT_COLUMNS = ("comment-body", "comment_body", "txt", "text")
#: What Polis writes for a comment that its moderators took out.
TAKEN_OUT = -1


class UnfitFile(ValueError):
    """A file cannot be used: which field it came in, and one sentence that says why and in which row."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Comment:
    """One statement as it comes."""

    id: str
    text: str
    is_out: bool


@dataclass(frozen=True)
class Checked:
    """A round that can be brought in."""

    comments: list[Comment]
    answers: insights.AnswerFile
    groups: dict[str, str]

    def summary(self) -> dict[str, Any]:
        """Counts for the page that asks before anything is done."""
        sizes = Counter(self.groups[person] for person in self.answers.people if person in self.groups)
        return {
            "statements": len(self.comments),
            "taken_out": sum(comment.is_out for comment in self.comments),
            "people": len(self.answers.people),
            "answers": len(self.answers.answers),
            "groups": [{"name": name, "size": size} for name, size in sorted(sizes.items())],
            "in_no_group": len(self.answers.people) - sum(sizes.values()) if sizes else 0,
        }


def fingerprint(*files: bytes) -> str:
    """The same files always have the same one."""
    return hashlib.sha256(b"".join(hashlib.sha256(file).digest() for file in files)).hexdigest()


def read(votes: Content, comments: Content, groups: Content = b"") -> Checked:
    """Read and compare the files.

    Raises
    ------
    UnfitFile
        At the first thing that cannot be used.
    """
    found_comments = _comments(comments)
    try:
        answers = insights.read_answers(bytes(votes))
    except insights.UnreadableAnswers as problem:
        raise UnfitFile("votes", str(problem)) from None
    known = {comment.id for comment in found_comments}
    if unknown := [each for each in answers.statements if each not in known]:
        listed = ", ".join(unknown[:3]) + ("…" if len(unknown) > 3 else "")
        sentence = _("There are votes on statement %(listed)s, but the file of comments has no such comment-id.")
        raise UnfitFile("votes", sentence % {"listed": listed})
    return Checked(found_comments, answers, _groups(bytes(groups)))


def _groups(content: bytes) -> dict[str, str]:
    if not content:
        return {}
    try:
        return insights.read_answers(content, groups_from="group-id").groups
    except insights.UnreadableAnswers as problem:
        raise UnfitFile("groups", str(problem)) from None


def _comments(content: Content) -> list[Comment]:
    reader = _table(bytes(content))
    id_column = _column(reader, ID_COLUMNS)
    text_column = _column(reader, TEXT_COLUMNS)
    found: dict[str, Comment] = {}
    try:
        for number, row in enumerate(reader, start=2):
            comment = _comment(number, row, id_column, text_column)
            if comment.id in found:
                message = _("Row %(number)d: comment-id %(id)s is there twice.")
                raise UnfitFile("comments", message % {"number": number, "id": comment.id[:40]})
            found[comment.id] = comment
    except csv.Error:
        message = _("The file cannot be read after row %(number)d; a quote may never be closed.")
        raise UnfitFile("comments", message % {"number": reader.line_num}) from None
    if not found:
        raise UnfitFile("comments", _("The file has a header but no rows."))
    return list(found.values())


def _table(content: bytes) -> csv.DictReader:
    if not content.strip():
        raise UnfitFile("comments", _("The file is empty."))
    if (nul := content.find(b"\0")) >= 0:
        row = content[:nul].count(b"\n") + 1
        raise UnfitFile("comments", _("Line %(row)d: there is a NUL byte, so this is not a CSV file.") % {"row": row})
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    first = text.lstrip().split("\n", 1)[0]
    delimiter = max(",;\t", key=first.count)
    return csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restval="")


def _column(reader: csv.DictReader, names: Sequence[str]) -> str:
    try:
        header = [str(name).strip() for name in reader.fieldnames or ()]
    except csv.Error:
        raise UnfitFile("comments", _("The header is not a row of column names, so this is not a CSV file.")) from None
    reader.fieldnames = header
    for name in names:
        if name in header:
            return name
    raise UnfitFile("comments", _("The column “%(name)s” is missing.") % {"name": names[0]})


def _comment(number: int, row: dict[str, Any], id_column: str, text_column: str) -> Comment:
    own_id = str(row[id_column]).strip()
    if not own_id or len(own_id) > 60:
        message = _("Row %(number)d: the comment-id is missing or longer than 60 signs; the file may be cut short.")
        raise UnfitFile("comments", message % {"number": number})
    is_out = str(row.get("moderated", "")).strip().removesuffix(".0") == str(TAKEN_OUT)
    try:
        return Comment(own_id, rules.clean_statement(plain(str(row[text_column])), rules.LONGEST_IMPORTED), is_out)
    except rules.UnfitStatement as problem:
        if problem.args[0] == "empty":  # Polis keeps comments whose words were erased
            return Comment(own_id, _("(came without words)"), True)
        message = _("Row %(number)d: the statement is longer than %(longest)d signs or has signs that are no text.")
        values = {"number": number, "longest": rules.LONGEST_IMPORTED}
        raise UnfitFile("comments", message % values) from None


# --- bringing in ----------------------------------------------------------------------------------


def bring_in(arriving: RoundImport, progress: Progress) -> None:
    """Write the round in batches while nobody sees it, then show it and write the line, all in one step."""
    checked = read(arriving.votes, arriving.comments, arriving.groups)
    round = _begin(arriving)
    of = len(checked.comments) + len(checked.answers.people) + len(checked.answers.answers)
    written = 0
    statements = _statements(round, checked)
    participants = _participants(round, checked)
    by_id = {statement.imported_id: statement for statement in statements}
    for batch in (*_batches(statements), *_batches(participants)):
        with transaction.atomic():
            type(batch[0]).objects.bulk_create(batch)
        written += len(batch)
        progress.update(done=written, of=of, note=_("statements and people"))
    for answers in _batches(checked.answers.answers):
        rows = [
            Response(
                participant=participants[person], statement=by_id[checked.answers.statements[statement]], answer=answer
            )
            for person, statement, answer in answers
        ]
        with transaction.atomic():
            Response.objects.bulk_create(rows)
        written += len(rows)
        progress.update(done=written, of=of, note=_("answers"))
    _finish(arriving, round, checked, progress)


@transaction.atomic
def _begin(arriving: RoundImport) -> VisionRound:
    if arriving.round is not None:
        clear(arriving.round)
    Coalition.objects.select_for_update(no_key=True).get(pk=arriving.coalition_id)
    round = VisionRound.objects.create(
        number=queries.next_number(),
        question=arriving.question,
        state=RoundState.ARRIVING,
        begun_by_id=arriving.begun_by_id,
        is_imported=True,
        is_published=arriving.is_published,
    )
    RoundImport.objects.filter(pk=arriving.pk).update(round=round)
    return round


def _statements(round: VisionRound, checked: Checked) -> list[Statement]:
    return [
        Statement(
            round=round,
            text=comment.text,
            imported_id=comment.id,
            position=at,
            state=StatementState.RETIRED if comment.is_out else StatementState.LIVE,
        )
        for at, comment in enumerate(checked.comments)
    ]


def _participants(round: VisionRound, checked: Checked) -> list[Participant]:
    return [
        Participant(round=round, imported_id=person, declared_group=checked.groups.get(person, ""))
        for person in checked.answers.people
    ]


def _batches(rows: list[Any]) -> Iterator[list[Any]]:
    return (rows[start : start + BATCH] for start in range(0, len(rows), BATCH))


@transaction.atomic
def _finish(arriving: RoundImport, round: VisionRound, checked: Checked, progress: Progress) -> None:
    from . import tasks

    locked = RoundImport.objects.select_for_update(no_key=True).get(pk=arriving.pk)
    if locked.state != "running":  # undone meanwhile
        clear(round)
        return
    round.state, round.closed_at = RoundState.CLUSTERED, now()
    round.save(update_fields=["state", "closed_at"])
    locked.state, locked.votes, locked.comments, locked.groups = "done", b"", b"", b""
    locked.save()
    enqueue(tasks.work_out_finding, round_id=round.pk)
    by = Actor(round.coalition_id, arriving.begun_by_id, system="" if arriving.begun_by_id else "the command line")
    event = RoundImported(
        round_id=round.pk,
        statements=len(checked.comments),
        participants=len(checked.answers.people),
        responses=len(checked.answers.answers),
    )
    record(event, by=by, about=round)
    progress.complete()  # of two workers that hold the same work, only one comes past this line


def clear(round: VisionRound) -> None:
    """Take out a round with everything that hangs on it."""
    Response.objects.filter(participant__round=round).delete()
    Participant.objects.filter(round=round).delete()
    Statement.objects.filter(round=round).delete()
    round.delete()
