"""What of rounds awaits somebody, what a young coalition does first, and what is kept about a person."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.coalitions.addresses import slug_of
from manyhands.foundation.coalitions.next_steps import NextStep
from manyhands.foundation.coalitions.waiting import Waits
from manyhands.foundation.ui.addresses import address_of
from manyhands.foundation.ui.awaiting import Awaiting

from . import policies, rules
from .models import Presence, Response, Statement, VisionRound
from .queries import counted
from .rules import RoundState, StatementState

# --- what other rooms ask -------------------------------------------------------------------------


def _questions_and_statements(actor: Actor, rounds: list[Any]) -> list[Awaiting]:
    found: list[Awaiting] = []
    slug = slug_of(actor.coalition_id)
    for round in rounds:
        left = round.count_live - round.count_mine
        if left > 0 and policies.answer_statements.holds(actor):
            found.append(_question(round, left, slug))
        if round.count_submitted and policies.moderate_statements.holds(actor):
            found.append(_reading(round, slug))
    return found


def rounds_to_look_at(_actor: Actor, moment: Any) -> list[QuerySet[VisionRound]]:
    """Without an open round nothing awaits anybody."""
    return [VisionRound.objects.filter(Q(closes_at=None) | Q(closes_at__gt=moment), state=RoundState.OPEN)]


def _open_rounds(actor: Actor, moment: Any) -> QuerySet[Any]:
    if not policies.answer_statements.holds(actor) and not policies.moderate_statements.holds(actor):
        return VisionRound.objects.none()
    live, submitted = (
        Statement.objects.filter(state=state) for state in (StatementState.LIVE, StatementState.SUBMITTED)
    )
    mine = Response.objects.filter(participant__seat_id=actor.seat_id, statement__state=StatementState.LIVE)
    return VisionRound.objects.filter(Q(closes_at=None) | Q(closes_at__gt=moment), state=RoundState.OPEN).annotate(
        count_live=counted(live, "round"),
        count_submitted=counted(submitted, "round"),
        count_mine=counted(mine, "participant__round"),
    )


#: Questions to everyone that this actor has not answered to the end, and statements they are to read.
awaiting = Waits(_open_rounds, _questions_and_statements)


def _question(round: Any, left: int, slug: str) -> Awaiting:
    text = ngettext("%(n)d statement waits for your answer.", "%(n)d statements wait for your answer.", left)
    return Awaiting(
        kind=_("A question for everyone"),
        title=round.question,
        text=text % {"n": left},
        url=address_of("alignment:card", slug, round.pk),
        action=_("Answer"),
        due=round.closes_at,
    )


def _reading(round: Any, slug: str) -> Awaiting:
    text = ngettext(
        "%(n)d statement waits to be read before others see it.",
        "%(n)d statements wait to be read before others see them.",
        round.count_submitted,
    )
    return Awaiting(
        kind=_("Statements to read"),
        title=round.question,
        text=text % {"n": round.count_submitted},
        url=address_of("alignment:statements", slug, round.pk) + "?state=submitted",
        action=_("Read them"),
        due=round.closes_at,
    )


def next_step(actor: Actor) -> list[NextStep]:
    """What a young coalition can do here first."""
    if not policies.lead_rounds.holds(actor):
        return []
    slug = slug_of(actor.coalition_id)
    return [
        NextStep(
            order=30,
            title=_("Ask everyone one question"),
            text=_("Each member writes what they hope for and answers the others. You see what you already share."),
            url=address_of("alignment:draft_round", slug),
            action=_("Write the question"),
            done_by=VisionRound.objects.exclude(state__in=[RoundState.DRAFT, RoundState.ARRIVING]),
        )
    ]


# --- about one person -----------------------------------------------------------------------------


def personal_data(seats: list[int]) -> dict[str, list[dict[str, Any]]]:
    """What they wrote, how they answered and where they were in the room, by a person's seats here."""
    wrote = Statement.objects.filter(author_id__in=seats).select_related("round").order_by("id")
    answered = Response.objects.filter(participant__seat_id__in=seats).select_related("statement__round")
    return {
        "statements": [
            {"question": each.round.question, "statement": each.text, "state": each.state, "at": _when(each.written_at)}
            for each in wrote
        ],
        "answers": [
            {
                "question": each.statement.round.question,
                "statement": each.statement.text,
                "answer": next(word for word, value in rules.ANSWERS.items() if value == each.answer),
                "important": each.is_important,
                "at": _when(each.answered_at),
            }
            for each in answered.order_by("id")
        ],
        "live_rounds": [
            {"question": each.live.round.question, "came": _when(each.came_at)}
            for each in Presence.objects.filter(seat_id__in=seats).select_related("live__round").order_by("id")
        ],
    }


def _when(at: Any) -> str:
    return str(at.isoformat())
