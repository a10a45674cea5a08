"""Files of ties: upload, look at the trial, bring in, take back."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from manyhands.foundation.access.rules import Actor
from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.lists import ListPage
from manyhands.foundation.ui.uploads import in_a_folder

from ... import policies
from ...importing.reading import Unreadable
from ...models import TieList
from .. import actions, files, queries, tasks
from ..forms import TieListForm

MOST_SHOWN = 200


@require_http_methods(["GET", "POST"])
@allow(policies.import_list)
def tie_lists(request: HttpRequest, coalition: str) -> HttpResponse:
    """All files of ties, and the way to bring one."""
    form = TieListForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        halves = [half for half in (said.pop("file"), said.pop("second")) if half is not None]
        try:
            listing = try_files(request.actor, halves, **said)
        except Unreadable as problem:
            form.add_error("file", str(problem))
        except actions.Refused as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("stakeholders:tie_list", request.coalition.slug, listing.pk)
    listed = ListPage(request, queries.tie_lists(), search=["filename", "source"], page_size=20)
    context = {"listed": listed, "form": form, "limit": settings.UPLOAD_LIMIT}
    status = 422 if request.method == "POST" else 200
    return render(request, "stakeholders/ties/tie_lists.html", context, status=status)


def try_files(actor: Actor, halves: list[UploadedFile], **said: Any) -> TieList:
    """Put the upload where it can be read, try it, and forget it. Reasons name a file as its owner does."""
    with in_a_folder(halves) as paths:
        names = " + ".join(path.name for path in paths)
        second = paths[1] if len(paths) > 1 else None
        return actions.try_ties(actor=actor, file=paths[0], second=second, filename=names, **said)


@require_GET
@allow(policies.import_list)
def tie_list(request: HttpRequest, coalition: str, tie_list_id: int) -> HttpResponse:
    return _show(request, _find(tie_list_id))


@require_POST
@allow(policies.import_list)
def bring_ties_in(request: HttpRequest, coalition: str, tie_list_id: int) -> HttpResponse:
    listing = _find(tie_list_id)
    try:
        if tasks.is_long(listing):
            tasks.ask_to_bring_in(actor=request.actor, listing=listing, by=tasks.bring_in)
            return redirect("stakeholders:tie_list", coalition, listing.pk)
        listing = actions.bring_ties_in(actor=request.actor, listing=listing)
    except actions.Refused as problem:
        return _show(request, _find(tie_list_id), str(problem), status=409)
    if not listing.count_ties:
        messages.success(request, _("The file is in. Its allies are on the list."))
        return redirect("stakeholders:tie_list", coalition, listing.pk)
    done = ngettext("%(n)s tie is on the map.", "%(n)s ties are on the map.", listing.count_ties)
    messages.success(request, done % {"n": f"{listing.count_ties:,}"})
    return redirect("stakeholders:network", coalition)


@require_POST
@allow(policies.import_list)
def take_ties_back(request: HttpRequest, coalition: str, tie_list_id: int) -> HttpResponse:
    try:
        actions.take_ties_back(actor=request.actor, listing=_find(tie_list_id))
    except actions.Refused as problem:
        return _show(request, _find(tie_list_id), str(problem), status=409)
    messages.success(request, _("Taken back. What somebody had worked on since is kept."))
    return redirect("stakeholders:tie_list", coalition, tie_list_id)


@require_POST
@allow(policies.import_list)
def discard_tie_list(request: HttpRequest, coalition: str, tie_list_id: int) -> HttpResponse:
    try:
        actions.discard_tie_list(actor=request.actor, listing=_find(tie_list_id))
    except actions.Refused as problem:
        return _show(request, _find(tie_list_id), str(problem), status=409)
    messages.success(request, _("The file is thrown away. Nothing of it was written."))
    return redirect("stakeholders:tie_lists", coalition)


def _show(request: HttpRequest, listing: TieList, trouble: str = "", status: int = 200) -> HttpResponse:
    content = listing.content
    out = {half: set(rows) for half, rows in content.get("out", {}).items()}
    fine = [row for row in content.get("ties", []) if row[0] not in out.get("ties", ())]
    counts = content.get("counts", {})
    changed = counts.get("changed_ties", 0) + counts.get("changed_allies", 0)
    context = {
        "listing": listing,
        "trouble": trouble,
        "refused": content.get("refused", [])[:MOST_SHOWN],
        "refused_more": max(0, listing.count_refused - MOST_SHOWN),
        "some": [_shown(tie) for tie in files.ties_again({"ties": fine[:8]})],
        "some_actors": [row for row in content.get("actors", []) if row[0] not in out.get("actors", ())][:8],
        "counts": counts,
        "run": tasks.run_of(listing),
        "count_changed": changed,
        "is_empty": not (listing.count_ties or listing.count_actors or changed),
        "shape": content.get("shape", ""),
        "other_kinds": content.get("other_kinds", []),
        "level_words": [str(words) for words in queries.LEVEL_WORDS.values()],
    }
    return render(request, "stakeholders/ties/tie_list.html", context, status=status)


def _shown(tie: files.ReadTie) -> dict[str, Any]:
    kind = queries.KIND_WORDS[tie.kind]
    return {"row": tie.row, "one": tie.source, "kind": kind, "other": tie.target, "level": tie.level}


def _find(tie_list_id: int) -> TieList:
    return get_object_or_404(TieList.objects.select_related("by_seat"), pk=tie_list_id, holds=TieList.Holds.TIES)
