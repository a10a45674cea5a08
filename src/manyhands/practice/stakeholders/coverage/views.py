"""Who is at the table, whom to invite next, how well a partner fits, and what limits it."""

from typing import Any

from django.contrib import messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from manyhands.foundation.access.together import ask_together
from manyhands.foundation.access.views import allow
from manyhands.foundation.coalitions.models import Organization
from manyhands.foundation.coalitions.queries import voting_organizations
from manyhands.foundation.ui.errors import conflict
from manyhands.foundation.ui.spreadsheets import csv_response

from .. import policies
from ..actions import Refused
from ..models import CoverageList, Disclosure, GivenSector, Stakeholder
from ..profiles.sectors import sector_choices
from ..views.map import AllyList
from . import actions, insights, queries, sectors
from .forms import OWN, ChooseListForm, DeclareForm, DisclosureForm, SectorForm, WeightsForm
from .unexpected import unexpected_allies


@require_GET
@allow(policies.see_allies)
def coverage(request: HttpRequest, coalition: str) -> HttpResponse:
    items, spoken, days = queries.chosen_items(), queries.declarations(), queries.snapshots()
    members = voting_organizations().values_list("pk", flat=True)
    ask_together(items, spoken, days, members)
    found = queries.tables(items, spoken)
    if request.GET.get("format") == "csv":
        header = [_("List"), _("Entry"), _("How it is heard"), _("Who speaks for it")]
        rows = [
            [table.listing.name, heard.item.name, heard.presence.value, "; ".join(heard.organizations)]
            for table in found
            for heard in table.entries
        ]
        return csv_response(f"{coalition}-table.csv", header, rows)
    chosen = {table.listing.kind: table for table in found}
    context = {
        "kinds": [(kind, label, chosen.get(kind)) for kind, label in CoverageList.Kind.choices],
        "tables": found,
        "chosen_kinds": list(chosen),
        "grid": queries.grid(items, spoken),
        "count_silent": len(set(members) - {said.organization_id for said in spoken}),  # have not said yet
        "history": queries.history(days),
        "may_choose": policies.choose_coverage.holds(request.actor),
        "may_declare": request.actor.organization_id is not None and policies.declare_coverage.holds(request.actor),
    }
    return render(request, "stakeholders/coverage/table.html", context)


@require_http_methods(["GET", "POST"])
@allow(policies.choose_coverage)
def choose_list(request: HttpRequest, coalition: str, kind: str) -> HttpResponse:
    if kind not in CoverageList.Kind.values:
        raise Http404
    chosen = CoverageList.objects.filter(kind=kind, is_chosen=True).first()
    form = ChooseListForm(request.POST or None, kind=kind, chosen=chosen)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            if given["key"] == OWN:
                lines = given["items"].splitlines()
                found = actions.write_own_list(actor=request.actor, kind=kind, name=given["name"], items=lines)
            else:
                found = actions.choose_ready_list(actor=request.actor, kind=kind, key=given["key"])
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("We measure ourselves against “%(name)s” now.") % {"name": found.name})
            return redirect("stakeholders:coverage", coalition)
    context = {"form": form, "kind": CoverageList.Kind(kind).label}
    return render(request, "stakeholders/coverage/choose_list.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@allow(policies.declare_coverage)
def declare(request: HttpRequest, coalition: str) -> HttpResponse:
    organization = _own(request)
    if organization is None:
        raise Http404
    items = list(queries.chosen_items())
    form = DeclareForm(request.POST or None, items=items, mine=queries.own_declarations(organization.pk))
    if request.method == "POST" and form.is_valid():
        try:
            actions.declare_coverage(actor=request.actor, organization=organization, items=form.chosen)
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(
                request, _("Thank you. That is how %(name)s is counted now.") % {"name": organization.name}
            )
            return redirect("stakeholders:coverage", coalition)
    context = {"form": form, "organization": organization}
    return render(request, "stakeholders/coverage/declare.html", context, status=422 if form.errors else 200)


@require_GET
@allow(policies.see_allies)
def invite_next(request: HttpRequest, coalition: str) -> HttpResponse:
    return _invite_next(request)


@require_POST
@allow(policies.choose_coverage)
def set_weights(request: HttpRequest, coalition: str) -> HttpResponse:
    form = WeightsForm(request.POST)
    if form.is_valid():
        given = dict(form.cleaned_data)
        try:
            actions.set_weights(actor=request.actor, a_month=given.pop("a_month"), weights=given)
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Saved. The names follow from it."))
            return redirect("stakeholders:invite_next", coalition)
    return _invite_next(request, form)


@require_http_methods(["GET", "POST"])
@allow(policies.change_ally)
def without_sector(request: HttpRequest, coalition: str) -> HttpResponse:
    """Found by any words of their names and places; the address holds the words, so that "everyone found" is clear."""
    rows = Stakeholder.objects.filter(sector="").order_by("name", "pk")
    listed = AllyList(request, rows, search=["search_text"], page_size=50)
    ticked = {int(key) for key in request.POST.getlist("ally") if key.isascii() and key.isdigit() and len(key) < 19}
    form = SectorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        is_all = form.cleaned_data["whom"] == "found"
        keys = listed.all_rows.values_list("pk", flat=True) if is_all else ticked
        try:
            if not is_all and not ticked:
                raise Refused(_("Tick one at least, or choose everyone that was found."))
            given = actions.give_sector(actor=request.actor, sector=form.cleaned_data["sector"], keys=keys)
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            _tell_given(request, given)
            return redirect("stakeholders:without_sector", coalition)
    context = {
        "listed": listed,
        "form": form,
        "ticked": ticked,
        "sectors": sector_choices(),
        "given_lately": sectors.given_lately(),
    }
    status = 422 if form.errors else 200
    return render(request, "stakeholders/coverage/without_sector.html", context, status=status)


@require_POST
@allow(policies.change_ally)
def take_sector_back(request: HttpRequest, coalition: str, given_sector_id: int) -> HttpResponse:
    given = get_object_or_404(GivenSector.objects.all(), pk=given_sector_id)
    try:
        given = actions.take_sector_back(actor=request.actor, given=given)
    except Refused as problem:
        return conflict(request, str(problem))
    count = given.count - given.left
    told = ngettext(
        "Taken back: %(n)s ally has no sector again.", "Taken back: %(n)s allies have no sector again.", count
    ) % {"n": intcomma(count)}
    if given.left:
        stays = ngettext(
            "One that somebody has changed since stays as it is.",
            "%(n)s that somebody has changed since stay as they are.",
            given.left,
        )
        told = f"{told} {stays % {'n': intcomma(given.left)}}"
    messages.success(request, told)
    return redirect("stakeholders:without_sector", coalition)


@require_GET
@allow(policies.see_allies)
def unexpected(request: HttpRequest, coalition: str) -> HttpResponse:
    found = unexpected_allies(request.actor)
    context = {"found": found, "may_reach": policies.reach_out.holds(request.actor)}
    return render(request, "stakeholders/coverage/unexpected.html", context)


@require_GET
@allow(policies.see_allies)
def fit(request: HttpRequest, coalition: str, stakeholder_id: int) -> HttpResponse:
    ally = get_object_or_404(Stakeholder, pk=stakeholder_id)
    context = {"ally": ally, "fit": insights.fit(request.actor, ally)}
    return render(request, "stakeholders/coverage/fit.html", context)


@require_http_methods(["GET", "POST"])
@allow(policies.disclose)
def disclose(request: HttpRequest, coalition: str, stakeholder_id: int) -> HttpResponse:
    ally = get_object_or_404(Stakeholder, pk=stakeholder_id)
    form = DisclosureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.disclose_interest(actor=request.actor, stakeholder=ally, **form.cleaned_data)
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, _("Disclosed. It stands on their page and beside what they decide with us."))
            return redirect("stakeholders:ally", coalition, ally.pk)
    context = {"form": form, "ally": ally}
    return render(request, "stakeholders/coverage/disclose.html", context, status=422 if form.errors else 200)


