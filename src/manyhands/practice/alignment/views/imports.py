"""Bringing in a round from elsewhere: choose files, look at what would happen, do it, undo it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from manyhands.foundation.access.views import allow
from manyhands.foundation.jobs.models import JobRun
from manyhands.foundation.ui.errors import conflict

from .. import actions, importing, policies, queries
from ..forms import ImportForm
from ..models import RoundImport


@require_http_methods(["GET", "POST"])
@allow(policies.import_rounds)
def import_files(request: HttpRequest, coalition: str) -> HttpResponse:
    """Choose the files; they are read to the end before anything happens."""
    if request.method == "GET":
        return _files(request, ImportForm())
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _files(request, form, status=422)
    try:
        arriving = actions.check_import(
            actor=request.actor,
            question=form.cleaned_data["question"],
            is_published=form.cleaned_data["source"] == "published",
            **form.contents(),
        )
    except importing.UnfitFile as problem:
        form.add_error(problem.field, str(problem))
        return _files(request, form, status=422)
    return redirect("alignment:import_page", coalition, arriving.pk)


@require_GET
@allow(policies.import_rounds)
def import_page(request: HttpRequest, coalition: str, round_import_id: int) -> HttpResponse:
    """One import: what would come in, how far it is, or what came of it."""
    arriving = _find(request, round_import_id)
    same = queries.same_files(arriving)
    run = JobRun.objects.filter(pk=arriving.run_id).first() if arriving.run_id else None
    return render(request, "alignment/import_page.html", {"arriving": arriving, "run": run, "same": same})


@require_POST
@allow(policies.import_rounds)
def begin_import(request: HttpRequest, coalition: str, round_import_id: int) -> HttpResponse:
    """Bring the checked round in."""
    arriving = _find(request, round_import_id)
    try:
        actions.begin_import(actor=request.actor, arriving=arriving)
    except actions.AlreadyIn:
        return conflict(request, _("This import was begun already, or has been undone."))
    return redirect("alignment:import_page", coalition, arriving.pk)


@require_POST
@allow(policies.import_rounds)
def undo_import(request: HttpRequest, coalition: str, round_import_id: int) -> HttpResponse:
    """Take the round out again."""
    arriving = _find(request, round_import_id)
    try:
        actions.undo_import(actor=request.actor, arriving=arriving)
    except actions.AlreadyIn:
        return conflict(request, _("This import has been undone already."))
    except actions.WrongStep:
        return conflict(request, _("Members have built on this round, so it stays."))
    messages.success(request, _("Undone: the round and everything that came with it are gone."))
    return redirect(reverse("alignment:rounds", args=[coalition]))


def _find(request: HttpRequest, round_import_id: int) -> RoundImport:
    return get_object_or_404(queries.imports_for(request.actor), pk=round_import_id)


def _files(request: HttpRequest, form: ImportForm, status: int = 200) -> HttpResponse:
    recent = queries.imports_for(request.actor)[:10]
    return render(request, "alignment/import.html", {"form": form, "recent": recent}, status=status)
