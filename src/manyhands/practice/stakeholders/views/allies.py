"""One ally: the whole record, adding, editing, taking off the list."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from manyhands.foundation.access.views import allow
from manyhands.foundation.coalitions.models import Seat
from manyhands.foundation.ui.errors import conflict

from .. import actions, policies, queries
from ..coverage.queries import disclosures, typically_brings
from ..forms import AllyForm
from ..models import Stakeholder


@require_GET
@allow(policies.see_allies)
def ally_page(request: HttpRequest, coalition: str, stakeholder_id: int) -> HttpResponse:
    ally = _find(stakeholder_id)
    context = {
        "ally": ally,
        "ratings": queries.rating_history(ally),
        "may_change": policies.change_ally.holds(request.actor, ally),
        "may_rate": policies.rate_ally.holds(request.actor, ally),
        "may_remove": policies.remove_ally.holds(request.actor, ally),
        "see_private": _sees_private(request, ally),
        "may_hand_over": ally.kind == "person" and policies.hand_over.holds(request.actor, ally),
        "disclosures": disclosures(ally),
        "sector_item": typically_brings(ally.sector),
        "may_disclose": policies.disclose.holds(request.actor, ally),
    }
    return render(request, "stakeholders/ally.html", context)


@require_http_methods(["GET", "POST"])
@allow(policies.add_ally)
def add_ally(request: HttpRequest, coalition: str) -> HttpResponse:
    form = AllyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            ally = actions.add_ally(actor=request.actor, looked_after_by=_keeper(form), **form.particulars)
        except actions.Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("%(name)s is on the list. Now say how much they care.") % {"name": ally.name})
            return redirect(f"{reverse('stakeholders:allies', args=[coalition])}?ally={ally.pk}#actor")
    return render(request, "stakeholders/ally_form.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@allow(policies.change_ally)
def edit_ally(request: HttpRequest, coalition: str, stakeholder_id: int) -> HttpResponse:
    ally = _find(stakeholder_id)
    form = AllyForm(request.POST or None, instance=ally, private=_sees_private(request, ally))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _save(request, ally, form)
            except actions.ChangedMeanwhile:
                status = 409
                form.add_error(
                    None, _("Somebody else has changed this record while you were writing. Compare, then save again.")
                )
                form.data = again = request.POST.copy()
                again["version"] = str(ally.version)
            except actions.Refused as problem:
                form.add_error(None, str(problem))
    return render(request, "stakeholders/ally_form.html", {"form": form, "ally": ally, "status": status}, status=status)


@require_POST
@allow(policies.change_ally)
def look_after(request: HttpRequest, coalition: str, stakeholder_id: int) -> HttpResponse:
    """One press: I look after this ally, or no longer."""
    ally = _find(stakeholder_id)
    mine = ally.looked_after_by_id == request.actor.seat_id
    actions.look_after(actor=request.actor, stakeholder=ally, seat=None if mine else request.seat)
    done = _("Nobody looks after %(name)s any more.") if mine else _("You look after %(name)s now.")
    again = reverse("stakeholders:look_after", args=[coalition, ally.pk])
    messages.success(request, done % {"name": ally.name}, extra_tags=f"undo:{again}")
    return redirect(f"{reverse('stakeholders:allies', args=[coalition])}?ally={ally.pk}#actor")


@require_POST
@allow(policies.remove_ally)
def remove_ally(request: HttpRequest, coalition: str, stakeholder_id: int) -> HttpResponse:
    ally = _find(stakeholder_id)
    actions.remove_ally(actor=request.actor, stakeholder=ally)
    undo = reverse("stakeholders:restore", args=[coalition, ally.pk])
    messages.success(request, _("%(name)s is off the list.") % {"name": ally.name}, extra_tags=f"undo:{undo}")
    return redirect("stakeholders:allies", coalition)


@require_POST
@allow(policies.remove_ally)
def restore_ally(request: HttpRequest, coalition: str, stakeholder_id: int) -> HttpResponse:
    ally: Stakeholder = get_object_or_404(Stakeholder.with_removed.all(), pk=stakeholder_id)
    try:
        actions.restore_ally(actor=request.actor, stakeholder=ally)
    except actions.Refused as problem:
        return conflict(request, str(problem))
    messages.success(request, _("%(name)s is back on the list.") % {"name": ally.name})
    return redirect("stakeholders:ally", coalition, ally.pk)


@require_POST
@allow(policies.see_allies)
def renew_note(request: HttpRequest, coalition: str, stakeholder_id: int) -> HttpResponse:
    """One press: the note about this person is still needed."""
    ally = _find(stakeholder_id)
    if not policies.renew_note.holds(request.actor, ally):
        raise Http404
    try:
        ally = actions.renew_note(actor=request.actor, stakeholder=ally)
    except actions.Refused as problem:
        return conflict(request, str(problem))
    until = date_format(ally.note_until, "j F Y") if ally.note_until else ""
    messages.success(request, _("The note is kept until %(day)s.") % {"day": until})
    return redirect("stakeholders:ally", coalition, ally.pk)


@require_POST
@allow(policies.hand_over)
def hand_over(request: HttpRequest, coalition: str, stakeholder_id: int) -> HttpResponse:
    """Everything held about a person, as a file."""
    ally = _find(stakeholder_id)
    try:
        held = actions.hand_over(actor=request.actor, stakeholder=ally)
    except actions.Refused as problem:
        return conflict(request, str(problem))
    response = JsonResponse(held, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="held-about-{ally.pk}.json"'
    return response


def _save(request: HttpRequest, ally: Stakeholder, form: AllyForm) -> HttpResponse:
    version = form.cleaned_data["version"] or 0
    changed = actions.change_ally(actor=request.actor, stakeholder=ally, version=version, **form.particulars)
    actions.look_after(actor=request.actor, stakeholder=changed, seat=_keeper(form))
    messages.success(request, _("Saved. Members see it at once."))
    return redirect("stakeholders:ally", request.coalition.slug, ally.pk)


def _find(stakeholder_id: int) -> Stakeholder:
    return get_object_or_404(queries.allies().select_related("added_by_import"), pk=stakeholder_id)


def _keeper(form: AllyForm) -> Seat | None:
    chosen = form.cleaned_data["looked_after_by"]
    return Seat.objects.get(pk=chosen) if chosen else None


def _sees_private(request: HttpRequest, ally: Stakeholder) -> bool:
    return ally.kind == "organization" or policies.see_private.holds(request.actor, ally)
