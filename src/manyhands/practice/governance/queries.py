"""What governance can be asked. Every function reads; none writes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db.models import (
    Case,
    Count,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from manyhands.foundation.access.rules import Actor, Visitor
from manyhands.foundation.access.together import ask_together
from manyhands.foundation.access.written import RowsForActor, RowsOfWords
from manyhands.foundation.coalitions.models import Membership, Organization

from . import rules
from .asking import Asking, Member, register_who_was_asked, who_was_asked
from .models import (
    DecisionKind,
    DecisionRule,
    Dissent,
    Eligibility,
    GoalSponsor,
    NamedGoal,
    Proposal,
    SharedGoal,
    Stance,
)

#: For the room above that says who was asked.
__all__ = ["Asking", "Member", "register_who_was_asked", "who_was_asked"]

#: Doubts stand above applause.
DOUBTS_FIRST = ("block", "against", "aside", "for")


@dataclass(frozen=True)
class Raised:
    """One member's hand: an organization with its votes, and its stance if it has one."""

    organization: Organization
    votes: int
    stance: Stance | None


# --- rules ----------------------------------------------------------------------------------------


def rules_in_force() -> list[DecisionRule]:
    """The live rule of every kind, the ordinary one first; kinds the coalition has set no rule for are left out."""
    live = {rule.kind: rule for rule in DecisionRule.objects.filter(superseded_at=None)}
    return [live[kind] for kind in DecisionKind.values if kind in live]


def rule_in_force(kind: str) -> DecisionRule | None:
    """The live rule of one kind, or None while the coalition has set none."""
    return DecisionRule.objects.filter(kind=kind, superseded_at=None).first()


# --- proposals ------------------------------------------------------------------------------------


