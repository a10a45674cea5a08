"""Pages that show many: negotiations, clashing priorities, who gave way to whom."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from manyhands.foundation.access.rules import seated
from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.lists import ListPage
from manyhands.foundation.ui.spreadsheets import csv_response

from ... import policies
from ...models import Concession, Negotiation
from ...success.forms import STRENGTHS
from .. import queries


@require_GET
@allow(seated)
def negotiations(request: HttpRequest, coalition: str) -> HttpResponse:
    """Every negotiation, newest first."""
    listed = ListPage(
        request,
        queries.negotiations_for(request.actor),
        search=["question", "explanation"],
        filters={"state": (_("Where it stands"), Negotiation.STATES, "state")},
        sorts={"question": (_("Question"), "question"), "newest": (_("Begun"), "id")},
        default_sort="-newest",
        page_size=20,
    )
    if listed.wants_csv:
        header = [_("Question"), _("Where it stands"), _("Parties"), _("Mediator"), _("Looked at again")]

        def row(each: Negotiation) -> list[Any]:
            names = "; ".join(queries.names_of(each).values())
            return [each.question, each.get_state_display(), names, each.mediator.name, each.look_again_on or ""]

        return listed.csv_response(f"{coalition}-negotiations.csv", header, row)
    may_prepare = policies.prepare_negotiation.holds(request.actor)
    return render(request, "alignment/compromise/negotiations.html", {"listed": listed, "may_prepare": may_prepare})


@require_GET
@allow(seated)
def clashes(request: HttpRequest, coalition: str) -> HttpResponse:
    """Priorities that serve some and get in the way of others, and whether a trade exists."""
    found = queries.clashes(request.actor)
    words = dict(STRENGTHS)
    if request.GET.get("format") == "csv":
        header = [_("Priority"), _("Serves"), _("Gets in the way of"), _("How strong"), _("Trade")]
        rows = [
            [
                clash.priority.title,
                "; ".join(f"{s.organization.name} ({words[s.strength]})" for s in clash.serves),
                "; ".join(f"{s.organization.name} ({words[s.strength]})" for s in clash.hinders),
                clash.intensity,
                "; ".join(f"{t.one}: {t.one_gives}, {t.other}: {t.other_gives}" for t in clash.trades)
                or _("none seen"),
            ]
            for clash in found
        ]
        return csv_response(f"{coalition}-clashes.csv", header, rows)
    for clash in found:
        for stand in (*clash.serves, *clash.hinders):
            stand.words = words[stand.strength]  # type: ignore[attr-defined]
    context = {
        "clashes": found,
        "strengths": words,
        "may_prepare": policies.prepare_negotiation.holds(request.actor),
    }
    return render(request, "alignment/compromise/clashes.html", context)


@require_GET
@allow(seated)
def concessions(request: HttpRequest, coalition: str) -> HttpResponse:
    """Who gave way to whom, at the tables where this person sits."""
    rows = queries.concessions_for(request.actor)
    listed = ListPage(
        request,
        rows,
        search=["giver__name", "getter__name", "issue__name", "negotiation__question"],
        filters={
            "whose": (
                _("Who gave way"),
                [("us", _("We did")), ("others", _("Others did"))],
                lambda found, value: (
                    found.filter(giver_id=request.actor.organization_id)
                    if value == "us"
                    else found.exclude(giver_id=request.actor.organization_id)
                ),
            )
        },
        sorts={"on": (_("When"), "on"), "again": (_("Looked at again"), "look_again_on")},
        default_sort="-on",
        page_size=20,
    )
    if listed.wants_csv:
        header = [_("When"), _("Who gave way"), _("To whom"), _("On what"), _("Negotiation"), _("Looked at again")]

        def row(each: Concession) -> list[Any]:
            return [each.on, each.giver.name, each.getter.name, each.issue.name, each.negotiation.question,
                    each.look_again_on]  # fmt: skip

        return listed.csv_response(f"{coalition}-concessions.csv", header, row)
    context = {"listed": listed, "pairs": queries.reciprocity(request.actor)}
    return render(request, "alignment/compromise/concessions.html", context)