@require_POST
@allow(policies.disclose)
def end_disclosure(request: HttpRequest, coalition: str, disclosure_id: int) -> HttpResponse:
    found = get_object_or_404(Disclosure.objects.select_related("stakeholder"), pk=disclosure_id)
    actions.end_disclosure(actor=request.actor, disclosure=found)
    messages.success(request, _("It no longer holds; it stays in the history."))
    return redirect("stakeholders:ally", coalition, found.stakeholder_id)


def _invite_next(request: HttpRequest, form: WeightsForm | None = None) -> HttpResponse:
    weights, finding = insights.weights_and_finding()
    found = insights.invite_next(request.actor, weights, finding)
    if "waiting" in request.GET and found.standing and found.standing.is_behind:
        return HttpResponse(status=204)  # nothing new: what somebody reads, or has begun to write, stays as it is
    if request.GET.get("format") == "csv":
        header = [_("Place"), _("Whom"), _("Sector"), _("Why")]
        rows = [[n, pick.ally.name, pick.ally.sector, " ".join(pick.reasons)] for n, pick in enumerate(found.picks, 1)]
        return csv_response(f"{request.coalition.slug}-invite-next.csv", header, rows)
    names = ("coverage", "assets", "reach", "paths", "a_month")
    context: dict[str, Any] = {
        "found": found,
        "weights": weights,
        "form": form or WeightsForm(initial={name: f"{getattr(weights, name):g}" for name in names}),
        "may_set": policies.choose_coverage.holds(request.actor),
        "csv": f"{reverse('stakeholders:invite_next', args=[request.coalition.slug])}?format=csv",
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "stakeholders/coverage/invite_next.html", context, status=status)


def _tell_given(request: HttpRequest, given: GivenSector | None) -> None:
    if given is None:
        messages.success(request, _("Each of them has a sector already; nothing was changed."))
        return
    done = ngettext("%(n)s ally is now in %(sector)s.", "%(n)s allies are now in %(sector)s.", given.count)
    undo = reverse("stakeholders:take_sector_back", args=[request.coalition.slug, given.pk])
    told = {"n": intcomma(given.count), "sector": given.sector}
    messages.success(request, done % told, extra_tags=f"undo:{undo}")


def _own(request: HttpRequest) -> Organization | None:
    """The organization that this person sits for."""
    return Organization.objects.filter(pk=request.actor.organization_id).first()
