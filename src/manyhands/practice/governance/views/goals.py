"""Who is here for which goals only."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from manyhands.foundation.access.rules import seated
from manyhands.foundation.access.views import allow
from manyhands.foundation.coalitions.models import Organization
from manyhands.foundation.coalitions.queries import voting_organizations
from manyhands.practice.governance import actions, policies, queries
from manyhands.practice.governance.actions.refusals import Refusal
from manyhands.practice.governance.forms import JoinForForm


@require_GET
@allow(seated)
def joined_for(request: HttpRequest, coalition: str) -> HttpResponse:
    goals = queries.joined_for()
    rows = [
        (each, goals.get(each.pk, []), policies.join_for_goals.holds(request.actor, each))
        for each in voting_organizations().order_by("name")
    ]
    return render(request, "governance/joined_for.html", {"rows": rows, "count_named": len(goals)})


@require_http_methods(["GET", "POST"])
@allow(policies.join_for_goals)
def join_for(request: HttpRequest, coalition: str, organization_id: int) -> HttpResponse:
    organization = get_object_or_404(Organization, pk=organization_id)
    form = JoinForForm(request.POST or None, chosen=queries.joined_for().get(organization.pk, []))
    if request.method == "POST" and form.is_valid():
        try:
            goals = form.cleaned_data["goals"]
            actions.join_for_goals(actor=request.actor, organization=organization, goals=goals)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Saved. %(name)s is counted so from now on.") % {"name": organization.name})
            return redirect("governance:joined_for", coalition)
    context = {"form": form, "organization": organization}
    return render(request, "governance/join_for.html", context, status=422 if form.errors else 200)
