"""Whose view is in a decision: which sectors took part, what they have at stake, and who was asked."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from manyhands.foundation.access.rules import seated
from manyhands.foundation.access.views import allow
from manyhands.practice.governance import actions, policies
from manyhands.practice.governance.actions.refusals import Refusal
from manyhands.practice.governance.forms import ConsultedForm
from manyhands.practice.governance.voices import heard_in

from .proposal import find


@require_http_methods(["GET", "POST"])
@allow(seated)
def voices(request: HttpRequest, coalition: str, proposal_id: int) -> HttpResponse:
    proposal = find(request, proposal_id)
    form = ConsultedForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_consulted(actor=request.actor, proposal=proposal, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Kept beside the decision."))
            return redirect("governance:voices", coalition, proposal_id)
    consulted = proposal.consulted.all()
    context = {
        "proposal": proposal,
        "heard": heard_in(proposal, consulted),
        "consulted": consulted,
        "form": form,
        "may_record": policies.record_consulted.holds(request.actor, proposal),
    }
    return render(request, "governance/voices.html", context, status=422 if form.errors else 200)