def proposals(actor: Actor | Visitor) -> QuerySet[Proposal]:
    """Every proposal, open ones first and soonest closing first; drafts only for those who put them forward.

    Each has ``count_stances``, ``count_eligible`` and ``count_dissents``.
    """
    open_first = Case(
        When(state="decide", then=Value(0)),
        When(state__in=["react", "clarify"], then=Value(1)),
        When(state="draft", then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    same = {"proposal": OuterRef("pk")}
    # Counted each on its own: joined, every stance would meet every eligible organization and every dissent.
    rows = Proposal.objects.select_related("put_forward_by__organization", "rule", "goal", "serves_goal").annotate(
        count_stances=_count_of(Stance.objects.filter(**same, replaced_at=None)),
        count_eligible=_count_of(Eligibility.objects.filter(**same)),
        count_dissents=_count_of(Dissent.objects.filter(**same)),
        openness=open_first,
    )
    if not actor.has_any("facilitator", "coordinator"):
        rows = rows.exclude(~Q(put_forward_by_id=actor.seat_id), state="draft")
    latest = F("decided_at").desc(nulls_first=True)
    return rows.order_by("openness", latest, F("closes_at").asc(nulls_last=True), "-number")


proposal_list = RowsForActor(lambda actor, _now: proposals(actor))
#: The proposal that closes next of those on which members take a stance, if there is any.
closing_next = RowsOfWords(lambda: proposals(Visitor()).filter(state="decide")[:1])


def current_stances(proposal: Proposal) -> QuerySet[Stance]:
    """The stance of each organization that has one, doubts first, with who spoke and what was answered."""
    order = Case(*(When(choice=choice, then=Value(place)) for place, choice in enumerate(DOUBTS_FIRST)))
    return (
        Stance.objects.filter(proposal=proposal, replaced_at=None)
        .select_related("organization", "seat", "replied_by", "dissent")
        .order_by(order, "-taken_at", "-id")
    )


def every_stance(proposal: Proposal) -> QuerySet[Stance]:
    """What was ever said on a proposal, newest first; not asked yet, so that a page can ask it with others."""
    spoken = Stance.objects.filter(proposal=proposal).select_related("organization", "seat", "replied_by", "dissent")
    return spoken.order_by("-taken_at", "-id")


def now_and_earlier(spoken: Iterable[Stance]) -> tuple[list[Stance], list[Stance]]:
    """What each organization says now, doubts first, and what was said before, newest first; from `every_stance`."""
    current: list[Stance] = []
    earlier: list[Stance] = []
    for stance in spoken:
        (current if stance.replaced_at is None else earlier).append(stance)
    current.sort(key=lambda stance: DOUBTS_FIRST.index(stance.choice))
    earlier.sort(key=lambda stance: (stance.replaced_at, stance.pk), reverse=True)
    return current, earlier


def organizations_apart(goal_id: int | None) -> set[int]:
    """Organizations that are here for named goals only, and not for this one; with None, for anything not named."""
    goals: dict[int, set[int]] = {}
    for organization, goal in NamedGoal.objects.values_list("organization_id", "goal_id"):
        goals.setdefault(organization, set()).add(goal)
    return {organization for organization, mine in goals.items() if goal_id not in mine}


def joined_for() -> dict[int, list[SharedGoal]]:
    """The goals of each organization that is here for named goals only, by organization."""
    found: dict[int, list[SharedGoal]] = {}
    for named in NamedGoal.objects.select_related("goal"):
        found.setdefault(named.organization_id, []).append(named.goal)
    return found


def votes_by_organization(proposal: Proposal) -> dict[int, int]:
    """Votes of every organization that may take a stance, as frozen when the decide phase opened."""
    return dict(Eligibility.objects.filter(proposal=proposal).values_list("organization_id", "votes"))


def verdict(proposal: Proposal, stances: Iterable[Stance], eligible: Mapping[int, int]) -> rules.Verdict:
    """What these stances decide under the proposal's own rule.

    Raises
    ------
    ValueError
        For a draft: it has no rule yet.
    """
    votes: dict[str, int] = {}
    for stance in stances:
        votes[stance.choice] = votes.get(stance.choice, 0) + eligible.get(stance.organization_id, 0)
    if proposal.rule is None:
        raise ValueError(f"proposal {proposal.pk} has no rule before it is opened")
    return rules.decide(votes, eligible=sum(eligible.values()), terms=proposal.rule.terms)


def hands(stances: Iterable[Stance], eligible: Iterable[Eligibility]) -> list[Raised]:
    """Every eligible organization: for, aside, against or blocking, then those without a stance."""
    by_organization = {stance.organization_id: stance for stance in stances}
    raised = [Raised(row.organization, row.votes, by_organization.get(row.organization_id)) for row in eligible]
    places = {choice: place for place, choice in enumerate(reversed(DOUBTS_FIRST))}
    return sorted(raised, key=lambda hand: places[hand.stance.choice] if hand.stance else len(places))


def dissents() -> QuerySet[Dissent]:
    """Every dissent on record, newest first, with its words, its answer and its proposal."""
    return Dissent.objects.select_related(
        "stance__seat", "stance__replied_by", "organization", "proposal__put_forward_by"
    )


# --- goals ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Serving:
    """How many adopted decisions serve a shared goal, of how many; those that adopt a goal are left out."""

    with_goal: int
    of: int

    @property
    def without(self) -> int:
        return self.of - self.with_goal


def serving_goals() -> Serving:
    """Whether what we decide serves what we agreed on. One query."""
    adopted = Proposal.objects.filter(state__in=["adopted", "adopted with dissent"]).exclude(kind=DecisionKind.GOAL)
    counted = adopted.aggregate(of=Count("pk"), with_goal=Count("serves_goal"))
    return Serving(counted["with_goal"], counted["of"])


def adopted_goals() -> QuerySet[SharedGoal]:
    """Goals that are everybody's: adopted, or reached since."""
    return SharedGoal.objects.filter(state__in=["adopted", "reached"]).select_related("proposal")


@dataclass(frozen=True)
class GoalsOfMember:
    """What one member says of our adopted goals."""

    #: Goals it stands for, or had agreed to when they were adopted.
    endorsed: list[SharedGoal]
    #: Those among the goals it is here for that it has not endorsed.
    not_endorsed: list[SharedGoal]
    #: The goals for which it joined, where it joined for named goals only.
    only_for: list[SharedGoal]


def goals_of_members(only: int | None = None) -> dict[int, GoalsOfMember]:
    """What each active member, or one of them, says of our adopted goals. One query, however many there are.

    A member endorses a goal if it stands for it, or if its last word on the proposal that adopted it was "for".
    """
    goals: QuerySet[Any] = SharedGoal.objects.filter(state=SharedGoal.State.ADOPTED)
    here = {} if only is None else {"organization_id": only}
    members = Membership.objects.filter(state="active", **here).order_by().values_list("organization_id", flat=True)
    stood = GoalSponsor.objects.filter(goal__state=SharedGoal.State.ADOPTED, **here)
    agreed = Stance.objects.filter(replaced_at=None, choice=Stance.Choice.FOR, proposal__goal__state="adopted", **here)
    rows = [
        _pairs(stood, "goal_id"),
        _pairs(agreed, "proposal__goal_id"),
        _pairs(NamedGoal.objects.filter(**here), "goal_id"),
    ]
    ask_together(goals, members, *rows)
    endorsed, named = _by_member(*rows[:2]), _by_member(rows[2])
    return {
        pk: GoalsOfMember(
            endorsed=[goal for goal in goals if goal.pk in endorsed[pk]],
            not_endorsed=[
                goal for goal in goals if goal.pk not in endorsed[pk] and (not named[pk] or goal.pk in named[pk])
            ],
            only_for=[goal for goal in goals if goal.pk in named[pk]],
        )
        for pk in members
    }


def _pairs(rows: QuerySet[Any], goal: str) -> QuerySet[Any]:
    """Who said it, and of which goal."""
    return rows.order_by().values_list("organization_id", goal)


def _by_member(*said: Iterable[tuple[int, int]]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    for organization, goal in chain(*said):
        found[organization].add(goal)
    return found


def sponsors(goal: SharedGoal) -> QuerySet[GoalSponsor]:
    """Who stands for a goal, the longest first."""
    return GoalSponsor.objects.filter(goal=goal).select_related("organization", "seat")


# --- what is known of a person --------------------------------------------------------------------


def about_seats(seat_ids: list[int]) -> dict[str, list]:
    """What governance keeps that these seats said or did, for the person's own download."""
    return {
        "proposals": list(Proposal.objects.filter(put_forward_by__in=seat_ids).values("number", "title", "text")),
        "stances": list(
            Stance.objects.filter(seat__in=seat_ids).values("proposal__title", "choice", "reason", "taken_at")
        ),
        "answers": list(Stance.objects.filter(replied_by__in=seat_ids).values("proposal__title", "reply")),
    }


def with_turnout(goals: QuerySet[SharedGoal]) -> QuerySet[SharedGoal]:
    """Goals with ``count_stances`` organizations that took a stance on their proposal, of ``count_eligible``."""
    same = {"proposal": OuterRef("proposal")}
    return goals.annotate(
        count_stances=_count_of(Stance.objects.filter(**same, replaced_at=None)),
        count_eligible=_count_of(Eligibility.objects.filter(**same)),
    )


def _count_of(rows: QuerySet) -> Coalesce:
    """Counted beside the outer row, because joining both would multiply them."""
    return Coalesce(Subquery(rows.order_by().values("proposal").annotate(n=Count("pk")).values("n")), 0)


def active_members() -> QuerySet[Membership]:
    """Of the organizations that would have a voice if a proposal went to the decision now."""
    return Membership.objects.filter(state="active", votes__gt=0)
