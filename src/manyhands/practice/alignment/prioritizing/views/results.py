"""What came of a round on what comes first: fit beside popularity, as a table, a picture and sentences."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from manyhands.foundation.access.rules import seated
from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.spreadsheets import csv_response

from ... import policies
from ...vision.queries import adopted_rows
from .. import rules, words
from .asking import find, newer_than


@require_GET
@allow(seated)
def results(request: HttpRequest, coalition: str, priority_round_id: int) -> HttpResponse:
    """Fit beside popularity, sorted by either. Before the close there is nothing to see, so it leads to the vision."""
    round = find(priority_round_id)
    if round.is_open:
        return redirect("alignment:priority_round", coalition, round.pk)
    by = "fit" if request.GET.get("sort") == "fit" else "popularity"
    current = adopted_rows()
    shown = words.shown(round, by, current)
    if request.GET.get("format") == "csv":
        header, rows = words.table(shown)
        return csv_response(f"{coalition}-what-comes-first-{round.pk}.csv", header, rows)
    context = {
        "round": round,
        "shown": shown,
        "by": by,
        "newer": newer_than(round, current),
        "leads": policies.choose_agenda.holds(request.actor),
        "fewest": rules.FEWEST,
    }
    return render(request, "alignment/prioritizing/results.html", context)
