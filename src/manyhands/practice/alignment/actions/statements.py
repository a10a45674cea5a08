"""Statements: writing one, reading it before others do, joining two that say the same, taking one out."""

from django.db import transaction

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.ledger.spine import record

from .. import policies, rules
from ..events import NAMELESS, StatementContributed, StatementMerged, StatementModerated
from ..models import Participant, Response, Statement, VisionRound
from ..rules import RoundState, StatementState
from .participants import _participant
from .steps import EnoughWritten, RoundIsClosed, WrongStep, _locked_statement, _require_ground_rules


@transaction.atomic
def contribute_statement(*, actor: Actor, round: VisionRound, text: str) -> Statement:
    """Write a statement that everyone answers. In an anonymous round the ledger does not say who wrote it either.

    Who: any seat but an observer's or a guest's (`policies.contribute_statement`).
    Refuses: a round that is not open (`RoundIsClosed`); a seat that has not accepted the ground rules in force
        (`GroundRulesFirst`); a text that is empty, too long or broken (`rules.UnfitStatement`); a seat that has
        written as much as one may, also if some of it was taken out (`EnoughWritten`). Statements to begin with and
        those from elsewhere do not count.
    Tells: `StatementContributed`.
    """
    require(actor, policies.contribute_statement, round)
    round = VisionRound.objects.select_related("live").get(pk=round.pk)
    if not round.takes_answers:
        raise RoundIsClosed(round)
    _require_ground_rules(actor)
    text = rules.clean_statement(text)
    # Whoever writes from two browsers at once waits here, so that the limit holds for both together.
    Participant.objects.select_for_update(no_key=True).get(pk=_participant(actor, round).pk)
    written = Statement.objects.filter(round=round, author_id=actor.seat_id, is_seed=False)
    if written.count() >= rules.MOST_STATEMENTS:
        raise EnoughWritten(round)
    statement = Statement.objects.create(
        round=round,
        text=text,
        author_id=actor.seat_id,
        position=Statement.objects.filter(round=round).count(),
        state=_first_state(round),
    )
    by = Actor(actor.coalition_id, None, system=NAMELESS) if round.is_anonymous else actor
    record(StatementContributed(round_id=round.pk, statement_id=statement.pk), by=by, about=round)
    return statement


@transaction.atomic
def let_in_statement(*, actor: Actor, statement: Statement) -> Statement:
    """Let in a statement that was read, so that everyone can answer it.

    Who: coordinators and facilitators (`policies.moderate_statements`).
    Refuses: one that does not wait to be read (`WrongStep`); a closed round (`RoundIsClosed`).
    Tells: `StatementModerated`.
    """
    require(actor, policies.moderate_statements, statement)
    statement = _locked_statement(statement, StatementState.MODERATED, StatementState.LIVE)
    is_open = statement.round.state == RoundState.OPEN and not statement.round.is_silent
    statement.state = StatementState.LIVE if is_open else StatementState.MODERATED
    statement.why_retired = ""
    statement.save(update_fields=["state", "why_retired"])
    _moderated(actor, statement, "let in")
    return statement


@transaction.atomic
def retire_statement(*, actor: Actor, statement: Statement, why: str, why_out: str = "other") -> Statement:
    """Take a statement out, with a reason that all who moderate and its author can read. Its answers are kept.

    How often each kind of reason was given is read by everyone.

    Who: coordinators and facilitators (`policies.moderate_statements`).
    Refuses: one that is out or merged already (`WrongStep`).
    Tells: `StatementModerated`.
    """
    require(actor, policies.moderate_statements, statement)
    statement = _locked_statement(statement, StatementState.RETIRED, also_closed=True)
    statement.state, statement.why_out, statement.why_retired = StatementState.RETIRED, why_out, why
    statement.save(update_fields=["state", "why_out", "why_retired"])
    _moderated(actor, statement, "taken out")
    return statement


@transaction.atomic
def restore_statement(*, actor: Actor, statement: Statement) -> Statement:
    """Bring back a statement that was taken out; it waits to be read again.

    Who: coordinators and facilitators (`policies.moderate_statements`).
    Refuses: one that is not out (`WrongStep`); a closed round (`RoundIsClosed`).
    Tells: `StatementModerated`.
    """
    require(actor, policies.moderate_statements, statement)
    statement = _locked_statement(statement, StatementState.SUBMITTED)
    statement.state = StatementState.SUBMITTED
    statement.save(update_fields=["state"])
    _moderated(actor, statement, "brought back")
    return statement


@transaction.atomic
def merge_statement(*, actor: Actor, statement: Statement, into: Statement) -> Statement:
    """Join a statement to another that says the same. Who answered only the first counts with the second.

    Can be undone by `split_statement` while the round is open.

    Who: coordinators and facilitators (`policies.moderate_statements`).
    Refuses: statements of different rounds, or that are not both live (`WrongStep`); a closed round
        (`RoundIsClosed`).
    Tells: `StatementMerged`.
    """
    require(actor, policies.moderate_statements, statement)
    statement = _locked_statement(statement, StatementState.MERGED)
    into = Statement.objects.select_for_update(of=("self",), no_key=True).get(pk=into.pk)
    if into.pk == statement.pk or into.round_id != statement.round_id or into.state != StatementState.LIVE:
        raise WrongStep("Both must be live statements of one round.")
    statement.state, statement.merged_into = StatementState.MERGED, into
    statement.save(update_fields=["state", "merged_into"])
    _carry_over(statement, into)
    event = StatementMerged(round_id=statement.round_id, statement_id=statement.pk, into_id=into.pk)
    record(event, by=actor, about=statement)
    return statement


@transaction.atomic
def split_statement(*, actor: Actor, statement: Statement) -> Statement:
    """Undo a join: the statement can be answered again, and answers that were only carried over are taken back.

    Who answered the other statement themselves since then keeps that answer.

    Who: coordinators and facilitators (`policies.moderate_statements`).
    Refuses: one that was not joined (`WrongStep`); a closed round (`RoundIsClosed`).
    Tells: `StatementModerated`.
    """
    require(actor, policies.moderate_statements, statement)
    statement = _locked_statement(statement, StatementState.LIVE)
    Response.objects.filter(statement=statement.merged_into_id, carried_from=statement).delete()
    statement.state, statement.merged_into = StatementState.LIVE, None
    statement.save(update_fields=["state", "merged_into"])
    _moderated(actor, statement, "split again")
    return statement


def _first_state(round: VisionRound) -> StatementState:
    """Where nobody reads first, it passes the reading by the round's own rule; in silence it is held for all."""
    if round.reads_first:
        return StatementState.SUBMITTED
    return StatementState.MODERATED if round.is_silent else StatementState.LIVE


def _carry_over(gone: Statement, into: Statement) -> None:
    """Copy the answers of those who answered only the one that goes."""
    answered = Response.objects.filter(statement=into).values("participant_id")
    only = Response.objects.filter(statement=gone).exclude(participant_id__in=answered).select_related("participant")
    copies = [
        Response(
            statement=into,
            participant=each.participant,
            answer=each.answer,
            is_important=each.is_important,
            carried_from=gone,
            answered_at=each.answered_at,
        )
        for each in only
    ]
    Response.objects.bulk_create(copies, batch_size=1000, ignore_conflicts=True)


def _moderated(actor: Actor, statement: Statement, outcome: str) -> None:
    event = StatementModerated(round_id=statement.round_id, statement_id=statement.pk, outcome=outcome)
    record(event, by=actor, about=statement)
