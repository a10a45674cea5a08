"""Files of influence and positions: upload, say what the values mean, bring in, take back."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from manyhands.foundation.access.views import allow
from manyhands.foundation.jobs.models import JobRun
from manyhands.foundation.ui.lists import ListPage
from manyhands.foundation.ui.uploads import in_a_folder

from ... import policies
from ...importing.reading import Unreadable
from ...models import WEDGES, TieList
from ...ties.actions import discard_tie_list
from ...ties.tasks import ask_to_bring_in, is_long, run_of
from .. import actions, queries
from ..files import meaning
from ..files.forms import MeaningForm, SurveyForm
from ..files.reading import Statement
from ..forms import LEVELS
from ..tasks import bring_survey

MOST_SHOWN = 200


@require_http_methods(["GET", "POST"])
@allow(policies.import_list)
def surveys(request: HttpRequest, coalition: str) -> HttpResponse:
    """All files, and the way to bring one."""
    form = SurveyForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        upload = said.pop("file")
        try:
            with in_a_folder([upload]) as (path,):
                listing = actions.try_survey(actor=request.actor, file=path, filename=path.name, **said)
        except Unreadable as problem:
            form.add_error("file", str(problem))
        except actions.Refused as problem:
            form.add_error(None, str(problem))
        else:
            return redirect("stakeholders:survey", request.coalition.slug, listing.pk)
    listed = ListPage(request, queries.surveys(), search=["filename", "source"], page_size=20)
    context = {"listed": listed, "form": form}
    return render(request, "stakeholders/positions/surveys.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
@allow(policies.import_list)
def survey(request: HttpRequest, coalition: str, tie_list_id: int) -> HttpResponse:
    """What would become of the file; a post says anew what its values mean."""
    listing = _find(tie_list_id)
    if request.method == "GET":
        return _show(request, listing)
    form = MeaningForm(request.POST, listing=listing)
    if not form.is_valid():
        return _show(request, listing, form=form, status=422)
    try:
        actions.understand_survey(actor=request.actor, listing=listing, **form.answers)
    except actions.Refused as problem:
        return _show(request, _find(tie_list_id), str(problem), status=409)
    return redirect("stakeholders:survey", coalition, tie_list_id)


@require_POST
@allow(policies.import_list)
def bring_survey_in(request: HttpRequest, coalition: str, tie_list_id: int) -> HttpResponse:
    listing = _find(tie_list_id)
    try:
        if is_long(listing):
            ask_to_bring_in(actor=request.actor, listing=listing, by=bring_survey)
            return redirect("stakeholders:survey", coalition, tie_list_id)
        listing = actions.bring_survey_in(actor=request.actor, listing=listing)
    except actions.Refused as problem:
        return _show(request, _find(tie_list_id), str(problem), status=409)
    done = ngettext("%(n)s statement came in.", "%(n)s statements came in.", listing.count_ties)
    messages.success(request, done % {"n": f"{listing.count_ties:,}"})
    return redirect("stakeholders:survey", coalition, tie_list_id)


@require_POST
@allow(policies.import_list)
def take_survey_back(request: HttpRequest, coalition: str, tie_list_id: int) -> HttpResponse:
    try:
        actions.take_survey_back(actor=request.actor, listing=_find(tie_list_id))
    except actions.Refused as problem:
        return _show(request, _find(tie_list_id), str(problem), status=409)
    messages.success(request, _("Taken back. What stood before stands again."))
    return redirect("stakeholders:survey", coalition, tie_list_id)


@require_POST
@allow(policies.import_list)
def discard_survey(request: HttpRequest, coalition: str, tie_list_id: int) -> HttpResponse:
    try:
        discard_tie_list(actor=request.actor, listing=_find(tie_list_id))
    except actions.Refused as problem:
        return _show(request, _find(tie_list_id), str(problem), status=409)
    messages.success(request, _("The file is thrown away. Nothing of it was written."))
    return redirect("stakeholders:surveys", coalition)


def _show(
    request: HttpRequest, listing: TieList, trouble: str = "", *, form: MeaningForm | None = None, status: int = 200
) -> HttpResponse:
    content = listing.content
    words = dict(WEDGES) | {str(level): label for level, label in LEVELS}
    out, run = {row for row, _why in content["refused"]}, run_of(listing)
    said = [Statement(*each) for each in content["said"]]
    fine = [each for each in said if content["values"].get(each.value) and each.row not in out][:8]
    context: dict[str, Any] = {
        "listing": listing,
        "trouble": trouble,
        "form": form or MeaningForm(listing=listing),
        "some": [(each, words[content["values"][each.value]]) for each in fine],
        "refused": content["refused"][:MOST_SHOWN],
        "refused_more": max(0, len(content["refused"]) - MOST_SHOWN),
        "new_issues": len(content["new_issues"]),
        "is_influence": listing.holds == TieList.Holds.INFLUENCE,
        "new": meaning.NEW,
        "run": run,
        "is_on_its_way": run is not None and run.state != JobRun.State.FAILED,
    }
    return render(request, "stakeholders/positions/survey.html", context, status=status)


def _find(tie_list_id: int) -> TieList:
    return get_object_or_404(TieList.objects.exclude(holds=TieList.Holds.TIES), pk=tie_list_id)
