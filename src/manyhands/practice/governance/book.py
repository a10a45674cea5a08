"""How this room's lines read in the book."""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.foundation.ledger.sentences import register_sentence, register_titles
from manyhands.foundation.ui.addresses import address_of

from . import events
from .models import Proposal, SharedGoal

Facts = dict

PHASES = {
    "clarify": _("Opened {proposal_id} for questions."),
    "react": _("Asked the members how they feel about {proposal_id}."),
    "decide": _("Put {proposal_id} to the decision."),
}
OUTCOMES = {
    "adopted": _("Adopted: {proposal_id}."),
    "adopted with dissent": _("Adopted with dissent on record: {proposal_id}."),
    "not adopted": _("Not adopted: {proposal_id}."),
    "no quorum": _("Too few took part to decide {proposal_id}."),
}
FINDINGS = {
    "reaffirmed": _("Looked at {proposal_id} again: it stands."),
    "changed": _("Looked at {proposal_id} again: it needs a change."),
    "repealed": _("Looked at {proposal_id} again, and repealed it."),
}
FINISHED = {"reached": _("Reached the goal {goal_id}."), "retired": _("Retired the goal {goal_id}.")}


def register() -> None:
    """Called once, when the room is set up. A proposal is named once it has left the draft."""
    opened = Proposal.objects.exclude
    register_titles("proposal_id", lambda: opened(opened_at=None), "title", otherwise=_("a draft"))
    public = SharedGoal.objects.filter
    register_titles("goal_id", lambda: public(state__in=["adopted", "reached"]), "title", otherwise=_("a goal"))
    proposal, goal = _page("governance:proposal", "proposal_id"), _page("plans:goal", "goal_id")
    dissent = _page("governance:dissent", "dissent_id")
    for event, template, url in [
        (events.RuleSet, _("Set the rule for a kind of decision."), _rules),
        (events.ProposalPutForward, _("Wrote down {proposal_id} as a proposal."), proposal),
        (events.ProposalTextChanged, _("Wrote a new version of {proposal_id}."), proposal),
        (events.PhaseOpened, _by("phase", PHASES), proposal),
        (events.StanceTaken, _stance, proposal),
        (events.ProposalDecided, _by("outcome", OUTCOMES), proposal),
        (
            events.ConsultationRecorded,
            _("Wrote down who was asked about {proposal_id}."),
            _page("governance:voices", "proposal_id"),
        ),
        (events.ProposalWithdrawn, _("Took back {proposal_id}."), proposal),
        (events.DoubtAnswered, _("Answered a doubt about {proposal_id}."), proposal),
        (events.DissentRecorded, _("Put a doubt about {proposal_id} on record."), dissent),
        (events.DissentReviewed, _("Looked again at a dissent about {proposal_id}."), dissent),
        (events.DecisionReviewed, _by("finding", FINDINGS), proposal),
        (events.GoalAdopted, _("We adopted the goal {goal_id}."), goal),
        (events.GoalStoodFor, _stood_for, _stood_for_page),
        (events.JoinedForGoals, _("Said for which goals {organization_id} is here."), _joined_for),
        (events.GoalFinished, _by("state", FINISHED), goal),
    ]:
        register_sentence(event, template, url)


def _page(name: str, fact: str) -> Callable[[LedgerEntry, str], str]:
    return lambda entry, slug: address_of(name, slug, entry.facts[fact])


def _joined_for(entry: LedgerEntry, slug: str) -> str:
    return address_of("governance:joined_for", slug)


def _rules(entry: LedgerEntry, slug: str) -> str:
    return address_of("governance:how_we_decide", slug)


def _by(fact: str, sentences: dict) -> Callable[[Facts], str]:
    return lambda facts: str(sentences[facts[fact]]).format(**facts)


def _stood_for_page(entry: LedgerEntry, slug: str) -> str:
    """The plan of a goal, or the proposal while it had no plan."""
    proposal_id = entry.facts.get("proposal_id")
    if proposal_id:
        return address_of("governance:proposal", slug, proposal_id)
    return address_of("plans:goal", slug, entry.facts["goal_id"])


def _stance(facts: Facts) -> str:
    said = _("Changed a stance on {proposal_id}.") if facts["is_change"] else _("Took a stance on {proposal_id}.")
    return str(said).format(**facts)


def _stood_for(facts: Facts) -> str:
    stands, rests = _("{organization_id} stands for {goal_id}."), _("{organization_id} no longer stands for {goal_id}.")
    return str(stands if facts["stands"] else rests).format(**facts)
