"""Bringing in a list, step by step: upload, match its columns, try first, import; and taking it back."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from manyhands.foundation.access.together import ask_together
from manyhands.foundation.access.views import allow
from manyhands.foundation.jobs.models import JobRun
from manyhands.foundation.ui.lists import ListPage

from .. import policies, queries, tasks
from ..forms import BringListForm, MatchForm, StartForm
from ..importing import actions, reading
from ..models import Import, Issue

State = Import.State
STEPS = (_("Upload"), _("Match columns"), _("Try first"), _("Import"))


@require_GET
@allow(policies.import_list)
def imports(request: HttpRequest, coalition: str) -> HttpResponse:
    listed = ListPage(request, queries.imports(), search=["filename", "source"], page_size=20)
    return render(request, "stakeholders/imports.html", {"listed": listed})


@require_http_methods(["GET", "POST"])
@allow(policies.import_list)
def bring_list(request: HttpRequest, coalition: str) -> HttpResponse:
    form = BringListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            listing = actions.bring_list(actor=request.actor, file=file, filename=file.name)
        except reading.Unreadable as problem:
            form.add_error("file", str(problem))
        else:
            return redirect("stakeholders:match", request.coalition.slug, listing.pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "steps": [str(step) for step in STEPS], "limit": settings.UPLOAD_LIMIT}
    return render(request, "stakeholders/bring_list.html", context, status=status)


@require_http_methods(["GET", "POST"])
@allow(policies.import_list)
def match_columns(request: HttpRequest, coalition: str, import_id: int) -> HttpResponse:
    listing = _find(import_id)
    if request.method == "GET" and listing.state not in {State.UPLOADED, State.TRIED, State.FAILED}:
        return redirect("stakeholders:import", coalition, listing.pk)
    form = MatchForm(request.POST or None, listing=listing)
    if request.method == "POST" and form.is_valid():
        try:
            listing = tasks.match_and_try(
                actor=request.actor, listing=listing, mapping=form.mapping, existing=form.cleaned_data["existing"]
            )
        except actions.Refused as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("stakeholders:import", coalition, listing.pk)
    context = {"form": form, "listing": listing, "steps": [str(step) for step in STEPS]}
    return render(request, "stakeholders/match.html", context, status=422 if form.errors else 200)


@require_GET
@allow(policies.import_list)
def import_page(request: HttpRequest, coalition: str, import_id: int) -> HttpResponse:
    listing = _find(import_id)
    if listing.state == State.UPLOADED:
        return redirect("stakeholders:match", coalition, listing.pk)
    return _show(request, listing, StartForm(listing=listing, initial={"source": listing.source}))


@require_POST
@allow(policies.import_list)
def start_import(request: HttpRequest, coalition: str, import_id: int) -> HttpResponse:
    listing = _find(import_id)
    form = StartForm(request.POST, listing=listing)
    if not form.is_valid():
        return _show(request, listing, form, status=422)
    try:
        listing = tasks.start_and_commit(actor=request.actor, listing=listing, **form.answers)
    except actions.Refused as problem:
        form.add_error(None, str(problem))
        return _show(request, _find(import_id), form, status=409)
    return redirect("stakeholders:import", coalition, listing.pk)


@require_POST
@allow(policies.import_list)
def stop_import(request: HttpRequest, coalition: str, import_id: int) -> HttpResponse:
    return _deed(request, import_id, actions.stop_import, _("Stopped. Nothing of it was written."))


@require_POST
@allow(policies.import_list)
def discard_list(request: HttpRequest, coalition: str, import_id: int) -> HttpResponse:
    try:
        actions.discard_list(actor=request.actor, listing=_find(import_id))
    except actions.Refused as problem:
        return _show(request, _find(import_id), StartForm(), status=409, trouble=str(problem))
    messages.success(request, _("The list is thrown away, with its file."))
    return redirect("stakeholders:imports", coalition)


@require_POST
@allow(policies.import_list)
def undo_import(request: HttpRequest, coalition: str, import_id: int) -> HttpResponse:
    return _deed(request, import_id, tasks.undo, "")


@require_GET
@allow(policies.import_list)
def import_rows(request: HttpRequest, coalition: str, import_id: int, outcome: str) -> HttpResponse:
    """What became of the rows that ended in one way: refused, skipped, updated, or alike."""
    listing = _find(import_id)
    if outcome not in _OUTCOMES:
        raise Http404
    rows = queries.alike_pairs(listing) if outcome == "alike" else queries.import_rows(listing, _OUTCOMES[outcome])
    listed = ListPage(request, rows, search=["name", "read", "reason"], page_size=50)
    if listed.wants_csv:
        header = [_("Row"), _("We read"), _("Why"), _("What you can do")]
        return listed.csv_response(
            f"{outcome}-{listing.pk}.csv", header, lambda row: [row.row, row.read or row.name, row.reason, row.advice]
        )
    return render(request, "stakeholders/import_rows.html", {"listing": listing, "listed": listed, "outcome": outcome})


_OUTCOMES = {"refused": "refuse", "skipped": "skip", "updated": "update", "alike": ""}


def _show(request: HttpRequest, listing: Import, form: StartForm, status: int = 200, trouble: str = "") -> HttpResponse:
    run, waits = JobRun.objects.filter(pk__in=[listing.run_id]), listing.state == State.TRIED
    refused, alike = queries.import_rows(listing, "refuse")[:5], queries.alike_pairs(listing)[:1]
    ask_together(run, *([refused, alike] if waits else []))
    context: dict[str, Any] = {
        "listing": listing,
        "form": form,
        "steps": [str(step) for step in STEPS],
        "run": next(iter(run), None),
        "trouble": trouble or listing.trouble,
        "parts": _parts(listing),
    }
    if listing.signed.get("count") and listing.signed["issue"]:
        context["issue"] = Issue.objects.filter(pk=listing.signed["issue"]).first()
    if waits:
        context["may_sign"] = len(list(form.fields["issue"].choices)) > 1
        context["refused"], context["alike"] = refused, next(iter(alike), None)
    if listing.state == State.UNDONE and listing.count_kept:
        context["kept"] = queries.kept_after_undo(listing)
    return render(request, "stakeholders/import.html", context, status=status)


def _deed(request: HttpRequest, import_id: int, deed: Any, done: str) -> HttpResponse:
    try:
        listing = deed(actor=request.actor, listing=_find(import_id))
    except actions.Refused as problem:
        return _show(request, _find(import_id), StartForm(), status=409, trouble=str(problem))
    if done:
        messages.success(request, done)
    return redirect("stakeholders:import", request.coalition.slug, listing.pk)


def _parts(listing: Import) -> list[dict[str, Any]]:
    """The thick bar: each count as a share of all rows, with a small gap between."""
    counts = [
        (listing.count_added, ""),
        (listing.count_updated, "2"),
        (listing.count_skipped, "3"),
        (listing.count_refused, "stop"),
    ]
    total = sum(count for count, _kind in counts) or 1
    parts, x = [], 0.0
    for count, kind in counts:
        if count:
            width = max(0.6, count * 100 / total)
            parts.append({"x": min(x, 99.4), "width": max(0.4, width - 0.25), "kind": kind})
            x += width
    return parts


def _find(import_id: int) -> Import:
    return get_object_or_404(queries.imports(), pk=import_id)
