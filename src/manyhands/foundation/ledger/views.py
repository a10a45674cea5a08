"""The page that looks back, and the operators' page of deliveries that failed."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from manyhands.foundation.access.rules import Actor, operator
from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.lists import ListPage
from manyhands.foundation.ui.spreadsheets import csv_response

from . import actions, policies, queries
from .authors import all_names
from .models import LedgerEntry
from .sentences import lines


@require_GET
@allow(policies.read_book)
def book(request: HttpRequest, coalition: str) -> HttpResponse:
    known = all_names()
    authors = known["seat_id"]
    since, until = _day(request, "since"), _day(request, "until")
    by_name = sorted(authors.items(), key=lambda pair: pair[1].casefold())
    words = request.GET.get("q", "").replace("\x00", "")[:200]
    found = ListPage(
        request,
        _narrowed(request, words, authors, since, until) if words or since or until else queries.book,
        filters={
            "kind": (_("What"), queries.kinds_for(request.actor), "kind"),
            "seat": (_("Who"), by_name, "by_seat_id"),
        },
        sorts={"at": (_("When"), "at")},
        default_sort="-at",
        page_size=30,
    )
    if found.wants_csv:
        return _csv(found, coalition, known, request.actor)
    context = {
        "list": found,
        "lines": lines(found.page.object_list, coalition, known, request.actor),
        "since": since,
        "until": until,
        "is_narrowed": bool(found.is_narrowed or since or until),
    }
    return render(request, "ledger/book.html", context)


def _narrowed(
    request: HttpRequest, words: str, authors: dict[int, str], since: date | None, until: date | None
) -> QuerySet[LedgerEntry]:
    lines = queries.entries_for(request.actor)
    return queries.narrowed(lines, words=words, authors=authors, since=since, until=until)


def _csv(found: ListPage, coalition: str, known: dict[str, dict[int, str]], actor: Actor) -> HttpResponse:
    header = [_("When"), _("Who"), _("What"), _("Kind"), _("About")]
    rows = (
        [localtime(line.entry.at).isoformat(timespec="seconds"), line.author, line.text, *_source(line)]
        for line in lines(found.all_rows, coalition, known, actor)
    )
    return csv_response(f"{coalition}-ledger.csv", header, rows)


def _source(line: Any) -> list[str]:
    return [line.entry.kind, line.entry.about]


def _day(request: HttpRequest, name: str) -> Any:
    try:
        return parse_date(request.GET.get(name, ""))
    except ValueError:  # the thirtieth of February
        return None


@require_GET
@allow(operator)
def failed_deliveries(request: HttpRequest) -> HttpResponse:
    return render(request, "ledger/failed_deliveries.html", {"deliveries": queries.failed_deliveries()})


@require_POST
@allow(operator)
def retry_delivery(request: HttpRequest, delivery_id: int) -> HttpResponse:
    try:
        actions.retry_delivery(actor=request.actor, delivery_id=delivery_id)
        messages.success(request, _("It will be tried again in a moment."))
    except actions.NoLongerWaits:
        messages.info(request, _("It has been delivered in the meantime."))
    return redirect("deliveries:failed")
