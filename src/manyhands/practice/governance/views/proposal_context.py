"""What the page of a proposal shows: counts, sentences, and what this person may do."""

from typing import Any

from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from manyhands.foundation.access.together import ask_together
from manyhands.foundation.coalitions.models import Membership
from manyhands.foundation.ui.offers import offers_for
from manyhands.foundation.ui.remarks import RemarksOn
from manyhands.foundation.ui.sources import source_of
from manyhands.practice.governance import policies, queries, rules, sentences
from manyhands.practice.governance.asking import who_was_asked
from manyhands.practice.governance.forms import ClosingForm, ReviewForm, StanceForm
from manyhands.practice.governance.models import Eligibility, GoalSponsor, Proposal, ProposalVersion, Stance
from manyhands.practice.governance.queries import Raised
from manyhands.practice.governance.steps import earliest_closing, notice_ends
from manyhands.practice.governance.voices import interests_beside, roles_in
from manyhands.practice.governance.wording import marked
from manyhands.practice.stakeholders.coverage.queries import disclosed_now

#: More stances than this are shown on demand.
FIRST = 6


def proposal_context(
    request: HttpRequest,
    proposal: Proposal,
    stance_form: StanceForm | None = None,
    closing_form: ClosingForm | None = None,
    review_form: ReviewForm | None = None,
) -> dict[str, Any]:
    """Everything the page shows."""
    may = Eligibility.objects.select_related("organization")
    version_rows, spoken, may = (
        ProposalVersion.objects.filter(proposal=proposal),
        queries.every_stance(proposal) if proposal.decide_at else Stance.objects.none(),
        may.filter(proposal=proposal) if proposal.decide_at else may.none(),
    )
    sponsors = queries.sponsors(proposal.goal) if proposal.goal else GoalSponsor.objects.none()
    disclosed, remarks = disclosed_now(), RemarksOn("proposal", request, proposal)
    members = queries.active_members() if proposal.state in {"draft", "clarify", "react"} else Membership.objects.none()
    ask_together(version_rows, spoken, may, sponsors, disclosed, members, *remarks.questions)
    versions = list(version_rows)
    stances, earlier = queries.now_and_earlier(spoken)
    hands = queries.hands(stances, may)
    own = next((s for s in stances if s.organization_id == request.actor.organization_id), None)
    return {
        "proposal": proposal,
        "phases": _phases(proposal, len(versions)),
        "blocks": marked(versions[0].text, proposal.text),
        "versions": versions,
        "thanks": [version.because for version in versions if version.because],
        **_standing(proposal, stances, hands),
        **_shown_stances(request, stances),
        "own_stance": own,
        "source": source_of(request, proposal.source),
        **(goal := _goal(request, proposal, list(sponsors))),
        "interests": interests_beside(
            proposal,
            disclosed,
            sponsors=[sponsor.organization_id for sponsor in goal["sponsors"]],
            voters=[hand.organization.pk for hand in hands],
            stances=[stance.organization_id for stance in stances],
        ),
        "roles": roles_in(stances),
        "remarks": remarks.told(),
        "active_members": len(members),
        "earlier": earlier,
        "goal_doors": offers_for("shared_goal", request, proposal.goal) if proposal.goal else [],
        "served_doors": offers_for("shared_goal", request, proposal.serves_goal) if proposal.serves_goal else [],
        **_may(request, proposal, hands, stances, own),
        # What someone wrote comes back to them, also when it came too late.
        "refused_stance": stance_form is not None and bool(stance_form.errors),
        "stance_form": stance_form or StanceForm(initial={"choice": own.choice, "reason": own.reason} if own else None),
        "closing_form": closing_form or ClosingForm(earliest=earliest_closing(proposal)),
        "notice_ends": notice_ends(proposal) if proposal.opened_at else None,
        "review_form": review_form or ReviewForm(),
        "notice_days": (proposal.closes_at - proposal.opened_at).days
        if proposal.closes_at and proposal.opened_at
        else None,
    }


def _goal(request: HttpRequest, proposal: Proposal, sponsors: list[GoalSponsor]) -> dict[str, Any]:
    """Of a goal: who stands for it, and, until it is decided, whether everyone was asked."""
    if proposal.goal is None:
        return {"sponsors": []}
    undecided = proposal.state in {"draft", *Proposal.OPEN}
    asking = who_was_asked() if undecided else None
    return {
        "sponsors": sponsors,
        "needs_sponsors": undecided and len(sponsors) < rules.LEAST_SPONSORS,
        "stands": any(sponsor.organization_id == request.actor.organization_id for sponsor in sponsors),
        "may_stand": undecided and policies.stand_for_goal.holds(request.actor, proposal.goal),
        "asking": asking,
        "asking_url": asking.url(request.coalition.slug) if asking else "",
    }


