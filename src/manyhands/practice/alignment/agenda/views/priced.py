"""Which priorities come first where each costs something and there is only so much of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from manyhands.foundation.access.rules import require, seated
from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.spreadsheets import csv_response

from ... import policies
from ...models import AgendaFinding
from .. import actions, priority_words, queries
from ..forms import PricedAgendaForm
from .asked import run_of


@require_http_methods(["GET", "POST"])
@allow(seated)
def priced_agenda(request: HttpRequest, coalition: str) -> HttpResponse:
    """Ways of choosing within a budget; those who lead say what each priority costs and how much there is."""
    standing = queries.standing()
    if request.method == "POST":
        require(request.actor, policies.choose_agenda)
        form = PricedAgendaForm(request.POST, titles=standing.served)
        if not form.is_valid():
            return _page(request, standing, form=form, status=422)
        try:
            actions.ask_for_priced_agenda(actor=request.actor, priced=form.cleaned_data["priced"])
        except actions.Refused as problem:
            form.add_error(None, str(problem))
            return _page(request, standing, form=form, status=422)
        return redirect(request.path)
    return _page(request, standing)


def _page(
    request: HttpRequest, standing: queries.Standing, *, form: PricedAgendaForm | None = None, status: int = 200
) -> HttpResponse:
    asked = queries.priced_agenda()
    priced = asked.priced if asked else None
    finding: AgendaFinding | None = getattr(asked, "finding", None)
    is_current = finding is not None and asked is not None and finding.fingerprint == standing.fingerprint(asked)
    problem = finding.payload["problem"] if finding is not None else ""
    leads = policies.choose_agenda.holds(request.actor)
    run = run_of(asked) if asked and not is_current else None
    context: dict[str, Any] = {
        "form": (form or PricedAgendaForm(titles=standing.served, priced=priced)) if leads and standing.most else None,
        "asked": asked,
        "finding": None if problem else finding,
        "problem": problem,
        "most": standing.most,
        "leads": leads,
        "is_current": is_current,
        "run": run if run and run.state != "done" else None,
    }
    if finding is not None and not problem:
        ways, items = priority_words.ways(finding.payload, standing), priority_words.items(finding.payload, standing)
        if request.GET.get("format") == "csv":
            return csv_response("agenda-of-priorities-by-cost.csv", *priority_words.table(items, ways))
        context |= {
            "payload": finding.payload,
            "budget": priority_words.amount(finding.payload, finding.payload["budget"]),
            "headline": priority_words.headline(finding.payload, standing),
            "ways": ways,
            "items": items,
            "count_differ": sum(item.differs for item in items),
        }
    return render(request, "alignment/agenda/priced.html", context, status=status)
