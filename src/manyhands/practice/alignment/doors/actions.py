"""Everything that can be done with links and paper."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.timezone import now

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.ledger.spine import record

from .. import policies
from ..actions.answers import AnswerElsewhere, _record
from ..actions.steps import AnswersWait, RoundIsClosed, WrongStep, _require_answers_taken
from ..models import AnswerLink, PaperBatch, Participant, Response, Statement, VisionRound
from ..queries import numbered_texts
from ..rules import RoundState, StatementState
from .events import LinksMade, LinksStopped, PaperBrought, PaperUndone
from .rules import Sheet

__all__ = [
    "AnswerElsewhere",
    "AnswersWait",
    "LinkIsFull",
    "LinkIsStopped",
    "RoundIsClosed",
    "WrongStep",
    "answer_by_link",
    "bring_paper",
    "make_link",
    "stop_link",
    "undo_paper",
]


class LinkIsStopped(Exception):
    """Nobody answers by this link any more."""


class LinkIsFull(Exception):
    """As many people answered by this link as it was made for."""


@transaction.atomic
def make_link(*, actor: Actor, round: VisionRound, kind: str, label: str, most: int) -> AnswerLink:
    """Make one link for anyone, or many of which each works for one person.

    Who: coordinators and facilitators (`policies.lay_doors`).
    Refuses: a round that takes no more answers (`RoundIsClosed`).
    Tells: `LinksMade`.
    """
    require(actor, policies.lay_doors, round)
    round = VisionRound.objects.get(pk=round.pk)
    if round.state not in {RoundState.DRAFT, RoundState.OPEN}:
        raise RoundIsClosed(round)
    link = AnswerLink.objects.create(
        round=round, kind=AnswerLink.Kind(kind), label=label, most=most, made_by_id=actor.seat_id
    )
    how_many = most if kind == AnswerLink.Kind.PERSONAL else 1
    record(LinksMade(round_id=round.pk, links=how_many), by=actor, about=link)
    return link


@transaction.atomic
def stop_link(*, actor: Actor, link: AnswerLink) -> AnswerLink:
    """Let nobody answer by a link any more; what was answered by it stays counted.

    Who: coordinators and facilitators (`policies.lay_doors`).
    Refuses: one that was stopped (`WrongStep`).
    Tells: `LinksStopped`.
    """
    require(actor, policies.lay_doors, link)
    link = AnswerLink.objects.select_for_update(no_key=True).get(pk=link.pk)
    if link.stopped_at is not None:
        raise WrongStep("Stopped before.")
    link.stopped_at = now()
    link.save(update_fields=["stopped_at"])
    record(LinksStopped(round_id=link.round_id), by=actor, about=link)
    return link


@transaction.atomic
def answer_by_link(
    *, actor: Actor, link: AnswerLink, key: str, statement: Statement, answer: int, is_important: bool = False
) -> Response:
    """Put an answer of somebody without an account, in place of any they gave before by the same link.

    Who: whoever holds the link, and nothing else (`policies.answer_by_link`).
    Refuses: a link that was stopped (`LinkIsStopped`) or that as many used as it was made for (`LinkIsFull`); a round
        that takes no answers (`RoundIsClosed`, `AnswersWait`); a statement that is not live (`AnswerElsewhere`).
    Tells: no one, by design — like every answer.
    """
    require(actor, policies.answer_by_link, link)
    link = AnswerLink.objects.select_related("round__live").get(pk=link.pk)
    if link.stopped_at is not None:
        raise LinkIsStopped(link)
    _require_answers_taken(link.round)
    if not Statement.objects.filter(pk=statement.pk, round=link.round, state=StatementState.LIVE).exists():
        raise AnswerElsewhere(statement)
    return _record(statement, _comer(link, key), answer, is_important)


@transaction.atomic
def bring_paper(*, actor: Actor, round: VisionRound, name: str, sheets: Sequence[Sheet]) -> PaperBatch:
    """Bring in answers from paper; each sheet counts as one person. Can be taken out while the round is open.

    Who: coordinators and facilitators (`policies.lay_doors`).
    Refuses: a round that takes no answers (`RoundIsClosed`); a statement taken out meanwhile (`AnswerElsewhere`).
    Tells: `PaperBrought`.
    """
    require(actor, policies.lay_doors, round)
    round = VisionRound.objects.select_for_update(no_key=True).get(pk=round.pk)
    if not round.takes_answers:
        raise RoundIsClosed(round)
    by_number = {number: pk for pk, (number, _text) in numbered_texts(round).items()}
    statements = Statement.objects.in_bulk(list(by_number.values()))
    answers = sum(len(sheet.answers) for sheet in sheets)
    batch = PaperBatch.objects.create(
        round=round, name=name, sheets=len(sheets), answers=answers, brought_by_id=actor.seat_id
    )
    people = [Participant(round=round, paper=batch, imported_id=f"paper {batch.pk}: {sheet.name}") for sheet in sheets]
    Participant.objects.bulk_create(people, batch_size=1000)
    try:
        rows = [
            Response(participant=person, statement=statements[by_number[number]], answer=answer, is_important=star)
            for person, sheet in zip(people, sheets, strict=True)
            for number, answer, star in sheet.answers
        ]
    except KeyError as problem:
        raise AnswerElsewhere(problem.args[0]) from None
    Response.objects.bulk_create(rows, batch_size=2000)
    record(PaperBrought(round_id=round.pk, sheets=len(sheets)), by=actor, about=batch)
    return batch


@transaction.atomic
def undo_paper(*, actor: Actor, paper: PaperBatch) -> None:
    """Take the answers of a file of sheets out again, while nothing has been worked out from them.

    Who: coordinators and facilitators (`policies.lay_doors`).
    Refuses: once the round is closed (`RoundIsClosed`); one taken out before (`WrongStep`).
    Tells: `PaperUndone`.
    """
    require(actor, policies.lay_doors, paper)
    paper = PaperBatch.objects.select_for_update(of=("self",), no_key=True).select_related("round").get(pk=paper.pk)
    if paper.undone_at is not None:
        raise WrongStep("Taken out before.")
    if not paper.round.takes_answers:
        raise RoundIsClosed(paper.round)
    Participant.objects.filter(paper=paper).delete()
    paper.undone_at = now()
    paper.save(update_fields=["undone_at"])
    record(PaperUndone(round_id=paper.round_id, sheets=paper.sheets), by=actor, about=paper)


def _comer(link: AnswerLink, key: str) -> Participant:
    """The place of whoever holds this key, made with their first answer; two browsers at once make one."""
    found = Participant.objects.filter(round=link.round, link_key=key).first()
    if found is None:
        # Personal links are numbered and cannot be used up. An open one is counted, at somebody's first answer only.
        if link.kind == AnswerLink.Kind.OPEN and Participant.objects.filter(link=link).count() >= link.most:
            raise LinkIsFull(link)
        Participant.objects.bulk_create([Participant(round=link.round, link=link, link_key=key)], ignore_conflicts=True)
        found = Participant.objects.get(round=link.round, link_key=key)
    return found
