"""What governance tells the rest of the house."""

from dataclasses import dataclass

from manyhands.foundation.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class RuleSet(Event):
    """The rule for a kind of decision was set, or replaced."""

    rule_id: int
    of: str


@dataclass(frozen=True, kw_only=True)
class ProposalPutForward(Event):
    """A proposal was written down as a draft."""

    proposal_id: int
    about_kind: str
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class ProposalTextChanged(Event):
    """A proposal got a new version of its text."""

    proposal_id: int
    version: int


@dataclass(frozen=True, kw_only=True)
class PhaseOpened(Event):
    """A proposal entered its next phase."""

    proposal_id: int
    phase: str
    eligible: int = 0


@dataclass(frozen=True, kw_only=True)
class StanceTaken(Event):
    """An organization took a stance on a proposal, or changed it."""

    proposal_id: int
    organization_id: int
    is_change: bool


@dataclass(frozen=True, kw_only=True)
class ConsultationRecorded(Event):
    """Somebody who knows about the matter was asked about a proposal."""

    proposal_id: int
    has_come: bool


@dataclass(frozen=True, kw_only=True)
class JoinedForGoals(Event):
    """An organization said that it is here for named goals only, or for all of them again."""

    organization_id: int
    count: int


@dataclass(frozen=True, kw_only=True)
class ProposalDecided(Event):
    """A proposal was closed and its outcome entered in the decision register."""

    proposal_id: int
    outcome: str
    eligible: int
    cast: int
    dissents: int


@dataclass(frozen=True, kw_only=True)
class ProposalWithdrawn(Event):
    """A proposal was taken back before it was decided."""

    proposal_id: int


@dataclass(frozen=True, kw_only=True)
class DoubtAnswered(Event):
    """A member's doubt about a proposal got an answer."""

    proposal_id: int
    stance_id: int


@dataclass(frozen=True, kw_only=True)
class DissentRecorded(Event):
    """An organization put its doubt about an adopted proposal on record."""

    proposal_id: int
    dissent_id: int


@dataclass(frozen=True, kw_only=True)
class DissentReviewed(Event):
    """A dissent was looked at again."""

    proposal_id: int
    dissent_id: int


@dataclass(frozen=True, kw_only=True)
class DecisionReviewed(Event):
    """A decision was looked at again: reaffirmed, changed or repealed."""

    proposal_id: int
    finding: str


@dataclass(frozen=True, kw_only=True)
class GoalAdopted(Event):
    """A shared goal was adopted by a proposal."""

    goal_id: int
    proposal_id: int


@dataclass(frozen=True, kw_only=True)
class GoalStoodFor(Event):
    """An organization stands for a shared goal, or no longer does."""

    goal_id: int
    organization_id: int
    stands: bool
    #: Where it was said, while the goal was not adopted.
    proposal_id: int = 0


@dataclass(frozen=True, kw_only=True)
class GoalFinished(Event):
    """A shared goal was reached or retired."""

    goal_id: int
    state: str
