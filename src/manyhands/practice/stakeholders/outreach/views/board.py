"""The board of reaching out, its list, and those whom nobody has asked."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from manyhands.foundation.access.views import allow
from manyhands.foundation.coalitions import queries as table
from manyhands.foundation.ui.errors import conflict
from manyhands.foundation.ui.lists import ListPage

from ... import policies
from ... import queries as room
from ...models import STAGES, Stakeholder
from ...views.map import AllyList
from .. import actions, queries, rules
from ..forms import stage_choices

NOBODY = "nobody"
DUE = [
    ("late", gettext_lazy("Due by today")),
    ("planned", gettext_lazy("Planned for later")),
    ("none", gettext_lazy("None planned")),
]


@require_GET
@allow(policies.see_allies)
def board(request: HttpRequest, coalition: str) -> HttpResponse:
    keepers = table.seat_choices()
    listed = _listed(request, queries.in_hand().filter(member=None), keepers)
    if listed.wants_csv:
        return _csv(listed, f"{coalition}-reaching-out.csv")
    keeper = request.GET.get("keeper", "")
    whose = int(keeper) if keeper in {str(pk) for pk, _name in keepers} else None
    columns = queries.board(whose, *listed.questions)
    may_move = policies.reach_out.holds(request.actor)
    for ally in [*(card for column in columns for card in column.cards), *listed.page]:
        ally.moves = stage_choices(ally.stage) if may_move else []
        ally.is_late = bool(ally.next_step_on and ally.next_step_on <= localdate())
    context = {
        "columns": columns,
        "listed": listed,
        "total": sum(column.count for column in columns),
        "may_move": may_move,
        "today": localdate(),
    }
    return render(request, "stakeholders/outreach/board.html", context)


@require_POST
@allow(policies.see_allies)
def move(request: HttpRequest, coalition: str, stakeholder_id: int) -> HttpResponse:
    """To another stage; what a drag does, this button does."""
    ally = get_object_or_404(room.allies(), pk=stakeholder_id)
    before, stage = ally.stage, request.POST.get("stage", "")
    try:
        moved = actions.move_on(actor=request.actor, stakeholder=ally, stage=stage)
    except actions.Refused as problem:
        return conflict(request, str(problem))
    told = _("%(name)s is now: %(stage)s.") % {"name": moved.name, "stage": str(moved.get_stage_display()).lower()}
    if moved.stage == "parked" and moved.not_before:
        told += " " + _("We come back to them on %(day)s.") % {"day": moved.not_before.isoformat()}
    undo = f"undo:{reverse('stakeholders:move_back', args=[coalition, ally.pk, before])}"
    messages.success(request, told, extra_tags=undo if before in rules.may_go(moved.stage) else "")
    return redirect(f"{reverse('stakeholders:outreach', args=[coalition])}#card-{ally.pk}")


@require_POST
@allow(policies.see_allies)
def move_back(request: HttpRequest, coalition: str, stakeholder_id: int, stage: str) -> HttpResponse:
    """Undo a move."""
    ally = get_object_or_404(room.allies(), pk=stakeholder_id)
    try:
        actions.move_on(actor=request.actor, stakeholder=ally, stage=stage)
    except actions.Refused as problem:
        return conflict(request, str(problem))
    messages.success(request, _("%(name)s is back where it was.") % {"name": ally.name})
    return redirect("stakeholders:outreach", coalition)


@require_GET
@allow(policies.see_allies)
def candidates(request: HttpRequest, coalition: str) -> HttpResponse:
    """Those who care little, they say, and whom nobody has asked; apart from those who refused."""
    kind = request.GET.get("who", "")
    rows = {"refused": queries.refused, "waiting": queries.waiting_until}.get(kind, queries.distant)()
    listed = AllyList(
        request,
        rows,
        search=["search_text"],
        filters={"sector": (_("Sector"), _sectors(), "sector")},
        sorts={
            "influence": (_("Influence"), ["-influence", "name"]),
            "interest": (_("Interest"), ["interest", "name"]),
            "name": (_("Ally"), "name"),
        },
        default_sort="influence",
        page_size=20,
    )
    if listed.wants_csv:
        return _csv(listed, f"{coalition}-{kind or 'never-asked'}.csv")
    context = {
        "listed": listed,
        "kind": kind if kind in {"refused", "waiting"} else "",
        "may_invite": policies.invite_ally.holds(request.actor),
        "may_reach": policies.reach_out.holds(request.actor),
    }
    return render(request, "stakeholders/outreach/candidates.html", context)


def _sectors() -> list[tuple[str, str]]:
    named = Stakeholder.objects.exclude(sector="").order_by("sector").values_list("sector", flat=True).distinct()
    return [(name, name) for name in named]


def _listed(request: HttpRequest, rows: QuerySet, keepers: list[tuple[int, str]]) -> ListPage:
    return AllyList(
        request,
        rows,
        search=["search_text"],
        filters={
            "stage": (_("How far we are"), STAGES, "stage"),
            "keeper": (
                _("Looked after by"),
                [(NOBODY, _("Nobody yet")), *keepers],
                lambda found, value: found.filter(looked_after_by_id=None if value == NOBODY else value),
            ),
            "step": (_("Next step"), DUE, _by_step),
        },
        sorts={
            "step": (_("Next step"), ["next_step_on", "name"]),
            "name": (_("Ally"), "name"),
            "last": (_("Last contact"), ["last_on", "name"]),
            "weight": (_("Interest and influence"), ["-weight", "-pk"]),  # the newest first
        },
        default_sort="weight",
        page_size=20,
    )


def _by_step(rows: QuerySet, value: str) -> QuerySet:
    today = localdate()
    return rows.filter(
        {"late": Q(next_step_on__lte=today), "planned": Q(next_step_on__gt=today), "none": Q(next_step_on=None)}[value]
    )


def _csv(listed: ListPage, filename: str) -> HttpResponse:
    header = [_("Ally"), _("How far we are"), _("Looked after by"), _("Next step"), _("By"), _("Last contact"),
              _("What came of it"), _("Not before"), _("Never ask, because")]  # fmt: skip

    def row(ally: Any) -> list[Any]:
        keeper = ally.looked_after_by.name if ally.looked_after_by else ""
        return [ally.name, ally.get_stage_display(), keeper, ally.next_step, ally.next_step_on or "",
                ally.last_on or "", ally.last_outcome or "", ally.not_before or "", ally.never_because]  # fmt: skip

    return listed.csv_response(filename, header, row)
