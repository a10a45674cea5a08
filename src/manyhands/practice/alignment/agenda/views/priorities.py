"""Which few priorities come first, so that no like-minded members are left with nothing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from manyhands.foundation.access.rules import require, seated
from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.spreadsheets import csv_response

from ... import policies
from ...models import Agenda, AgendaFinding
from .. import actions, priority_words, queries
from ..forms import PriorityAgendaForm
from .asked import number, run_of


@require_http_methods(["GET", "POST"])
@allow(seated)
def priority_agenda(request: HttpRequest, coalition: str) -> HttpResponse:
    """What comes first now beside four ways of choosing; those who lead say how many places there are."""
    standing = queries.standing()
    if request.method == "POST":
        require(request.actor, policies.choose_agenda)
        form = PriorityAgendaForm(request.POST, most=standing.most)
        if not form.is_valid():
            return _page(request, standing, form=form, status=422)
        try:
            asked = actions.ask_for_priority_agenda(actor=request.actor, size=form.cleaned_data["size"])
        except actions.Refused as problem:  # a stand was taken back meanwhile
            form.add_error("size", str(problem))
            return _page(request, standing, form=form, status=422)
        return redirect(f"{request.path}?size={asked.size}")
    return _page(request, standing)


def _page(
    request: HttpRequest, standing: queries.Standing, *, form: PriorityAgendaForm | None = None, status: int = 200
) -> HttpResponse:
    asked = queries.priority_agendas()
    shown = _shown(request, asked, standing)
    finding: AgendaFinding | None = getattr(shown, "finding", None)
    if finding is not None and finding.payload["problem"]:
        finding = None
    leads = policies.choose_agenda.holds(request.actor)
    if form is None and leads and standing.most:
        size = shown.size if shown else len(standing.selected) or 3
        form = PriorityAgendaForm(most=standing.most, initial={"size": min(size, standing.most)})
    is_current = finding is not None and shown is not None and finding.fingerprint == standing.fingerprint(shown)
    run = run_of(shown) if shown and not is_current else None
    context: dict[str, Any] = {
        "form": form if leads else None,
        "asked": asked,
        "shown": shown,
        "finding": finding,
        "most": standing.most,
        "leads": leads,
        "standing": standing,
        "is_current": is_current,
        "run": run if run and run.state != "done" else None,
        "is_unknown": "size" in request.GET and (shown is None or str(shown.size) != request.GET["size"]),
    }
    if finding is not None and shown is not None:
        ways, items = priority_words.ways(finding.payload, standing), priority_words.items(finding.payload, standing)
        if request.GET.get("format") == "csv":
            return csv_response(f"agenda-of-{shown.size}-priorities.csv", *priority_words.table(items, ways))
        context |= {
            "payload": finding.payload,
            "headline": priority_words.headline(finding.payload, standing),
            "ways": ways,
            "items": items,
            "count_differ": sum(item.differs for item in items),
        }
    return render(request, "alignment/agenda/priorities.html", context, status=status)


def _shown(request: HttpRequest, asked: list[Agenda], standing: queries.Standing) -> Agenda | None:
    """The one that is asked for, else as many as come first now, else the newest."""
    by_size = {each.size: each for each in asked}
    wanted = number(request.GET.get("size", ""))
    if wanted in by_size:
        return by_size[wanted]
    newest = max(asked, key=lambda each: each.asked_at, default=None)
    return by_size.get(len(standing.selected), newest)
