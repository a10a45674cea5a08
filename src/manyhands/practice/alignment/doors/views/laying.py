"""For those who lead: making links, printing them, printing sheets, bringing paper in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.errors import conflict
from manyhands.foundation.ui.lists import Counted
from manyhands.foundation.ui.spreadsheets import csv_response

from ... import policies
from ...models import AnswerLink, PaperBatch, VisionRound
from ...qr import qr_picture
from ...queries import numbered_texts
from ...views.lookups import find_round
from .. import actions, queries, rules
from ..forms import LinkForm, PaperForm
from ..seals import seal

ON_A_SHEET = 12


@require_GET
@allow(policies.lay_doors)
def door_page(request: HttpRequest, coalition: str, vision_round_id: int) -> HttpResponse:
    """Every way in for people without a seat."""
    return _page(request, find_round(request, vision_round_id), LinkForm(), PaperForm())


@require_POST
@allow(policies.lay_doors)
def make_link(request: HttpRequest, coalition: str, vision_round_id: int) -> HttpResponse:
    """Make a link for anyone, or many for one each."""
    round = find_round(request, vision_round_id)
    form = LinkForm(request.POST)
    if not form.is_valid():
        return _page(request, round, form, PaperForm(), status=422)
    try:
        link = actions.make_link(actor=request.actor, round=round, **form.cleaned_data)
    except actions.RoundIsClosed:
        return conflict(request, _("This round takes no more answers, so a link would lead nowhere."))
    messages.success(request, _("Made. Print it, or copy the address."))
    return redirect("alignment:link_sheet", coalition, link.pk)


@require_GET
@allow(policies.lay_doors)
def link_sheet(request: HttpRequest, coalition: str, answer_link_id: int) -> HttpResponse:
    """The address of an open link, or a sheet of personal ones to cut apart."""
    link = get_object_or_404(AnswerLink.objects.select_related("round"), pk=answer_link_id)
    numbers = [0] if link.kind == AnswerLink.Kind.OPEN else range(1, link.most + 1)
    page = Counted(numbers, ON_A_SHEET, lambda: len(numbers)).get_page(request.GET.get("page"))
    slips = []
    for number in page:
        address = request.build_absolute_uri(reverse("alignment:by_link", args=[coalition, seal(link, number)]))
        slips.append((number, address, qr_picture(address, _("The way to the questions"), size=150)))
    context = {"link": link, "round": link.round, "slips": slips, "page": page}
    return render(request, "alignment/doors/link_sheet.html", context)


@require_POST
@allow(policies.lay_doors)
def stop_link(request: HttpRequest, coalition: str, answer_link_id: int) -> HttpResponse:
    """Let nobody answer by a link any more."""
    link = get_object_or_404(AnswerLink, pk=answer_link_id)
    try:
        actions.stop_link(actor=request.actor, link=link)
    except actions.WrongStep:
        return conflict(request, _("This link was stopped before."))
    messages.success(request, _("Stopped. What was answered by it stays counted."))
    return redirect("alignment:doors", coalition, link.round_id)


@require_GET
@allow(policies.lay_doors)
def paper_sheet(request: HttpRequest, coalition: str, vision_round_id: int) -> HttpResponse:
    """The statements as a sheet to fill in by pen, or the empty file to type them into."""
    round = find_round(request, vision_round_id)
    texts = sorted(numbered_texts(round).values(), key=lambda pair: (len(pair[0]), pair[0]))
    if request.GET.get("format") == "csv":
        header = [_("sheet"), *(number for number, _text in texts)]
        return csv_response(f"sheets-round-{round.number}.csv", header, [])
    return render(request, "alignment/doors/paper_sheet.html", {"round": round, "texts": texts})


@require_POST
@allow(policies.lay_doors)
def bring_paper(request: HttpRequest, coalition: str, vision_round_id: int) -> HttpResponse:
    """Bring in a file of sheets; read to the end before anything is kept."""
    round = find_round(request, vision_round_id)
    form = PaperForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, round, LinkForm(), form, status=422)
    file = form.cleaned_data["file"]
    try:
        numbers = frozenset(number for number, _text in numbered_texts(round).values())
        sheets = rules.read_sheets(file.read(), numbers)
        batch = actions.bring_paper(actor=request.actor, round=round, name=file.name[:120], sheets=sheets)
    except rules.UnfitSheets as problem:
        form.add_error("file", str(problem))
        return _page(request, round, LinkForm(), form, status=422)
    except actions.RoundIsClosed:
        return conflict(request, _("This round takes no more answers. Nothing was brought in."))
    except actions.AnswerElsewhere:
        return conflict(request, _("A statement was taken out while the file was read. Nothing was brought in."))
    said = _("Brought in: %(sheets)d sheets with %(answers)d answers.")
    undo = f"undo:{reverse('alignment:undo_paper', args=[coalition, batch.pk])}"
    messages.success(request, said % {"sheets": batch.sheets, "answers": batch.answers}, extra_tags=undo)
    return redirect("alignment:doors", coalition, round.pk)


@require_POST
@allow(policies.lay_doors)
def undo_paper(request: HttpRequest, coalition: str, paper_batch_id: int) -> HttpResponse:
    """Take a file of sheets out again."""
    paper = get_object_or_404(PaperBatch, pk=paper_batch_id)
    try:
        actions.undo_paper(actor=request.actor, paper=paper)
    except actions.RoundIsClosed:
        return conflict(request, _("The round is closed and its results are worked out, so these answers stay."))
    except actions.WrongStep:
        return conflict(request, _("These sheets were taken out before."))
    messages.success(request, _("Taken out: every answer of these sheets."))
    return redirect("alignment:doors", coalition, paper.round_id)


def _page(
    request: HttpRequest, round: VisionRound, link_form: LinkForm, paper_form: PaperForm, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "round": round,
        "link_form": link_form,
        "paper_form": paper_form,
        "links": queries.links_of(round),
        "papers": queries.papers_of(round),
        "is_closed": round.has_results,
    }
    return render(request, "alignment/doors/doors.html", context, status=status)
