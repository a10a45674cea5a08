"""Asking everyone one question: preparing, opening and closing it, and saying what came of it."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import now

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.coalitions.models import Coalition
from manyhands.foundation.jobs.tasks import enqueue
from manyhands.foundation.ledger.spine import record

from .. import policies, queries, tasks
from ..declaring import FOUND
from ..events import RoundClosed, RoundDrafted, RoundGroupsChosen, RoundOpened, RoundValidated
from ..models import Participant, Statement, VisionRound
from ..rules import RoundState, StatementState
from .steps import WrongStep, _locked_round


@transaction.atomic
def draft_round(
    *,
    actor: Actor,
    question: str,
    explanation: str = "",
    closes_at: datetime | None = None,
    is_anonymous: bool = True,
    reads_first: bool = False,
    seeds: list[str] | None = None,
    follows: VisionRound | None = None,
    keeps: bool = False,
    counts_by: str = "person",
    shows_organizations: bool = False,
    moderation_policy: str = "",
    groups_by: str = FOUND,
) -> VisionRound:
    """Prepare a question to everyone, with statements to begin with; members do not see it yet.

    One that follows an earlier round can put that round's statements to everyone again, to see what has changed.

    Who: coordinators and facilitators (`policies.lead_rounds`).
    Refuses: to follow a round that is not over (`WrongStep`).
    Tells: `RoundDrafted`.
    """
    require(actor, policies.lead_rounds)
    _check_follows(follows)
    Coalition.objects.select_for_update(no_key=True).get(pk=actor.coalition_id)  # two drafts at once get two numbers
    round = VisionRound.objects.create(
        number=queries.next_number(),
        question=question,
        explanation=explanation,
        closes_at=closes_at,
        is_anonymous=is_anonymous,
        reads_first=reads_first,
        follows=follows,
        counts_by=counts_by,
        shows_organizations=shows_organizations,
        moderation_policy=moderation_policy,
        groups_by=groups_by,
        begun_by_id=actor.seat_id,
    )
    _plant(round, seeds or [], keeps)
    record(RoundDrafted(round_id=round.pk), by=actor, about=round)
    return round


@transaction.atomic
def rewrite_round(
    *,
    actor: Actor,
    round: VisionRound,
    question: str,
    explanation: str = "",
    closes_at: datetime | None = None,
    is_anonymous: bool = True,
    reads_first: bool = False,
    seeds: list[str] | None = None,
    follows: VisionRound | None = None,
    keeps: bool = False,
    counts_by: str = "person",
    shows_organizations: bool = False,
    moderation_policy: str = "",
    groups_by: str = FOUND,
) -> VisionRound:
    """Change a question that is still a draft; what people answered must stay what they were asked.

    Who: coordinators and facilitators (`policies.lead_rounds`).
    Refuses: a round that was opened, or to follow one that is not over (`WrongStep`).
    Tells: `RoundDrafted`.
    """
    require(actor, policies.lead_rounds, round)
    round = _locked_round(round, RoundState.OPEN)
    _check_follows(follows)
    round.question, round.explanation, round.closes_at = question, explanation, closes_at
    round.is_anonymous, round.reads_first = is_anonymous, reads_first
    round.moderation_policy, round.groups_by = moderation_policy, groups_by
    round.follows, round.counts_by, round.shows_organizations = follows, counts_by, shows_organizations
    round.save()
    if seeds is not None:
        Statement.objects.filter(round=round, is_seed=True).delete()
        _plant(round, seeds, keeps)
    record(RoundDrafted(round_id=round.pk), by=actor, about=round)
    return round


@transaction.atomic
def open_round(*, actor: Actor, round: VisionRound) -> VisionRound:
    """Put the question to everyone; the statements it begins with can be answered from now on.

    Who: coordinators and facilitators (`policies.lead_rounds`).
    Refuses: a round that is not a draft, or whose last day has passed (`WrongStep`).
    Tells: `RoundOpened`.
    """
    require(actor, policies.lead_rounds, round)
    round = _locked_round(round, RoundState.OPEN)
    if round.closes_at is not None and round.closes_at <= now():
        raise WrongStep("Its last day has passed.")
    round.state, round.opened_at = RoundState.OPEN, now()
    round.save(update_fields=["state", "opened_at"])
    Statement.objects.filter(round=round, state=StatementState.MODERATED).update(state=StatementState.LIVE)
    if round.closes_at is not None:
        enqueue(tasks.close_on_its_day, due_at=round.closes_at, round_id=round.pk)
    record(RoundOpened(round_id=round.pk), by=actor, about=round)
    return round


@transaction.atomic
def choose_groups(*, actor: Actor, round: VisionRound, groups_by: str) -> VisionRound:
    """Say whether groups of opinion are looked for in the answers or declared, while nothing is worked out yet.

    Who: coordinators and facilitators (`policies.lead_rounds`).
    Refuses: a round that is closed, or came from elsewhere (`WrongStep`).
    Tells: `RoundGroupsChosen`, if that is another way than before.
    """
    require(actor, policies.lead_rounds, round)
    round = VisionRound.objects.select_for_update(no_key=True).get(pk=round.pk)
    if round.state not in {RoundState.DRAFT, RoundState.OPEN}:
        raise WrongStep("It is closed.")
    if round.groups_by != groups_by:
        round.groups_by = groups_by
        round.save(update_fields=["groups_by"])
        record(RoundGroupsChosen(round_id=round.pk, method=groups_by), by=actor, about=round)
    return round


@transaction.atomic
def close_round(*, actor: Actor, round: VisionRound) -> VisionRound:
    """Take no more answers, and have the common ground worked out. It cannot be opened again.

    Who: coordinators, facilitators, and the house on the round's last day (`policies.close_round`).
    Refuses: a round that is not open (`WrongStep`).
    Tells: `RoundClosed`.
    """
    require(actor, policies.close_round, round)
    round = _locked_round(round, RoundState.CLUSTERED)
    round.state, round.closed_at = RoundState.CLUSTERED, now()
    round.save(update_fields=["state", "closed_at"])
    enqueue(tasks.work_out_finding, round_id=round.pk)
    participants = Participant.objects.filter(round=round).count()
    record(RoundClosed(round_id=round.pk, participants=participants), by=actor, about=round)
    return round


@transaction.atomic
def validate_round(*, actor: Actor, round: VisionRound) -> VisionRound:
    """Write down that members looked at the common ground together and found it true.

    Who: coordinators and facilitators (`policies.lead_rounds`).
    Refuses: a round that is not closed, or was validated before (`WrongStep`).
    Tells: `RoundValidated`.
    """
    require(actor, policies.lead_rounds, round)
    round = _locked_round(round, RoundState.VALIDATED)
    round.state = RoundState.VALIDATED
    round.save(update_fields=["state"])
    record(RoundValidated(round_id=round.pk), by=actor, about=round)
    return round


def _check_follows(follows: VisionRound | None) -> None:
    if follows is not None and not follows.has_results:
        raise WrongStep("The round before is not over.")


def _plant(round: VisionRound, seeds: list[str], keeps: bool) -> None:
    """Statements to begin with, those kept from the round before first; they go live when the round opens."""
    before = Statement.objects.filter(round=round.follows_id, state=StatementState.LIVE) if keeps else []
    kept = list(before) if round.follows_id else []
    words = {each.text for each in kept}
    rows = [(each.text, each) for each in kept] + [(text, None) for text in seeds if text not in words]
    Statement.objects.bulk_create(
        Statement(
            round=round, text=text, is_seed=True, position=at, state=StatementState.MODERATED, kept_from=kept_from
        )
        for at, (text, kept_from) in enumerate(rows)
    )
