"""Pairs of members whose outcomes conflict."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from manyhands.foundation.access.rules import require, seated
from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.errors import conflict
from manyhands.foundation.ui.lists import ListPage

from ... import policies
from .. import actions, queries
from ..forms import ConflictForm, SettleForm
from ..models import OutcomeConflict, SuccessDefinition


@require_GET
@allow(seated)
def conflicts(request: HttpRequest, coalition: str) -> HttpResponse:
    """The pairs that were named, and how many of them are settled."""
    listed = ListPage(
        request,
        queries.conflicts(),
        search=["about", "one__organization__name", "other__organization__name", "one__text", "other__text"],
        filters={"state": (_("State"), [("open", _("Still open")), ("settled", _("Settled"))], _in_state)},
        sorts={"named": (_("Named"), "named_at")},
        page_size=20,
    )
    if listed.wants_csv:
        header = [_("Member"), _("Must see"), _("Other member"), _("Must see"), _("How they conflict"), _("Named"),
                  _("Settled"), _("How")]  # fmt: skip
        return listed.csv_response(f"{coalition}-conflicts.csv", header, _row)
    for each in listed.page:
        each.may_change = policies.name_conflict.holds(request.actor, each.one, each.other)
    context = {
        "listed": listed,
        "standing": queries.standing_conflicts(),
        "may_name": _may_name(request),
    }
    return render(request, "alignment/success/conflicts.html", context)


@require_http_methods(["GET", "POST"])
@allow(seated)
def name_conflict(request: HttpRequest, coalition: str) -> HttpResponse:
    """Name a pair: those who lead name any, members those in which their own outcomes stand."""
    if not _may_name(request):
        require(request.actor, policies.nominate_priority)
    rows = list(queries.shared().order_by("organization__name", "id"))
    initial = {"one": request.GET.get("one", "")}
    form, status = ConflictForm(request.POST or None, definitions=rows, initial=initial), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            by_id = {row.pk: row for row in rows}
            pair = (by_id[form.cleaned_data["one"]], by_id[form.cleaned_data["other"]])
            if not policies.name_conflict.holds(request.actor, *pair):
                form.add_error(
                    None, _("Name pairs in which your own organization stands; for others ask a facilitator.")
                )
            else:
                try:
                    actions.name_conflict(
                        actor=request.actor, one=pair[0], other=pair[1], about=form.cleaned_data["about"]
                    )
                except actions.Refused as problem:
                    form.add_error(None, str(problem))
                else:
                    messages.success(request, _("It stands in the list, and before everyone who adopts a goal."))
                    return redirect("alignment:conflicts", coalition)
    return render(request, "alignment/success/name_conflict.html", {"form": form, "rows": rows}, status=status)


@require_http_methods(["GET", "POST"])
@allow(seated)
def settle_conflict(request: HttpRequest, coalition: str, outcome_conflict_id: int) -> HttpResponse:
    pair = _find(request, outcome_conflict_id)
    form, status = SettleForm(request.POST or None), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.settle_conflict(actor=request.actor, conflict=pair, how=form.cleaned_data["how"])
            except actions.Refused as problem:
                form.add_error(None, str(problem))
            except actions.ChangedMeanwhile:
                return conflict(request, _("This pair was settled already."))
            else:
                messages.success(request, _("Settled. The list is one shorter."))
                return redirect("alignment:conflicts", coalition)
    return render(request, "alignment/success/settle.html", {"pair": pair, "form": form}, status=status)


@require_POST
@allow(seated)
def reopen_conflict(request: HttpRequest, coalition: str, outcome_conflict_id: int) -> HttpResponse:
    pair = _find(request, outcome_conflict_id)
    try:
        actions.reopen_conflict(actor=request.actor, conflict=pair)
    except actions.ChangedMeanwhile:
        return conflict(request, _("This pair is open already."))
    messages.success(request, _("It is open again."))
    return redirect("alignment:conflicts", coalition)


def _in_state(rows: QuerySet[Any], value: str) -> QuerySet[Any]:
    return rows.filter(settled_at__isnull=value == "open")


def _may_name(request: HttpRequest) -> bool:
    return policies.lead_rounds.holds(request.actor) or policies.write_success.holds(request.actor)


def _find(request: HttpRequest, conflict_id: int) -> OutcomeConflict:
    """A pair that this person may change; for anyone else it is not there."""
    pair = get_object_or_404(queries.conflicts(), pk=conflict_id)
    require(request.actor, policies.name_conflict, pair.one, pair.other)
    return pair


def _row(each: OutcomeConflict) -> list[Any]:
    sides: list[SuccessDefinition] = [each.one, each.other]
    cells = [cell for side in sides for cell in (side.organization.name, side.text)]
    return [
        *cells,
        each.about,
        each.named_at.date(),
        each.settled_at.date() if each.settled_at else "",
        each.how_settled,
    ]
