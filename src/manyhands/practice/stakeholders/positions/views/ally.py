"""One actor: where it stands on each issue, who can move it, whom it moves, and how strong its claim is."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.spreadsheets import csv_response

from ... import policies
from ... import queries as room
from ...actions import Refused
from ...models import Claim, Issue, Position, Stakeholder, Sway
from .. import actions, insights, queries, rules
from ..forms import LEVELS, ClaimForm
from ..words import listed


@dataclass(frozen=True)
class OnIssue:
    """What was ever written about one actor on one issue, newest first."""

    issue: Issue
    now: Position | None
    is_old: bool
    history: list[Position]


@dataclass(frozen=True)
class Reach:
    """One line of "who moves whom"."""

    other: Stakeholder
    direct: str
    raters: int
    lowest: int
    highest: int
    through: str
    bases: list[Sway]


@require_GET
@allow(policies.see_allies)
def ally_positions(request: HttpRequest, coalition: str, stakeholder_id: int) -> HttpResponse:
    ally = _find(stakeholder_id)
    if request.GET.get("format") == "csv":
        return _csv(ally)
    return _show(request, ally)


@require_POST
@allow(policies.rate_influence)
def rate_claim(request: HttpRequest, coalition: str, stakeholder_id: int) -> HttpResponse:
    ally = _find(stakeholder_id)
    form = ClaimForm(request.POST)
    if form.is_valid():
        try:
            claim = actions.rate_claim(actor=request.actor, stakeholder=ally, **form.cleaned_data)
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            undo = reverse("stakeholders:withdraw_claim", args=[coalition, claim.pk])
            messages.success(request, _("Saved; members see it with your name."), extra_tags=f"undo:{undo}")
            return redirect("stakeholders:ally_positions", coalition, ally.pk)
    return _show(request, ally, form, status=422)


@require_POST
@allow(policies.rate_influence)
def withdraw_claim(request: HttpRequest, coalition: str, claim_id: int) -> HttpResponse:
    mine = Claim.objects.filter(rater_id=request.actor.seat_id, stakeholder__removed_at=None)
    claim = get_object_or_404(mine, pk=claim_id)
    actions.withdraw_claim(actor=request.actor, claim=claim)
    messages.success(request, _("What you said is taken back."))
    return redirect("stakeholders:ally_positions", coalition, claim.stakeholder_id)


@require_POST
@allow(policies.rate_influence)
def withdraw_sway(request: HttpRequest, coalition: str, sway_id: int) -> HttpResponse:
    mine = Sway.objects.filter(rater_id=request.actor.seat_id, one__removed_at=None)
    sway = get_object_or_404(mine, pk=sway_id)
    actions.withdraw_sway(actor=request.actor, sway=sway)
    messages.success(request, _("Your rating is taken back."))
    return redirect("stakeholders:ally_positions", coalition, sway.one_id)


def _show(request: HttpRequest, ally: Stakeholder, form: ClaimForm | None = None, status: int = 200) -> HttpResponse:
    claims = queries.claims_on(ally)
    mine = next((claim for claim in claims if claim.rater_id == request.actor.seat_id), None)
    if form is None:
        initial = {name: getattr(mine, name) for name in ClaimForm.base_fields} if mine else None
        form = ClaimForm(initial=initial)
    sways = queries.sways_around(ally)
    context: dict[str, Any] = {
        "ally": ally,
        "on_issues": _on_issues(ally),
        "acts_on": _reach(ally, sways),
        "acted_on_by": _reach(ally, sways, towards=True),
        "my_sways": [each for each in sways if each.one_id == ally.pk and each.rater_id == request.actor.seat_id],
        "levels": LEVELS,
        "claims": claims,
        "my_claim": mine,
        "claim": insights.claim_seen(claims),
        "claim_names": {"power": _("Power"), "legitimacy": _("Legitimacy"), "urgency": _("Urgency")},
        "form": form,
        "may_write": policies.write_position.holds(request.actor),
        "may_rate": policies.rate_influence.holds(request.actor),
    }
    return render(request, "stakeholders/positions/ally.html", context, status=status)


def _on_issues(ally: Stakeholder) -> list[OnIssue]:
    by_issue: dict[int, list[Position]] = {}
    for position in queries.written_about(ally):
        by_issue.setdefault(position.issue_id, []).append(position)
    today, found = localdate(), []
    for history in by_issue.values():
        standing = next((each for each in history if each.replaced_at is None), None)
        aged = rules.age(standing.wedge, standing.on, today, kind=ally.kind) if standing else rules.Age.COUNTS
        counts = standing if aged is not rules.Age.EXPIRED else None
        found.append(OnIssue(history[0].issue, counts, aged is rules.Age.OLD, history))
    return sorted(found, key=lambda each: (each.issue.closed_at is not None, each.issue.pk))


def _reach(ally: Stakeholder, sways: list[Sway], *, towards: bool = False) -> list[Reach]:
    """On whom it acts, or who acts on it, direct and through others."""
    levels = rules.medians((sway.one_id, sway.other_id, sway.level) for sway in sways)
    actors = {each.pk: each for sway in sways for each in (sway.one, sway.other)}
    rated: dict[tuple[int, int], list[Sway]] = {}
    for sway in sways:
        rated.setdefault((sway.one_id, sway.other_id), []).append(sway)
    found = []
    for way in rules.ways(levels, ally.pk, towards=towards):
        given = rated.get((way.one, way.other), [])
        through = [f"{actors[middle].name} ({level:g})" for middle, level in way.through]
        found.append(
            Reach(
                actors[way.one if towards else way.other],
                "" if way.direct is None else f"{way.direct:g}",
                len(given),
                min((sway.level for sway in given), default=0),
                max((sway.level for sway in given), default=0),
                listed(through),
                given,
            )
        )
    return found


def _csv(ally: Stakeholder) -> HttpResponse:
    header = [
        *(_("What we want"), _("Where they stand"), _("Strength"), _("How we know"), _("As of"), _("Written by")),
        _("State"),
    ]
    rows = [
        [
            each.issue.title,
            each.get_wedge_display(),
            each.strength,
            each.source,
            each.on.isoformat(),
            each.by_seat.name if each.by_seat else "",
            _("taken back") if each.taken_back_at else (_("replaced") if each.replaced_at else _("stands")),
        ]
        for each in queries.written_about(ally)
    ]
    return csv_response(f"positions-of-{ally.pk}-{localdate().isoformat()}.csv", header, rows)


def _find(stakeholder_id: int) -> Stakeholder:
    ally: Stakeholder = get_object_or_404(room.allies(), pk=stakeholder_id)
    return ally
