"""Reporting that a ground rule was broken: the report, its answer, and the stewards' list."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.lists import ListPage

from ... import policies
from ...models import BreachReport
from .. import actions, queries, rules
from ..forms import AnswerForm, CodeForm, ReportForm


@require_http_methods(["GET", "POST"])
@never_cache
@allow(policies.report_breach)
def report_breach(request: HttpRequest, coalition: str) -> HttpResponse:
    """Report a breach, with one's name or without."""
    form = ReportForm(request.POST if request.method == "POST" else None, initial={"way": "stewards"})
    context = {"form": form, "has_stewards": queries.stewards().exists(), "days": rules.DAYS_TO_ANSWER}
    if request.method == "GET":
        return render(request, "alignment/compact/report.html", context)
    if not form.is_valid():
        return render(request, "alignment/compact/report.html", context, status=422)
    try:
        reported = actions.report_breach(actor=request.actor, **form.cleaned_data)
    except actions.NoSuchSteward:
        form.add_error("to_seat", _("They are no steward any more. Choose another, or all stewards."))
        return render(request, "alignment/compact/report.html", context, status=409)
    if reported.code:  # shown on this one page and never again, so there is no address to go to
        return render(request, "alignment/compact/reported.html", {"report": reported.report, "code": reported.code})
    messages.success(request, _("Reported. You are answered by the day that is written here."))
    return redirect("alignment:own_reports", coalition)


@require_GET
@never_cache
@allow(policies.report_breach)
def own_reports(request: HttpRequest, coalition: str) -> HttpResponse:
    """What I reported with my name, and the answers."""
    return render(request, "alignment/compact/own_reports.html", {"reports": queries.own_reports(request.actor)})


@require_http_methods(["GET", "POST"])
@never_cache
@allow(policies.report_breach)
def by_code(request: HttpRequest, coalition: str) -> HttpResponse:
    """Read the answer to an anonymous report with the code that was shown once."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    found, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            found = queries.report_of_code(rules.fingerprint_of(form.cleaned_data["code"]))
            if found is None:
                form.add_error("code", _("No report has this code. Look again: it has ten letters and digits."))
            else:
                status = 200
    return render(request, "alignment/compact/by_code.html", {"form": form, "report": found}, status=status)


@require_GET
@never_cache
@allow(policies.answer_breach)
def report_list(request: HttpRequest, coalition: str) -> HttpResponse:
    """Every report this steward may read. It goes into no file: these words stay here."""
    states = [("open", _("waits for an answer")), ("answered", _("answered"))]
    reports = ListPage(
        request,
        queries.reports_for(request.actor),
        search=["text"],
        filters={
            "state": (_("State"), states, lambda rows, chosen: rows.filter(answered_at__isnull=chosen == "open")),
        },
        sorts={"due": (_("Answer by"), "answer_by"), "newest": (_("Newest"), "-reported_on")},
        default_sort="newest",
    )
    return render(request, "alignment/compact/reports.html", {"reports": reports})


@require_http_methods(["GET", "POST"])
@never_cache
@allow(policies.report_breach)
def report_page(request: HttpRequest, coalition: str, breach_report_id: int) -> HttpResponse:
    """One report with its answer: for its author, and for the stewards it is meant for, who answer here."""
    report = _find(request, breach_report_id)
    may_answer = policies.answer_breach.holds(request.actor, report)
    if request.method == "POST" and not may_answer:
        raise Http404
    form = AnswerForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.answer_breach(actor=request.actor, report=report, **form.cleaned_data)
            except actions.AnsweredAlready:
                form.add_error(None, _("Another steward answered while you were writing. Their answer stands."))
                report, status = _find(request, breach_report_id), 409
            else:
                messages.success(request, _("Answered. The author reads it with today’s date."))
                return redirect("alignment:breach_reports", coalition)
    is_mine = report.author_id is not None and report.author_id == request.actor.seat_id
    context = {"report": report, "form": form, "may_answer": may_answer, "is_mine": is_mine}
    return render(request, "alignment/compact/report_page.html", context, status=status)


@require_POST
@allow(policies.report_breach)
def see_answer(request: HttpRequest, coalition: str, breach_report_id: int) -> HttpResponse:
    """Take the answer off one's desk."""
    report = queries.own_reports(request.actor).filter(pk=breach_report_id).first()
    if report is None:
        raise Http404
    actions.see_answer(actor=request.actor, report=report)
    return redirect("alignment:own_reports", coalition)


def _find(request: HttpRequest, breach_report_id: int) -> BreachReport:
    """Among those this person may read: as its author or as a steward."""
    for readable in (queries.reports_for(request.actor), queries.own_reports(request.actor)):
        found = readable.filter(pk=breach_report_id).first()
        if found is not None:
            return found
    raise Http404
