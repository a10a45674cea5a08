"""Writing down where somebody stands, and taking it back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from manyhands.foundation.access.views import allow

from ... import policies
from ...actions import Refused
from ...models import Issue, Position, Stakeholder
from .. import actions, queries, words
from ..forms import PositionForm

MOST_SUGGESTED = 200


@require_http_methods(["GET", "POST"])
@allow(policies.write_position)
def write_position(request: HttpRequest, coalition: str) -> HttpResponse:
    """One form for every way in; ``?ally=`` and ``?issue=`` say what is known already."""
    ally = _asked(request, "ally", Stakeholder)
    issue = _asked(request, "issue", Issue)
    issues = queries.open_issues()
    form = PositionForm(request.POST or None, ally=ally, issue=issue, issues=issues)
    if request.method == "POST" and form.is_valid():
        try:
            position = actions.write_position(actor=request.actor, **form.particulars)
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            return _written(request, position, to_ally=ally is not None)
    context: dict[str, Any] = {"form": form, "ally": ally, "issue": issue, "has_issues": bool(issue or issues)}
    context["term"] = words.term(ally.kind if ally else None)
    if ally is None:
        strongest = Stakeholder.objects.order_by("-weight", "pk").values_list("name", flat=True)
        context["names"] = list(strongest[:MOST_SUGGESTED])
    status = 422 if request.method == "POST" else 200
    return render(request, "stakeholders/positions/position_form.html", context, status=status)


@require_POST
@allow(policies.write_position)
def take_back_position(request: HttpRequest, coalition: str, position_id: int) -> HttpResponse:
    rows = Position.objects.filter(stakeholder__removed_at=None).select_related("stakeholder")
    position = get_object_or_404(rows, pk=position_id)
    actions.take_back_position(actor=request.actor, position=position)
    messages.success(request, _("Taken back. What was known before stands again."))
    return redirect("stakeholders:ally_positions", coalition, position.stakeholder_id)


def _written(request: HttpRequest, position: Position, to_ally: bool) -> HttpResponse:
    slug = request.coalition.slug
    undo = reverse("stakeholders:take_back_position", args=[slug, position.pk])
    done = (
        _("Written down; what was known before is kept as history.")
        if position.replaced_at is None
        else _("Kept in the history: a newer position stands.")
    )
    messages.success(request, done, extra_tags=f"undo:{undo}")
    if to_ally:
        return redirect("stakeholders:ally_positions", slug, position.stakeholder_id)
    return redirect("stakeholders:issue", slug, position.issue_id)


def _asked(request: HttpRequest, name: str, model: Any) -> Any:
    """The row that the address names; None if it names none, 404 if there is no such row."""
    wanted = request.GET.get(name, "")
    if not wanted:
        return None
    known = wanted.isascii() and wanted.isdigit() and len(wanted) < 19
    return get_object_or_404(model.objects.all(), pk=int(wanted) if known else 0)
