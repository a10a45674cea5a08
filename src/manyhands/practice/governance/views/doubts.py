"""Answering doubts and looking at dissent again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from manyhands.foundation.access.rules import require, seated
from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.errors import conflict
from manyhands.practice.governance import actions, policies, queries
from manyhands.practice.governance.actions.refusals import Refusal
from manyhands.practice.governance.forms import FindingForm, ReplyForm
from manyhands.practice.governance.models import Dissent, Stance


@require_http_methods(["GET", "POST"])
@allow(seated)
def answer_stance(request: HttpRequest, coalition: str, stance_id: int) -> HttpResponse:
    rows = Stance.objects.select_related("proposal", "organization", "seat")
    stance = get_object_or_404(rows, pk=stance_id)
    require(request.actor, policies.answer_doubt, stance.proposal)
    form = ReplyForm(request.POST or None, initial={"reply": stance.reply, "look_again_on": stance.look_again_on})
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_stance(actor=request.actor, stance=stance, **form.cleaned_data)
        except Refusal as refusal:
            return conflict(request, str(refusal))
        messages.success(request, _("Your answer stands under their doubt."))
        return redirect("governance:proposal", coalition, stance.proposal_id)
    status = 422 if request.method == "POST" else 200
    return render(request, "governance/answer.html", {"stance": stance, "form": form}, status=status)


@require_GET
@allow(seated)
def dissent_page(request: HttpRequest, coalition: str, dissent_id: int) -> HttpResponse:
    return _show(request, _find(dissent_id))


@require_POST
@allow(seated)
def answer_dissent(request: HttpRequest, coalition: str, dissent_id: int) -> HttpResponse:
    dissent, form = _find(dissent_id), ReplyForm(request.POST)
    if not form.is_valid():
        return _show(request, dissent, reply_form=form, status=422)
    try:
        actions.answer_dissent(actor=request.actor, dissent=dissent, **form.cleaned_data)
    except Refusal as refusal:
        return conflict(request, str(refusal))
    messages.success(request, _("Your answer stands beside the dissent."))
    return redirect("governance:dissent", coalition, dissent_id)


@require_POST
@allow(seated)
def review_dissent(request: HttpRequest, coalition: str, dissent_id: int) -> HttpResponse:
    dissent, form = _find(dissent_id), FindingForm(request.POST)
    if not form.is_valid():
        return _show(request, dissent, finding_form=form, status=422)
    try:
        actions.review_dissent(actor=request.actor, dissent=dissent, **form.cleaned_data)
    except Refusal as refusal:
        return conflict(request, str(refusal))
    messages.success(request, _("What we found is on record."))
    return redirect("governance:dissent", coalition, dissent_id)


def _find(dissent_id: int) -> Dissent:
    return get_object_or_404(queries.dissents(), pk=dissent_id)


def _show(
    request: HttpRequest,
    dissent: Dissent,
    reply_form: ReplyForm | None = None,
    finding_form: FindingForm | None = None,
    status: int = 200,
) -> HttpResponse:
    stance, actor = dissent.stance, request.actor
    context = {
        "dissent": dissent,
        "may_answer": dissent.state != "reviewed" and policies.answer_doubt.holds(actor, dissent.proposal),
        "may_review": dissent.state != "recorded" and policies.review_dissent.holds(actor, dissent),
        "reply_form": reply_form or ReplyForm(initial={"reply": stance.reply, "look_again_on": stance.look_again_on}),
        "finding_form": finding_form or FindingForm(),
    }
    return render(request, "governance/dissent.html", context, status=status)
