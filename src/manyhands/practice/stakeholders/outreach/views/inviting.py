"""A letter to an ally with a menu of what they could do, and all such letters with their answers."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from manyhands.foundation.access.together import ask_together, hang_on
from manyhands.foundation.access.views import allow
from manyhands.foundation.coalitions import actions as table
from manyhands.foundation.ui.lists import ListPage

from ... import policies
from ... import queries as room
from .. import actions, queries
from ..forms import InvitationForm


@require_http_methods(["GET", "POST"])
@allow(policies.invite_ally)
def invite(request: HttpRequest, coalition: str, stakeholder_id: int) -> HttpResponse:
    ally = get_object_or_404(room.allies(), pk=stakeholder_id)
    words, letters = queries.scripts().order_by("name"), queries.pending_letters(ally)
    disclosures = ally.disclosures.all()
    ask_together(words, letters, disclosures)
    hang_on("disclosures", [ally], disclosures)
    chosen = next((script for script in words if str(script.pk) == request.GET.get("script", "")), None)
    begin = {"email": ally.email, "message": chosen.text if chosen else "", "script": chosen}
    form = InvitationForm(request.POST or None, initial=begin, ally=ally)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given = {**form.cleaned_data, "items": list(form.cleaned_data["items"])}
            try:
                invitation = actions.write_invitation(actor=request.actor, stakeholder=ally, **given)
            except actions.Refused as problem:
                form.add_error(None, str(problem))
                status = 409
            except table.Refused as refused:
                form.add_error("email" if "Already" in type(refused).__name__ else None, str(refused))
                status = refused.status
            else:
                told = _("The letter to %(email)s is on its way. Their answer comes back here by itself.")
                messages.success(request, told % {"email": invitation.email})
                return redirect("stakeholders:ally_contacts", coalition, ally.pk)
    context = {
        "ally": ally,
        "form": form,
        "scripts": [(script, queries.rate_of(script)) for script in words],
        "chosen": chosen,
        "pending": next((each.invitation for each in letters if each.invitation and each.invitation.is_open), None),
        "days": table.inviting.VALID_FOR.days,
    }
    return render(request, "stakeholders/outreach/invite.html", context, status=status)


@require_GET
@allow(policies.invite_ally)
def invited(request: HttpRequest, coalition: str) -> HttpResponse:
    """Every letter to an ally, its menu, and what came of it."""
    listed = ListPage(
        request,
        queries.invited(),
        search=["stakeholder__name"],
        sorts={"on": (_("Invited"), "on"), "who": (_("Ally"), ["stakeholder__name", "on"])},
        default_sort="-on",
        page_size=20,
    )
    if listed.wants_csv:
        header = [_("Ally"), _("Invited"), _("Answer"), _("On the menu"), _("Ticked")]

        def row(contact: Any) -> list[Any]:
            menu = contact.invitation.menu.all()
            ticked = [place.item.text for place in menu if place.chosen_at]
            asked = "; ".join(place.item.text for place in menu)
            return [contact.stakeholder.name, contact.on, contact.invitation.answer, asked, "; ".join(ticked)]

        return listed.csv_response(f"{coalition}-invited-allies.csv", header, row)
    return render(request, "stakeholders/outreach/invited.html", {"listed": listed})
