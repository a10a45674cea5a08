"""Putting a proposal forward, and changing its words."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from manyhands.foundation.access.rules import require, seated
from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.errors import conflict
from manyhands.practice.governance import actions, policies, queries
from manyhands.practice.governance.actions.refusals import Refusal
from manyhands.practice.governance.forms import ChangeForm, ProposalForm, SourceForm
from manyhands.practice.governance.models import DecisionKind, ProposalVersion

from .proposal import find


@require_http_methods(["GET", "POST"])
@allow(policies.put_forward_proposal)
def new_proposal(request: HttpRequest, coalition: str) -> HttpResponse:
    """A blank proposal, or one that begins with words from elsewhere: ``?from=alignment.Statement:12&quote=…``."""
    goals = list(queries.adopted_goals())
    if request.method == "GET":
        came = SourceForm(
            {"source": request.GET.get("from", ""), "quote": request.GET.get("quote", "")[:400].replace("\x00", "")}
        )
        quote = came.cleaned_data.get("quote", "") if came.is_valid() else ""
        initial = {"kind": DecisionKind.GOAL, "title": quote[:160], "text": quote} if quote else None
        return _ask(request, ProposalForm(goals=goals, initial=initial), came, 200)
    form, came = ProposalForm(request.POST, goals=goals), SourceForm(request.POST)
    if not form.is_valid() or not came.is_valid():
        return _ask(request, form, came, 422)
    said = dict(form.cleaned_data)
    goal_id = said.pop("serves_goal", None)
    said["serves_goal"] = next((goal for goal in goals if goal.pk == goal_id), None)
    proposal = actions.put_forward_proposal(actor=request.actor, **said, **came.cleaned_data)
    messages.success(request, _("Your draft is saved. Open it when you are ready."))
    return redirect("governance:proposal", coalition, proposal.pk)


@require_http_methods(["GET", "POST"])
@allow(seated)
def change_proposal(request: HttpRequest, coalition: str, proposal_id: int) -> HttpResponse:
    proposal = find(request, proposal_id)
    require(request.actor, policies.change_text, proposal)
    latest = ProposalVersion.objects.filter(proposal=proposal).last()
    if request.method == "GET":
        fields = ("title", "summary", "text", "review_on")
        form = ChangeForm(initial={name: getattr(proposal, name) for name in fields} | {"after_version": latest.number})
        return render(request, "governance/change.html", {"proposal": proposal, "form": form})
    form, status = ChangeForm(request.POST), 422
    if form.is_valid():
        try:
            actions.change_text(actor=request.actor, proposal=proposal, **form.cleaned_data)
        except actions.ChangedMeanwhile as refusal:
            form.add_error(None, str(refusal))
            form.data = again = request.POST.copy()
            again["after_version"] = latest.number  # having seen the newer one, they may save over it
            status = 409
        except Refusal as refusal:
            return conflict(request, str(refusal))
        else:
            messages.success(request, _("The new version is saved; the old one is kept."))
            return redirect("governance:proposal", coalition, proposal.pk)
    return render(
        request, "governance/change.html", {"proposal": proposal, "form": form, "latest": latest}, status=status
    )


def _ask(request: HttpRequest, form: ProposalForm, came: SourceForm, status: int) -> HttpResponse:
    return render(request, "governance/new.html", {"form": form, "came": came}, status=status)
