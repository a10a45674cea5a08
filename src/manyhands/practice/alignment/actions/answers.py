"""Answering, in secret, and changing one's mind."""

from django.db import transaction
from django.utils.timezone import now

from manyhands.foundation.access.rules import Actor, require

from .. import policies, queries
from ..models import Participant, Response, Statement, VisionRound
from ..rules import StatementState
from .participants import _participant
from .steps import RoundIsClosed, _require_answers_taken


class AnswerElsewhere(Exception):
    """The statement can no longer be answered: it was taken out or joined to another."""


class NothingToUndo(Exception):
    """This seat has not answered anything in the round."""


@transaction.atomic
def answer_statement(*, actor: Actor, statement: Statement, answer: int, is_important: bool = False) -> Response:
    """Put one seat's answer to one statement, in place of any it gave before.

    Who: any seat but an observer's or a guest's (`policies.answer_statements`).
    Refuses: a round that takes no answers (`RoundIsClosed`); a live round in which people still write or read
        (`AnswersWait`); a statement that is not live (`AnswerElsewhere`).
    Tells: no one, by design — a line in the ledger would say who answered, and when figures changed, how.
    """
    require(actor, policies.answer_statements, statement)
    # The row, or its round, may have changed since the card was dealt. Nothing here looks at anybody else's answers.
    fresh = Statement.objects.select_related("round__live").filter(pk=statement.pk).first()
    if fresh is None:
        raise AnswerElsewhere(statement)
    _require_answers_taken(fresh.round)
    if fresh.state != StatementState.LIVE:
        raise AnswerElsewhere(statement)
    return _record(fresh, _participant(actor, fresh.round), answer, is_important)


def _record(statement: Statement, participant: Participant, answer: int, is_important: bool) -> Response:
    """Keep one answer by one write, so that two browsers at once leave one: the later."""
    given = Response(
        statement=statement,
        participant=participant,
        answer=Response.Answer(answer),
        is_important=is_important,
        answered_at=now(),
    )
    Response.objects.bulk_create(
        [given],
        update_conflicts=True,
        unique_fields=["participant", "statement"],
        update_fields=["answer", "is_important", "carried_from", "answered_at"],
    )
    return given


@transaction.atomic
def undo_answer(*, actor: Actor, round: VisionRound) -> Statement:
    """Take back the answer this seat gave last; the card comes again.

    Who: any seat but an observer's or a guest's, its own answers only (`policies.answer_statements`).
    Refuses: a round that takes no answers (`RoundIsClosed`); a seat that gave none (`NothingToUndo`).
    Tells: no one, by design — as answers are secret, so is taking one back.
    """
    require(actor, policies.answer_statements, round)
    round = VisionRound.objects.get(pk=round.pk)
    if not round.takes_answers:
        raise RoundIsClosed(round)
    last = queries.own_answers(actor, round).first()
    if last is None:
        raise NothingToUndo(round)
    last.delete()
    return last.statement
