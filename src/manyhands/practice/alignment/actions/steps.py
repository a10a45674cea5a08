"""Steps of the life cycles, taken on a row nobody else can change meanwhile."""

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.coalitions.rules import NoSuchStep, check_step

from .. import rules
from ..compact import queries as compact
from ..models import Statement, VisionRound


class RoundIsClosed(Exception):
    """The round takes no more statements or answers."""


class EnoughWritten(Exception):
    """The seat has written as many statements in this round as one seat may."""


class WrongStep(Exception):
    """The round or statement is not where this deed begins; somebody else was faster."""


class AnswersWait(Exception):
    """In a live round nobody answers while people write in silence or read together."""


class GroundRulesFirst(Exception):
    """The seat has not accepted the ground rules in force, which is asked before its first contribution."""


def _require_answers_taken(round: VisionRound) -> None:
    """Stop unless the round takes answers now; `round` was read together with its live part."""
    if not round.takes_answers:
        raise RoundIsClosed(round)
    if round.answers_wait:
        raise AnswersWait(round)


def _require_ground_rules(actor: Actor) -> None:
    if compact.must_accept(actor) is not None:
        raise GroundRulesFirst(actor.seat_id)


def _locked_round(round: VisionRound, then: str) -> VisionRound:
    """The round, locked, if it can take the step."""
    locked = VisionRound.objects.select_for_update(no_key=True).get(pk=round.pk)
    _check(rules.ROUND_STEPS, locked.state, then)
    return locked


def _locked_statement(statement: Statement, *then: str, also_closed: bool = False) -> Statement:
    """The statement, locked, if it can take these steps one after another; its round must not be over.

    A closed round's figures are never worked out anew: the difference would tell who stood where.
    """
    locked = (
        Statement.objects.select_for_update(of=("self",), no_key=True)
        .select_related("round__live")
        .get(pk=statement.pk)
    )
    if locked.round.has_results and not also_closed:
        raise RoundIsClosed(locked.round)
    state = locked.state
    for step in then:
        _check(rules.STATEMENT_STEPS, state, step)
        state = step
    return locked


def _check(steps: object, now: str, then: str) -> None:
    try:
        check_step(steps, now, then)  # type: ignore[arg-type]
    except NoSuchStep as problem:
        raise WrongStep(str(problem)) from None
