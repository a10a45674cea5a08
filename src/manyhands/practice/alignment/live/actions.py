"""Everything a person can do in a live round."""

from django.db import transaction
from django.utils.timezone import now

from manyhands.foundation.access.rules import Actor, require
from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.coalitions.rules import NoSuchStep, check_step
from manyhands.foundation.ledger.spine import record

from .. import policies
from ..actions.rounds import close_round, open_round
from ..actions.steps import WrongStep
from ..hands.actions import close_hands, lower_hand, open_hands
from ..models import LiveRound, Presence, Statement, VisionRound
from ..rules import RoundState, StatementState
from ..vision.gathering import gather_if_none
from . import rules
from .events import LiveRoundBegun, LiveRoundTurned


@transaction.atomic
def begin_live(*, actor: Actor, round: VisionRound, silent_minutes: int = 5) -> LiveRound:
    """Hold a round in one room: it begins with silence, in which everybody writes. A draft is opened by this.

    Who: coordinators and facilitators (`policies.lead_rounds`).
    Refuses: a round that is over or was held live before (`WrongStep`).
    Tells: `LiveRoundBegun`.
    """
    require(actor, policies.lead_rounds, round)
    round = VisionRound.objects.select_for_update(no_key=True).get(pk=round.pk)
    if LiveRound.objects.filter(round=round).exists():
        raise WrongStep("This round was held live before.")
    if round.state == RoundState.DRAFT:
        round = open_round(actor=actor, round=round)
    if not round.takes_answers:
        raise WrongStep("This round takes no more answers.")
    taken = frozenset(LiveRound.objects.values_list("code", flat=True))
    live = LiveRound.objects.create(
        round=round,
        code=rules.new_code(taken),
        silent_minutes=silent_minutes,
        begun_by_id=actor.seat_id,
        queue=open_hands(actor=actor, kind=rules.HANDS, about=round.question),
    )
    record(LiveRoundBegun(round_id=round.pk), by=actor, about=live)
    return live


@transaction.atomic
def turn_phase(*, actor: Actor, live: LiveRound, phase: str) -> LiveRound:
    """Go on to another phase; every screen and phone follows.

    What was written in silence is put to everyone when the silence ends. What is alike is gathered by its words when
    it is to be read, for people to look at. The round itself stays open for those who were not there.

    Who: coordinators and facilitators (`policies.lead_rounds`).
    Refuses: a phase that does not come next (`WrongStep`).
    Tells: `LiveRoundTurned`.
    """
    require(actor, policies.lead_rounds, live)
    live = LiveRound.objects.select_for_update(of=("self",), no_key=True).select_related("round").get(pk=live.pk)
    try:
        check_step(rules.LIVE_STEPS, live.phase, phase)
    except NoSuchStep as problem:
        raise WrongStep(str(problem)) from None
    live.phase, live.phase_at = phase, now()
    live.save(update_fields=["phase", "phase_at"])
    if phase == LiveRound.Phase.SHOW:
        held = Statement.objects.filter(round=live.round, state=StatementState.MODERATED)
        held.update(state=StatementState.LIVE)
    elif phase == LiveRound.Phase.OVERLAPS:
        gather_if_none(live.round)
    elif phase == LiveRound.Phase.OVER and live.queue is not None:
        close_hands(actor=actor, queue=live.queue)
    record(LiveRoundTurned(round_id=live.round_id, phase=phase), by=actor, about=live)
    return live


@transaction.atomic
def end_live(*, actor: Actor, live: LiveRound, closes_round: bool = False) -> LiveRound:
    """End the live part; the round goes on for those who were not there, or is closed with it.

    Who: coordinators and facilitators (`policies.lead_rounds`).
    Refuses: a live round that cannot end yet, or is over (`WrongStep`).
    Tells: `LiveRoundTurned`, and `RoundClosed` with it.
    """
    require(actor, policies.lead_rounds, live)
    live = turn_phase(actor=actor, live=live, phase=LiveRound.Phase.OVER)
    if closes_round and live.round.state == RoundState.OPEN:
        close_round(actor=actor, round=live.round)
    return live


@transaction.atomic
def join_live(*, actor: Actor, live: LiveRound) -> Presence:
    """Say that one is in the room, so that the screen knows whom to wait for.

    Who: any seat but an observer's or a guest's (`policies.join_live`).
    Refuses: nothing more; saying it twice is saying it once.
    Tells: no one — who sat where is not the book's business.
    """
    require(actor, policies.join_live, live)
    seat = Seat.objects.get(pk=actor.seat_id)
    return Presence.objects.get_or_create(live=live, seat=seat)[0]


@transaction.atomic
def leave_live(*, actor: Actor, live: LiveRound) -> None:
    """Say that one has left the room; what one wrote stays, and a hand that is up comes down.

    Who: any seat but an observer's or a guest's (`policies.join_live`).
    Refuses: nothing more.
    Tells: no one — who sat where is not the book's business.
    """
    require(actor, policies.join_live, live)
    if live.queue is not None:
        lower_hand(actor=actor, queue=live.queue, has_left=True)
    Presence.objects.filter(live=live, seat_id=actor.seat_id).delete()
