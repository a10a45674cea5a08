"""Who holds power, who goes with whom, and a quick way to rate what nobody has rated yet."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.spreadsheets import csv_response

from ... import policies
from ...actions import Refused
from ...models import Issue, PowerFinding, Stakeholder
from .. import actions, queries
from .. import power as picture
from ..forms import LEVELS, SwaysForm
from ..words import listed

#: Missing pairs named on the page; the way to rate them knows all.
MOST_MISSING = 12


@require_GET
@allow(policies.see_allies)
def power(request: HttpRequest, coalition: str) -> HttpResponse:
    """The picture of power as the job worked it out; "not enough yet" names what is missing."""
    finding = queries.power_finding()
    payload = finding.payload if finding else {}
    context: dict[str, Any] = {
        "finding": finding,
        "payload": payload,
        "may_rate": policies.rate_influence.holds(request.actor),
        "may_write": policies.write_position.holds(request.actor),
        "roles": picture.ROLES,
    }
    if finding is None or not payload:
        return render(request, "stakeholders/positions/not_enough.html", context)
    issues = {issue.pk: issue for issue in queries.every_issue()}
    names = queries.names_of([*payload["actors"], *(int(actor) for actor in payload["left_out"])])
    context |= _what_is_missing(payload, names, issues)
    if not payload["is_enough"]:
        return render(request, "stakeholders/positions/not_enough.html", context)
    shown = picture.shown(payload, names, issues)
    if request.GET.get("format") == "csv":
        return _csv(finding, shown)
    return render(request, "stakeholders/positions/power.html", context | {"shown": shown})


@require_http_methods(["GET", "POST"])
@allow(policies.rate_influence)
def rate_sways(request: HttpRequest, coalition: str) -> HttpResponse:
    """One actor over all others on one page, the one that lacks most ratings first."""
    one_id, also = _number(request.GET.get("one", "")), _number(request.GET.get("also", ""))
    grid = queries.grid(request.actor.seat_id, also=also or one_id)
    if also and all(actor.pk != also for actor in grid.actors):
        raise Http404
    one = _chosen(grid, one_id)
    if one is None:
        return render(request, "stakeholders/positions/rate_sways.html", {"grid": grid, "one": None})
    others = [actor for actor in grid.actors if actor.pk != one.pk]
    others.sort(key=lambda other: ((one.pk, other.pk) in grid.mine, (one.pk, other.pk) in grid.rated, other.name))
    given = {other.pk: grid.mine[one.pk, other.pk].level for other in others if (one.pk, other.pk) in grid.mine}
    form = SwaysForm(request.POST or None, others=others, given=given)
    if request.method == "POST" and form.is_valid():
        try:
            rated = actions.rate_sways(
                actor=request.actor, one=one, levels=form.levels, basis=form.cleaned_data["basis"]
            )
        except Refused as problem:
            form.add_error(None, str(problem))
        else:
            return _go_on(request, grid, one, len(rated))
    context = {
        "grid": grid,
        "one": one,
        "form": form,
        "rows": [(form[f"over-{other.pk}"], (one.pk, other.pk) in grid.rated) for other in others],
        "actors": [(actor, grid.missing(actor.pk)) for actor in grid.actors],
        "levels": LEVELS,
        "missing": sum(grid.missing(actor.pk) for actor in grid.actors),
        "is_new": not grid.rated,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "stakeholders/positions/rate_sways.html", context, status=status)


def _chosen(grid: queries.Grid, one_id: int | None) -> Stakeholder | None:
    if len(grid.actors) < 2:
        return None
    if one_id:
        wanted = next((actor for actor in grid.actors if actor.pk == one_id), None)
        if wanted is None:
            raise Http404
        return wanted
    return max(grid.actors, key=lambda actor: (grid.missing(actor.pk), -actor.pk))


def _go_on(request: HttpRequest, grid: queries.Grid, one: Stakeholder, count: int) -> HttpResponse:
    """To the next actor that somebody must still rate; to the picture when nothing is missing."""
    slug = request.coalition.slug
    messages.success(request, ngettext("%(n)s rating is saved.", "%(n)s ratings are saved.", count) % {"n": count})
    left = [actor for actor in grid.actors if actor.pk != one.pk and grid.missing(actor.pk)]
    if not left:
        return redirect("stakeholders:power", slug)
    following = max(left, key=lambda actor: (grid.missing(actor.pk), -actor.pk))
    return redirect(f"{reverse('stakeholders:rate_sways', args=[slug])}?{urlencode({'one': following.pk})}")


def _what_is_missing(
    payload: dict[str, Any], names: dict[int, Stakeholder], issues: dict[int, Issue]
) -> dict[str, Any]:
    """Pairs nobody rated, and positions nobody knows, in names."""
    pairs = [(names[one], names[other]) for one, other in payload["missing"] if one in names and other in names]
    left_out = [
        (names[int(actor)], _pairs_of(int(actor), lacking, names))
        for actor, lacking in payload["left_out"].items()
        if int(actor) in names
    ]
    unknown = [
        (issues[int(issue)], [names[actor] for actor in lacking if actor in names])
        for issue, lacking in payload["issues_left_out"].items()
        if int(issue) in issues
    ]
    return {
        "missing": pairs[:MOST_MISSING],
        "count_more": payload["count_missing"] - len(pairs[:MOST_MISSING]),
        "left_out": left_out,
        "unknown": unknown,
        "count_rated": payload["count_pairs"] - payload["count_missing"],
    }


def _pairs_of(actor: int, lacking: list[list[int]], names: dict[int, Stakeholder]) -> str:
    """Over whom it is not rated, and who is not rated over it."""
    over = [names[other].name for one, other in lacking if one == actor and other in names]
    under = [names[one].name for one, other in lacking if other == actor and one in names]
    told = []
    if over:
        told.append(_("over %(names)s") % {"names": listed(over)})
    if under:
        told.append(_("under %(names)s") % {"names": listed(under)})
    return "; ".join(told)


def _csv(finding: PowerFinding, shown: picture.Power) -> HttpResponse:
    header = [
        *(_("Ally"), _("Place"), _("Best place"), _("Worst place"), _("Influence"), _("Dependence"), _("Balance")),
        *(_("Role"), _("Ambivalence"), _("Method")),
    ]
    rows = [
        [
            *(row.ally.name, row.rank, row.best, row.worst, row.influence, row.dependence, row.balance),
            *(str(row.role_name), row.ambivalence, finding.method),
        ]
        for row in shown.rows
    ]
    return csv_response(f"power-{localdate().isoformat()}.csv", header, rows)


def _number(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise Http404
    return int(text)
