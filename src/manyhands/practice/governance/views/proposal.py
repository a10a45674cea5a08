"""The page of one proposal, and the deeds that can be done on it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from manyhands.foundation.access.rules import seated
from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.errors import conflict
from manyhands.foundation.ui.spreadsheets import csv_response
from manyhands.practice.governance import actions, queries
from manyhands.practice.governance.actions.refusals import Refusal
from manyhands.practice.governance.forms import ClosingForm, ReviewForm, StanceForm
from manyhands.practice.governance.models import Proposal

from .proposal_context import proposal_context


@require_GET
@allow(seated)
def proposal_page(request: HttpRequest, coalition: str, proposal_id: int) -> HttpResponse:
    return show(request, find(request, proposal_id))


@require_POST
@allow(seated)
def take_stance(request: HttpRequest, coalition: str, proposal_id: int) -> HttpResponse:
    proposal, form = find(request, proposal_id), StanceForm(request.POST)
    if not form.is_valid():
        return show(request, proposal, status=422, stance_form=form)
    try:
        actions.take_stance(actor=request.actor, proposal=proposal, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return show(request, find(request, proposal_id), status=409, stance_form=form)
    messages.success(request, _("Your stance is on record."))
    if request.htmx:
        return show(request, find(request, proposal_id))
    return redirect("governance:proposal", coalition, proposal_id)


@require_POST
@allow(seated)
def advance(request: HttpRequest, coalition: str, proposal_id: int) -> HttpResponse:
    """Open the next phase; the form says which, so that a second press does not skip one."""
    proposal, to = find(request, proposal_id), request.POST.get("to", "")
    form = ClosingForm(request.POST) if to == "decide" else None
    if form is not None and not form.is_valid():
        return show(request, proposal, status=422, closing_form=form)
    closes_at = form.cleaned_data["closes_at"] if form is not None else None
    try:
        actions.advance_proposal(actor=request.actor, proposal=proposal, to=to, closes_at=closes_at)
    except actions.NoNotice as refusal:
        assert form is not None  # only a phase with a closing day can close too soon
        form.add_error("closes_at", str(refusal))
        return show(request, proposal, status=422, closing_form=form)
    except (actions.NotEveryoneAsked, actions.TooFewStand) as refusal:
        assert form is not None  # only the step to the decision asks for that
        form.add_error(None, str(refusal))
        return show(request, find(request, proposal_id), status=409, closing_form=form)
    except Refusal as refusal:
        return conflict(request, str(refusal))
    messages.success(request, _("The next phase is open."))
    return redirect("governance:proposal", coalition, proposal_id)


@require_POST
@allow(seated)
def close(request: HttpRequest, coalition: str, proposal_id: int) -> HttpResponse:
    return _do(request, proposal_id, actions.close_proposal, _("It is decided, and in the register."))


@require_POST
@allow(seated)
def withdraw(request: HttpRequest, coalition: str, proposal_id: int) -> HttpResponse:
    if request.POST.get("typed") != _("withdraw"):
        messages.error(request, _("Type the word “withdraw” to go on. Nothing was changed."))
        return show(request, find(request, proposal_id), status=422)
    return _do(
        request, proposal_id, actions.withdraw_proposal, _("The proposal is withdrawn; what was said stays readable.")
    )


@require_POST
@allow(seated)
def stand(request: HttpRequest, coalition: str, proposal_id: int) -> HttpResponse:
    """Stand with one's organization for the goal that is proposed, or take that back."""
    proposal = find(request, proposal_id)
    if proposal.goal is None:
        raise Http404
    goal, back = proposal.goal, request.POST.get("step") == "back"
    deed = actions.step_back_from_goal if back else actions.stand_for_goal
    done = _("Your organization stepped back.") if back else _("Your organization stands for this goal.")
    return _do(request, proposal_id, lambda *, actor, proposal: deed(actor=actor, goal=goal), done)


@require_POST
@allow(seated)
def record_dissent(request: HttpRequest, coalition: str, proposal_id: int) -> HttpResponse:
    return _do(request, proposal_id, actions.record_dissent, _("Your dissent stands beside the decision now."))


@require_POST
@allow(seated)
def review(request: HttpRequest, coalition: str, proposal_id: int) -> HttpResponse:
    proposal, form = find(request, proposal_id), ReviewForm(request.POST)
    if not form.is_valid():
        return show(request, proposal, status=422, review_form=form)

    def keep(*, actor: Any, proposal: Proposal) -> Any:
        return actions.review_decision(actor=actor, proposal=proposal, **form.cleaned_data)

    return _do(request, proposal_id, keep, _("The register says so now."))


@require_GET
@allow(seated)
def stances_csv(request: HttpRequest, coalition: str, proposal_id: int) -> HttpResponse:
    proposal = find(request, proposal_id)
    stances = queries.current_stances(proposal)
    header = [_("Organization"), _("Stance"), _("Reason"), _("Said by"), _("On"), _("Answer"), _("Looked at again on")]
    rows = (
        [
            s.organization.name,
            s.get_choice_display(),
            s.reason,
            s.seat.name,
            s.taken_at.isoformat(),
            s.reply,
            s.look_again_on or "",
        ]
        for s in stances
    )
    return csv_response(f"proposal-{proposal.number}-stances.csv", header, rows)


@require_GET
@allow(seated)
def versions(request: HttpRequest, coalition: str, proposal_id: int) -> HttpResponse:
    """Every version of the text, each with what is new in it."""
    from manyhands.practice.governance.wording import marked

    proposal = find(request, proposal_id)
    kept = list(proposal.versions.select_related("written_by"))
    before = ["", *(version.text for version in kept)]
    shown = [(version, marked(earlier, version.text)) for version, earlier in zip(kept, before, strict=False)]
    return render(request, "governance/versions.html", {"proposal": proposal, "versions": shown[::-1]})


def find(request: HttpRequest, proposal_id: int) -> Proposal:
    return get_object_or_404(queries.proposals(request.actor), pk=proposal_id)


def show(request: HttpRequest, proposal: Proposal, status: int = 200, **forms: Any) -> HttpResponse:
    """The whole page, or only what changes on it when htmx asks."""
    template = "governance/proposal.html" + ("#standing" if request.htmx and not request.htmx.boosted else "")
    return render(request, template, proposal_context(request, proposal, **forms), status=status)


def _do(request: HttpRequest, proposal_id: int, deed: Callable[..., Any], done: str) -> HttpResponse:
    try:
        deed(actor=request.actor, proposal=find(request, proposal_id))
    except (actions.NotEveryoneAsked, actions.TooFewStand) as refusal:
        messages.error(request, str(refusal))
        return show(request, find(request, proposal_id), status=409)
    except Refusal as refusal:
        return conflict(request, str(refusal))
    messages.success(request, done)
    return redirect("governance:proposal", request.coalition.slug, proposal_id)
