"""Who may do what with rules, proposals, stances, dissent and shared goals. One function, one sentence each."""

from manyhands.foundation.access.rules import Actor, permission
from manyhands.foundation.coalitions.models import Organization

from .models import Dissent, Proposal, SharedGoal

#: Those who speak for an organization.
VOICES = ("representative", "alternate")


def _speaks(actor: Actor) -> bool:
    return actor.organization_id is not None and actor.has_any(*VOICES)


def _put_it_forward(actor: Actor, proposal: Proposal) -> bool:
    return actor.seat_id is not None and actor.seat_id == proposal.put_forward_by_id


@permission("Set the rule by which a kind of decision is made.")
def set_rule(actor: Actor) -> bool:
    return actor.has_any("coordinator") or bool(actor.system)


@permission("Start from the first rules of the house where the coalition has set none.")
def ensure_rules(actor: Actor) -> bool:
    return actor.has_any(*VOICES, "coordinator", "facilitator") or bool(actor.system)


@permission("Put a proposal forward.")
def put_forward_proposal(actor: Actor, serves_goal: SharedGoal | None = None) -> bool:
    return actor.has_any(*VOICES, "coordinator", "facilitator")


@permission("Change the text of a proposal before it is put to the decision.")
def change_text(actor: Actor, proposal: Proposal) -> bool:
    return _put_it_forward(actor, proposal) or actor.has_any("facilitator")


@permission("Open the next phase of a proposal, and set the day on which it closes.")
def advance_proposal(actor: Actor, proposal: Proposal) -> bool:
    return _put_it_forward(actor, proposal) or actor.has_any("facilitator", "coordinator")


@permission("Take a stance on a proposal for one's own organization.")
def take_stance(actor: Actor, proposal: Proposal) -> bool:
    return _speaks(actor)


@permission("Write down who was asked about a proposal, and what changed because of it.")
def record_consulted(actor: Actor, proposal: Proposal) -> bool:
    return _speaks(actor)


@permission("Close a proposal and write its outcome into the decision register.")
def close_proposal(actor: Actor, proposal: Proposal) -> bool:
    return _put_it_forward(actor, proposal) or actor.has_any("facilitator") or bool(actor.system)


@permission("Withdraw a proposal before it is decided.")
def withdraw_proposal(actor: Actor, proposal: Proposal) -> bool:
    return _put_it_forward(actor, proposal) or actor.has_any("coordinator")


@permission("Answer a member's doubt, before or after the decision.")
def answer_doubt(actor: Actor, proposal: Proposal) -> bool:
    return _put_it_forward(actor, proposal) or actor.has_any("facilitator", "coordinator")


@permission("Put the doubt of one's own organization on record as dissent.")
def record_dissent(actor: Actor, proposal: Proposal) -> bool:
    return _speaks(actor)


@permission("Say what came of a dissent when it was looked at again.")
def review_dissent(actor: Actor, dissent: Dissent) -> bool:
    return actor.has_any("facilitator", "coordinator")


@permission("Review a decision: keep it, say that it was changed, or repeal it.")
def review_decision(actor: Actor, proposal: Proposal) -> bool:
    return actor.has_any("facilitator", "coordinator")


@permission("Stand for a shared goal with one's own organization, or step back from it.")
def stand_for_goal(actor: Actor, goal: SharedGoal) -> bool:
    return _speaks(actor)


@permission("Say for which goals only an organization is here.")
def join_for_goals(actor: Actor, organization: Organization | None = None) -> bool:
    own = organization is None or organization.pk == actor.organization_id
    return actor.has_any("coordinator") or (own and _speaks(actor))


@permission("Say that a shared goal is reached, or retire it.")
def finish_goal(actor: Actor, goal: SharedGoal) -> bool:
    return actor.has_any("coordinator")