def _standing(proposal: Proposal, stances: list[Stance], hands: list[Raised]) -> dict[str, Any]:
    """The row of hands with its sentences; nothing before the decide phase."""
    if proposal.rule is None or not proposal.decide_at:
        return {"hands": [], "verdict": None}
    verdict = queries.verdict(proposal, stances, {hand.organization.pk: hand.votes for hand in hands})
    opposed = sum(stance.choice in {"against", "block"} for stance in stances)
    return {
        "hands": _with_quorum_line(hands, verdict.quorum),
        "verdict": verdict,
        "heading": sentences.heading(hands, verdict),
        "counts": sentences.counts(hands),
        "asks": sentences.what_rule_asks(proposal.rule, verdict),
        "outlook": sentences.as_it_stands(verdict, opposed),
        "outcome": sentences.outcome(proposal) if proposal.is_decided else "",
        "unequal": any(hand.votes != 1 for hand in hands),
    }


def _with_quorum_line(hands: list[Raised], quorum: int) -> list[tuple[Raised, bool]]:
    """Each hand, and whether the quorum line stands behind it."""
    reached, marked_hands, drawn = 0, [], False
    for hand in hands:
        reached += hand.votes
        line = not drawn and reached >= quorum
        drawn = drawn or line
        marked_hands.append((hand, line))
    return marked_hands


def _shown_stances(request: HttpRequest, stances: list[Stance]) -> dict[str, Any]:
    """The stances of the chosen kind, doubts first, and how many there are of each."""
    wanted = request.GET.get("show", "")
    wanted = wanted if wanted in Stance.Choice.values else ""
    fitting = [stance for stance in stances if not wanted or stance.choice == wanted]
    everything = "all" in request.GET or len(fitting) <= FIRST
    chips = [
        (choice.value, label, sum(stance.choice == choice for stance in stances))
        for choice, label in (
            (Stance.Choice.FOR, _("For")),
            (Stance.Choice.ASIDE, _("Aside")),
            (Stance.Choice.AGAINST, _("Against")),
            (Stance.Choice.BLOCK, _("Block")),
        )
    ]
    return {
        "stances": fitting if everything else fitting[:FIRST],
        "count_fitting": len(fitting),
        "count_stances": len(stances),
        "shows": wanted,
        "chips": [chip for chip in chips if chip[2]],
    }


def _may(
    request: HttpRequest, proposal: Proposal, hands: list[Raised], stances: list[Stance], own: Stance | None
) -> dict[str, Any]:
    actor = request.actor
    has_vote = any(hand.organization.pk == actor.organization_id for hand in hands)
    complete = proposal.state == "decide" and (now() >= proposal.closing or len(stances) == len(hands))
    undecided = proposal.state in {"draft", *Proposal.OPEN}
    has_dissent = own is not None and getattr(own, "dissent", None) is not None
    return {
        "may_take_stance": proposal.takes_stances and has_vote and policies.take_stance.holds(actor, proposal),
        "may_advance": policies.advance_proposal.holds(actor, proposal) and rules.next_phase(proposal.state),
        "next_phase": rules.next_phase(proposal.state),
        "may_change": proposal.state in {"draft", "clarify", "react"} and policies.change_text.holds(actor, proposal),
        "may_close": complete and policies.close_proposal.holds(actor, proposal),
        "may_withdraw": undecided and policies.withdraw_proposal.holds(actor, proposal),
        "may_answer": policies.answer_doubt.holds(actor, proposal),
        "may_review": proposal.is_adopted
        and proposal.force != "repealed"
        and policies.review_decision.holds(actor, proposal),
        "may_record_dissent": proposal.is_adopted and own is not None and own.is_doubt and not has_dissent,
        "complete": complete,
    }


def _phases(proposal: Proposal, versions: int) -> list[tuple[str, str, str]]:
    """Clarify, react, decide: where it is, from when to when."""
    changes = versions - 1
    changed = _("The text has not changed.")
    if changes:
        times = ngettext("The text changed once.", "The text changed %(n)s times.", changes)
        changed = times % {"n": sentences.in_words(changes)}
    begun = [proposal.opened_at, proposal.react_at, proposal.decide_at]
    ended = [proposal.react_at, proposal.decide_at, proposal.decided_at]
    texts = [_("Ask what it means."), _("Say what you think; the text may change."), _("Each member takes a stance.")]
    phases = []
    for place, (name, label) in enumerate((("clarify", _("Clarify")), ("react", _("React")), ("decide", _("Decide")))):
        state, text = "", texts[place]
        if proposal.state == name:
            state = "now"
            since = date_format(localtime(begun[place]), "j F")
            text = _("Since %(day)s.") % {"day": since} + " " + text
            if name == "decide":
                until = date_format(localtime(proposal.closing), "l j F, H:i")
                text = _("Until %(day)s.") % {"day": until} + " " + sentences.time_left(proposal)
        elif ended[place] and begun[place]:
            state = "done"
            first, last = localtime(begun[place]), localtime(ended[place])
            text = _("%(first)s to %(last)s.") % {"first": date_format(first, "j F"), "last": date_format(last, "j F")}
            text += " " + changed if name == "react" else ""
            text += " " + sentences.outcome(proposal) + "." if name == "decide" else ""
        phases.append((label, state, text))
    return phases
