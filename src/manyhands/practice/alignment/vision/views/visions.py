"""The vision, clause by clause, with the contributions behind each."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from manyhands.foundation.access.rules import seated
from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.errors import conflict
from manyhands.foundation.ui.spreadsheets import csv_response

from ... import asked, policies
from ...models import Vision, VisionClause
from ...queries import numbered_texts
from ...views.lookups import find_round
from .. import actions, queries
from ..forms import ClauseForm


@require_GET
@allow(seated)
def our_vision(request: HttpRequest, coalition: str) -> HttpResponse:
    """The vision in force, and those before it."""
    visions = list(queries.visions_for(request.actor))
    current = next((each for each in visions if each.state == Vision.State.ADOPTED), None)
    context = {
        "vision": current,
        "clauses": queries.clauses(current) if current else [],
        "visions": visions,
        "leads": policies.write_vision.holds(request.actor),
    }
    return render(request, "alignment/vision/our_vision.html", context)


@require_POST
@allow(policies.write_vision)
def begin(request: HttpRequest, coalition: str, vision_round_id: int) -> HttpResponse:
    """Begin a vision from a round."""
    round = find_round(request, vision_round_id)
    try:
        vision = actions.begin_vision(actor=request.actor, round=round)
    except actions.BeingWritten:
        return conflict(request, _("Another vision is being written. Adopt it or give it up first."))
    except actions.WrongStep:
        return conflict(request, _("Nobody has been asked in this round yet."))
    messages.success(request, _("Begun. What members found true stands in it already."))
    return redirect("alignment:vision", coalition, vision.pk)


@require_GET
@allow(seated)
def vision_page(request: HttpRequest, coalition: str, vision_id: int) -> HttpResponse:
    """One vision: each clause with its contributions, and whether everyone was asked."""
    vision = _find(request, vision_id)
    clauses = queries.clauses(vision)
    if request.GET.get("format") == "csv":
        rows = (
            [at, traced.clause.text, each.imported_id or each.position + 1, each.text]
            for at, traced in enumerate(clauses, start=1)
            for each in traced.statements
        )
        header = [_("clause number"), _("clause"), _("statement number"), _("statement")]
        return csv_response(f"vision-{vision.number}.csv", header, rows)
    members = asked.asked_members(vision.round)
    context = {
        "vision": vision,
        "round": vision.round,
        "clauses": clauses,
        "not_asked": [each for each in members if each.asked_at is None],
        "silent": [each for each in members if each.is_silent],
        "count_members": len(members),
        "leads": policies.write_vision.holds(request.actor),
    }
    return render(request, "alignment/vision/vision.html", context)


@require_http_methods(["GET", "POST"])
@allow(policies.write_vision)
def write_clause(request: HttpRequest, coalition: str, vision_id: int) -> HttpResponse:
    """Write a new clause."""
    return _clause(request, _find(request, vision_id), None)


@require_http_methods(["GET", "POST"])
@allow(policies.write_vision)
def change_clause(request: HttpRequest, coalition: str, vision_clause_id: int) -> HttpResponse:
    """Change a clause or the statements behind it."""
    clause = get_object_or_404(VisionClause.objects.select_related("vision__round"), pk=vision_clause_id)
    return _clause(request, clause.vision, clause)


@require_POST
@allow(policies.write_vision)
def drop_clause(request: HttpRequest, coalition: str, vision_clause_id: int) -> HttpResponse:
    """Take a clause out."""
    clause = get_object_or_404(VisionClause.objects.select_related("vision"), pk=vision_clause_id)
    try:
        actions.drop_clause(actor=request.actor, clause=clause)
    except actions.WrongStep:
        return conflict(request, _("This vision was adopted, so its words stay."))
    messages.success(request, _("Taken out."))
    return redirect("alignment:vision", coalition, clause.vision_id)


@require_POST
@allow(policies.write_vision)
def adopt(request: HttpRequest, coalition: str, vision_id: int) -> HttpResponse:
    """Write down that members adopted the vision; refused while somebody was not asked."""
    vision = _find(request, vision_id)
    try:
        actions.adopt_vision(actor=request.actor, vision=vision)
    except actions.NotEveryoneAsked as problem:
        names = ", ".join(each.organization.name for each in problem.members[:5])
        return conflict(request, _("Not everyone has been asked yet: %(names)s. Ask them first.") % {"names": names})
    except actions.NoSource:
        return conflict(request, _("There must be a clause, and behind every clause a contribution."))
    except actions.WrongStep:
        return conflict(request, _("This vision was adopted or replaced before."))
    messages.success(request, _("Adopted. Every clause shows whose contributions it rests on."))
    return redirect("alignment:our_vision", coalition)


@require_POST
@allow(policies.write_vision)
def leave(request: HttpRequest, coalition: str, vision_id: int) -> HttpResponse:
    """Give up a vision that is being written."""
    vision = _find(request, vision_id)
    try:
        actions.leave_vision(actor=request.actor, vision=vision)
    except actions.WrongStep:
        return conflict(request, _("This vision was adopted, so it stays."))
    messages.success(request, _("Given up. Statements and shared sentences stay."))
    return redirect("alignment:our_vision", coalition)


def _find(request: HttpRequest, vision_id: int) -> Vision:
    return get_object_or_404(queries.visions_for(request.actor), pk=vision_id)


def _clause(request: HttpRequest, vision: Vision, clause: VisionClause | None) -> HttpResponse:
    if vision.state != Vision.State.DRAFT:
        return conflict(request, _("This vision was adopted, so its words stay."))
    form = ClauseForm(request.POST if request.method == "POST" else None, round=vision.round, clause=clause)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_clause(actor=request.actor, vision=vision, clause=clause, **form.values())
        except actions.WrongStep:
            return conflict(request, _("This vision was adopted while you were writing."))
        except actions.TooManyClauses:
            form.add_error(None, _("Thirty clauses are as many as anyone reads. Take one out first."))
        else:
            messages.success(request, _("The clause is kept, with its contributions."))
            return redirect("alignment:vision", request.coalition.slug, vision.pk)
    context: dict[str, Any] = {
        "vision": vision,
        "clause": clause,
        "form": form,
        "texts": sorted(numbered_texts(vision.round).values(), key=lambda pair: (len(pair[0]), pair[0]))[:300],
    }
    return render(request, "alignment/vision/clause.html", context, status=status)
