"""Preparing a negotiation, opening it, and handing it to another mediator."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from manyhands.foundation.access.views import allow
from manyhands.foundation.coalitions.queries import voting_organizations
from manyhands.foundation.ui.errors import conflict

from ... import policies
from ...models import Negotiation, NegotiationIssue, Priority
from .. import actions
from ..forms import HandOverForm, IssueForm, NegotiationForm
from .finding_rows import facilitators, find
from .table import show


@require_http_methods(["GET", "POST"])
@allow(policies.prepare_negotiation)
def draft_negotiation(request: HttpRequest, coalition: str) -> HttpResponse:
    """A new negotiation; ``?priority=7`` begins with those who clash over it."""
    priority = _priority(request)
    initial: dict[str, Any] = {}
    if priority is not None:
        stood = list(priority.stands.values_list("organization_id", flat=True))
        initial = {"question": priority.title, "organizations": stood, "explanation": priority.why}
    return _write(request, None, initial, priority)


@require_http_methods(["GET", "POST"])
@allow(policies.prepare_negotiation)
def change_negotiation(request: HttpRequest, coalition: str, negotiation_id: int) -> HttpResponse:
    negotiation = find(request, negotiation_id)
    if negotiation.state != Negotiation.State.DRAFT:
        return conflict(request, _("This negotiation was opened meanwhile; what stands there stays."))
    initial = {
        "question": negotiation.question,
        "explanation": negotiation.explanation,
        "answers_by": negotiation.answers_by,
        "mediator": negotiation.mediator_id,
        "organizations": [party.organization_id for party in negotiation.parties.all()],
    }
    return _write(request, negotiation, initial, None)


def _write(
    request: HttpRequest, negotiation: Negotiation | None, initial: dict[str, Any], priority: Priority | None
) -> HttpResponse:
    members = list(voting_organizations().order_by("name", "pk"))
    seats = facilitators()
    form = NegotiationForm(request.POST or None, initial=initial, members=members, facilitators=seats)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            said = dict(form.cleaned_data)
            wanted = set(said["organizations"])
            said["organizations"] = [each for each in members if each.pk in wanted]
            said["mediator"] = next(seat for seat in seats if seat.pk == said["mediator"])
            try:
                if negotiation is None:
                    negotiation = actions.draft_negotiation(actor=request.actor, priority=priority, **said)
                else:
                    actions.change_negotiation(actor=request.actor, negotiation=negotiation, **said)
            except actions.Refused as problem:
                form.add_error(None, str(problem))
            except actions.WrongStep:
                return conflict(request, _("This negotiation was opened meanwhile; what stands there stays."))
            else:
                messages.success(request, _("Saved as a draft. Add what is to be settled."))
                return redirect("alignment:negotiation", request.coalition.slug, negotiation.pk)
    context = {"form": form, "negotiation": negotiation, "any_facilitator": bool(seats)}
    return render(request, "alignment/compromise/draft.html", context, status=status)


@require_POST
@allow(policies.prepare_negotiation)
def add_issue(request: HttpRequest, coalition: str, negotiation_id: int) -> HttpResponse:
    negotiation = find(request, negotiation_id)
    form = IssueForm(request.POST)
    if not form.is_valid():
        return show(request, negotiation, issue_form=form, status=422)
    try:
        actions.add_issue(actor=request.actor, negotiation=negotiation, **form.cleaned_data)
    except actions.Refused as problem:
        form.add_error(None, str(problem))
        return show(request, negotiation, issue_form=form, status=422)
    except actions.WrongStep:
        return conflict(request, _("This negotiation was opened meanwhile; what stands there stays."))
    messages.success(request, _("Added."))
    return redirect("alignment:negotiation", coalition, negotiation.pk)


@require_POST
@allow(policies.prepare_negotiation)
def drop_issue(request: HttpRequest, coalition: str, negotiation_issue_id: int) -> HttpResponse:
    issue = get_object_or_404(NegotiationIssue.objects.select_related("negotiation"), pk=negotiation_issue_id)
    try:
        actions.drop_issue(actor=request.actor, issue=issue)
    except actions.WrongStep:
        return conflict(request, _("This negotiation was opened meanwhile; what stands there stays."))
    messages.success(request, _("Taken out."))
    return redirect("alignment:negotiation", coalition, issue.negotiation_id)


@require_POST
@allow(policies.prepare_negotiation)
def open_negotiation(request: HttpRequest, coalition: str, negotiation_id: int) -> HttpResponse:
    negotiation = find(request, negotiation_id)
    try:
        actions.open_negotiation(actor=request.actor, negotiation=negotiation)
    except (actions.WrongStep, actions.Refused) as problem:
        said = str(problem) if isinstance(problem, actions.Refused) else _("It was opened already.")
        return conflict(request, said)
    messages.success(request, _("Each party finds it on its desk."))
    return redirect("alignment:negotiation", coalition, negotiation.pk)


@require_http_methods(["GET", "POST"])
@allow(policies.hand_over_negotiation)
def hand_over_negotiation(request: HttpRequest, coalition: str, negotiation_id: int) -> HttpResponse:
    negotiation = find(request, negotiation_id)
    seats = facilitators()
    form, status = HandOverForm(request.POST or None, facilitators=seats), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            mediator = next(seat for seat in seats if seat.pk == form.cleaned_data["mediator"])
            try:
                actions.hand_over_negotiation(actor=request.actor, negotiation=negotiation, mediator=mediator)
            except actions.Refused as problem:
                form.add_error(None, str(problem))
            except actions.WrongStep:
                return conflict(request, _("This negotiation is over."))
            else:
                messages.success(request, _("Handed over. The parties are asked to tell the new mediator."))
                return redirect("alignment:negotiation", coalition, negotiation.pk)
    context = {"form": form, "negotiation": negotiation}
    return render(request, "alignment/compromise/hand_over.html", context, status=status)


def _priority(request: HttpRequest) -> Priority | None:
    wanted = request.GET.get("priority", "")
    return (
        Priority.objects.filter(pk=int(wanted)).first()
        if wanted.isascii() and wanted.isdigit() and len(wanted) < 19
        else None
    )
