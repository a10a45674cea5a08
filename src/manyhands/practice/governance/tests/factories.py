"""Proposals in every phase, made through the actions that people use."""

from datetime import timedelta

from django.utils.timezone import now

from manyhands.practice.alignment.models import VisionRound
from manyhands.practice.alignment.tests.factories import open_round
from manyhands.practice.governance import actions
from manyhands.practice.governance.models import Proposal
from manyhands.practice.governance.rules import Terms

#: Who put proposals of these factories forward.
PROPOSER = "ben"


def draft(world, **words) -> Proposal:
    words = {"title": "Close three more streets", "text": "We close them.\n\n- from March\n- to June"} | words
    return actions.put_forward_proposal(actor=world.actor[PROPOSER], **words)


def in_phase(world, phase: str, *, notice_days: int = 0, closes_in: timedelta = timedelta(days=6), **words) -> Proposal:
    """A proposal in "clarify", "react" or "decide", under a rule of half and two thirds."""
    kind = words.get("kind", "ordinary")
    actions.set_rule(actor=world.actor["amina"], kind=kind, name="Charter 4.2", terms=Terms(), notice_days=notice_days)
    proposal = draft(world, **words)
    for step in ("clarify", "react", "decide"):
        if step == "decide" and proposal.goal is not None:
            make_ready(world, proposal)
        closes_at = now() + closes_in if step == "decide" else None
        proposal = actions.advance_proposal(actor=world.actor["mei"], proposal=proposal, to=step, closes_at=closes_at)
        if step == phase:
            break
    return proposal


def make_ready(world, proposal: Proposal) -> None:
    """Let everyone be asked, and two organizations stand for the goal."""
    if not VisionRound.objects.exists():
        open_round(world)
    for who in ("amina", "mei"):
        actions.stand_for_goal(actor=world.actor[who], goal=proposal.goal)


def take(world, proposal: Proposal, **choices: str) -> None:
    """``take(world, proposal, ben="for", joan="against")``."""
    for who, choice in choices.items():
        reason = "It harms us." if choice in {"block", "against"} else ""
        actions.take_stance(actor=world.actor[who], proposal=proposal, choice=choice, reason=reason)


ALL = {"amina": "for", "ben": "for", "mei": "for", "rosa": "for", "omar": "aside", "joan": "against"}


def decided(world, choices=ALL, **words) -> Proposal:
    proposal = in_phase(world, "decide", **words)
    take(world, proposal, **choices)
    return actions.close_proposal(actor=world.actor["mei"], proposal=proposal)
