"""A round's report for everyone: the switch for those who lead, and the page that any site may show in a frame."""

from csp.constants import NONE
from csp.decorators import csp_replace
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_GET, require_POST

from manyhands.foundation.access.rules import anyone
from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.errors import conflict
from manyhands.foundation.ui.spreadsheets import csv_response

from .. import actions, findings, policies, queries
from ..models import PublicReport
from ..publishing import opened, seal
from .lookups import find_round
from .results import MOST_ROWS, leading

#: High enough for the first statements; the rest is scrolled inside the frame.
FRAME_HEIGHT = 720


@require_GET
@allow(policies.publish_report)
def publishing_page(request: HttpRequest, coalition: str, vision_round_id: int) -> HttpResponse:
    """What becomes public, the switch, and once it is on the lines to put into another page."""
    round = find_round(request, vision_round_id)
    found = queries.finding(round) if round.has_results else None
    report = PublicReport.objects.filter(round=round).first()
    address = report and request.build_absolute_uri(reverse("alignment:public_report", args=[coalition, seal(report)]))
    frame = format_html(
        '<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy"></iframe>',
        address,
        _("Common ground: %(question)s") % {"question": round.question},
        FRAME_HEIGHT,
    )
    context = {
        "round": round,
        "has_figures": found is not None and found.payload["is_enough"],
        "report": report,
        "address": address,
        "frame": frame,
    }
    return render(request, "alignment/publishing.html", context)


@require_POST
@allow(policies.publish_report)
def open_report(request: HttpRequest, coalition: str, vision_round_id: int) -> HttpResponse:
    """Let everyone read the report."""
    round = find_round(request, vision_round_id)
    try:
        actions.open_report(actor=request.actor, round=round)
    except actions.NothingToShow:
        return conflict(request, _("There are no figures of this round to show. Nothing was opened."))
    except actions.WrongStep:
        return conflict(request, _("This report is open already; somebody else was faster."))
    messages.success(request, _("Open to everyone who has the address."))
    return redirect("alignment:publishing", coalition, round.pk)


@require_POST
@allow(policies.publish_report)
def take_back_report(request: HttpRequest, coalition: str, vision_round_id: int) -> HttpResponse:
    """Close the address again."""
    round = find_round(request, vision_round_id)
    try:
        actions.take_back_report(actor=request.actor, round=round)
    except actions.WrongStep:
        return conflict(request, _("This report is not open to the public."))
    messages.success(request, _("Taken back. The address shows nothing any more."))
    return redirect("alignment:publishing", coalition, round.pk)


@require_GET
@never_cache
@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"], "script-src": [NONE], "connect-src": [NONE], "form-action": [NONE]})
@allow(anyone)
def public_report(request: HttpRequest, coalition: str, sealed: str) -> HttpResponse:
    """The report as everyone may read it, the same for a stranger and a member. The only page that others may frame.

    It holds no form and no script, so there is nothing in it that a page around it could make somebody press.
    """
    report = opened(sealed) if request.coalition is not None else None  # type: ignore[attr-defined]
    found = queries.finding(report.round) if report is not None else None
    if report is None or found is None or not found.payload["is_enough"]:
        raise Http404
    round, payload = report.round, found.payload
    texts = queries.numbered_texts(round)
    shown = findings.statements(payload, texts)
    if request.GET.get("format") == "csv":
        return csv_response(f"common-ground-round-{round.number}.csv", *findings.table(shown, payload))
    ranked = [row for row in shown if row.rank is not None]
    agreed = [row for row in ranked if row.agreed]
    context = {
        "round": round,
        "finding": found,
        "payload": payload,
        "headline": findings.headline(payload, ranked),
        "groups": findings.groups(payload, texts),
        "joined": findings.joined(payload),
        "agreed": agreed,
        "leading": leading(ranked),
        "parted": findings.parted(payload, shown),
        "refused_by_one": findings.refused_by_one_group(payload, shown),
        "too_few": [row for row in shown if row.too_few],
        "seen_range": findings.seen_range(ranked),
        "count_statements": len(shown),
        "every": shown[:MOST_ROWS],
        "address": request.build_absolute_uri(request.path),
    }
    response = render(request, "alignment/public_report.html", context)
    # Whoever has the address may read it; that is no reason for search engines to hand it round.
    response["X-Robots-Tag"] = "noindex"
    return response
