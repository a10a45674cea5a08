"""Pages that show many: decisions, the register, dissents."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from manyhands.foundation.access.rules import seated
from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.lists import ListPage
from manyhands.practice.governance import policies, queries
from manyhands.practice.governance.models import DecisionKind, Dissent, Proposal
from manyhands.practice.governance.waiting import waiting_ids


@require_GET
@allow(seated)
def decisions(request: HttpRequest, coalition: str) -> HttpResponse:
    """Every proposal, those that wait for members first."""
    listed = ListPage(
        request,
        queries.proposal_list,
        search=["title", "summary", "text"],
        filters={
            "state": (_("Where it is"), Proposal.State.choices, "state"),
            "kind": (_("What is decided"), DecisionKind.choices, "kind"),
        },
    )
    if listed.wants_csv:
        header = [
            _("Number"),
            _("Title"),
            _("What is decided"),
            _("Where it is"),
            _("Stances"),
            _("Of"),
            _("Closes"),
            _("Decided"),
        ]
        return listed.csv_response("decisions.csv", header, _decision_row)
    waiting = waiting_ids(request.actor)
    context = {
        "decisions": listed,
        "waiting": waiting,
        "may_put_forward": policies.put_forward_proposal.holds(request.actor),
    }
    return render(request, "governance/decisions.html", context)


@require_GET
@allow(seated)
def register(request: HttpRequest, coalition: str) -> HttpResponse:
    """What was decided, when, under which rule, with how much dissent."""
    decided = queries.proposals(request.actor).filter(state__in=Proposal.DECIDED)
    outcomes = [(value, label) for value, label in Proposal.State.choices if value in Proposal.DECIDED]
    listed = ListPage(
        request,
        decided,
        search=["title", "summary"],
        filters={
            "outcome": (_("Outcome"), outcomes, "state"),
            "force": (_("Today"), Proposal.Force.choices, "force"),
            "serves": (
                _("Serves"),
                [("goal", _("A shared goal")), ("none", _("No shared goal"))],
                lambda rows, value: rows.exclude(kind=DecisionKind.GOAL).filter(serves_goal__isnull=value == "none"),
            ),
        },
        sorts={
            "decided": (_("Decided"), "decided_at"),
            "number": (_("Number"), "number"),
            "title": (_("Decision"), "title"),
            "review": (_("Looked at again"), "review_on"),
        },
        default_sort="-decided",
    )
    if listed.wants_csv:
        header = [
            _("Number"), _("Decision"), _("Outcome"), _("Decided"), _("Rule"), _("Stances"), _("Of"), _("Dissents"),
            _("Today"), _("Looked at again"), _("Serves"),
        ]  # fmt: skip
        return listed.csv_response("decision-register.csv", header, _register_row)
    return render(request, "governance/register.html", {"decided": listed, "serving": queries.serving_goals()})


@require_GET
@allow(seated)
def dissents(request: HttpRequest, coalition: str) -> HttpResponse:
    """Disagreement that we keep beside what we decided."""
    listed = ListPage(
        request,
        queries.dissents(),
        search=["stance__reason", "organization__name", "proposal__title"],
        filters={"state": (_("Where it is"), Dissent.State.choices, "state")},
        sorts={"number": (_("Number"), "number")},
        default_sort="-number",
    )
    if listed.wants_csv:
        header = [
            _("Number"),
            _("Decision"),
            _("Organization"),
            _("Reason"),
            _("Answer"),
            _("Looked at again on"),
            _("Where it is"),
        ]
        return listed.csv_response("dissents.csv", header, _dissent_row)
    return render(request, "governance/dissents.html", {"dissents": listed})


def _decision_row(p: Proposal) -> list:
    closes, decided = (moment.isoformat() if moment else "" for moment in (p.closes_at, p.decided_at))
    return [
        p.number,
        p.title,
        p.get_kind_display(),
        p.get_state_display(),
        p.count_stances,
        p.count_eligible,
        closes,
        decided,
    ]


def _register_row(p: Proposal) -> list:
    return [
        p.number,
        p.title,
        p.get_state_display(),
        p.decided_at.isoformat() if p.decided_at else "",
        p.rule.name if p.rule else "",
        p.count_stances,
        p.count_eligible,
        p.count_dissents,
        p.get_force_display(),
        p.review_on or "",
        p.serves_goal.title if p.serves_goal else "",
    ]


def _dissent_row(dissent: Dissent) -> list:
    stance = dissent.stance
    return [
        dissent.number,
        dissent.proposal.title,
        dissent.organization.name,
        stance.reason,
        stance.reply,
        stance.look_again_on or "",
        dissent.get_state_display(),
    ]
