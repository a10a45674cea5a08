"""Pages about background work: all of it for operators, the progress of one's own for members."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from manyhands.foundation.access.rules import operator, seated
from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.lists import ListPage

from . import actions, queries
from .models import JobRun
from .schedules import schedules


@require_GET
@allow(operator)
def job_list(request: HttpRequest) -> HttpResponse:
    return _list(request)


@require_POST
@allow(operator)
def retry_run(request: HttpRequest, run_id: int) -> HttpResponse:
    run = get_object_or_404(JobRun, pk=run_id)
    try:
        actions.retry_run(actor=request.actor, run=run)
    except actions.NotFailed:
        messages.error(request, _("%(job)s has not failed; it may have been started again.") % {"job": run.plain_name})
        return _list(request, status=409)
    messages.success(request, _("%(job)s waits for a worker again.") % {"job": run.plain_name})
    return redirect("jobs:list")


@require_GET
@allow(seated)
def progress(request: HttpRequest, coalition: str, run_id: int) -> HttpResponse:
    """How far one run of this coalition is. Asks again each second until it is over, then says ``job-over``."""
    run = get_object_or_404(queries.runs_of(request.coalition.pk), pk=run_id)
    template = "jobs/progress.html" + ("#run" if request.htmx else "")
    response = render(request, template, {"run": run})
    if run.is_over:
        response["HX-Trigger-After-Settle"] = "job-over"
    return response


def _list(request: HttpRequest, status: int = 200) -> HttpResponse:
    states = [
        ("waiting", _("Waiting")),
        ("running", _("Running")),
        ("failed", _("Failed")),
        ("done", _("Done")),
    ]
    runs = ListPage(
        request,
        queries.all_runs(),
        search=["name", "note", "error"],
        filters={"state": (_("State"), states, "state")},
        sorts={"asked": (_("Asked for"), "asked_at"), "name": (_("Work"), "name"), "tries": (_("Tries"), "tries")},
        default_sort="-asked",
    )
    context = {"runs": runs, "counts": queries.counts(), "schedules": schedules()}
    return render(request, "jobs/list.html", context, status=status)
