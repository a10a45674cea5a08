"""The common ground of a closed round, as a page and as a file."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from manyhands.foundation.access.rules import seated
from manyhands.foundation.access.together import ask_together
from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.offers import offers_for
from manyhands.foundation.ui.spreadsheets import csv_response, csv_stream

from .. import asked, changes, comparisons, exports, findings, policies, queries
from ..models import VisionRound
from ..publishing import seal
from .lookups import find_round

FIRST = 5
#: Rows of the table on the page; the file holds all.
MOST_ROWS = 300


@require_GET
@allow(seated)
def results(request: HttpRequest, coalition: str, vision_round_id: int) -> HttpResponse:
    """What we agree on, where we part, and how that was worked out."""
    round = find_round(request, vision_round_id)
    found = queries.finding(round) if round.has_results else None
    if found is None or not found.payload["is_enough"]:
        return render(request, "alignment/no_results.html", {"round": round, "finding": found})
    if request.GET.get("format") == "csv":
        shown = findings.statements(found.payload, queries.numbered_texts(round))
        return csv_response(f"common-ground-round-{round.number}.csv", *findings.table(shown, found.payload))
    public = getattr(round, "public_report", None)
    context = _context(request, round, found.payload) | {
        "finding": found,
        "public_address": public and reverse("alignment:public_report", args=[coalition, seal(public)]),
        "one_table": round.is_published and exports.fits_one_table(found.payload),
        "may_publish": policies.publish_report.holds(request.actor, round),  # type: ignore[attr-defined]
    }
    return render(request, "alignment/results.html", context)


@require_GET
@allow(seated)
def report(request: HttpRequest, coalition: str, vision_round_id: int) -> HttpResponse:
    """Everything of the results on one page, to print or to hand on."""
    round = find_round(request, vision_round_id)
    found = queries.finding(round) if round.has_results else None
    if found is None or not found.payload["is_enough"]:
        return render(request, "alignment/no_results.html", {"round": round, "finding": found})
    context = _context(request, round, found.payload)
    shown = context["every"]
    context |= {
        "finding": found,
        "leading_all": leading([row for row in shown if row.rank is not None]),
        "parted_all": findings.parted(found.payload, shown),
    }
    return render(request, "alignment/report.html", context)


@require_GET
@allow(seated)
def polis_file(request: HttpRequest, coalition: str, vision_round_id: int, name: str) -> HttpResponse:
    """One of the files of Polis's export, as far as it may be shown."""
    round = find_round(request, vision_round_id)
    found = queries.finding(round) if round.has_results else None
    if found is None or not found.payload["is_enough"]:
        raise Http404
    payload = found.payload
    if name == "comments":
        return _file(round, name, exports.COMMENTS, exports.comments(round, payload))
    if name == "comment-groups":
        return _file(round, name, *exports.comment_groups(round, payload, queries.numbered_texts(round)))
    if name == "summary":
        address = request.build_absolute_uri(reverse("alignment:results", args=[coalition, round.pk]))
        header, *rows = exports.summary(round, payload, address)
        return _file(round, name, header, rows)
    if name == "votes" and round.is_published:
        answers = exports.votes(round)
        return csv_stream(f"{name}-{round.number}.csv", exports.VOTES, answers)  # type: ignore[return-value]
    if name == "participants-votes" and round.is_published and exports.fits_one_table(payload):
        return _file(round, name, *exports.participants_votes(round))
    raise Http404


def _file(round: VisionRound, name: str, header: list[Any], rows: Iterable[list[Any]]) -> HttpResponse:
    return csv_response(f"{name}-{round.number}.csv", header, rows)


def _context(request: HttpRequest, round: VisionRound, payload: dict) -> dict[str, Any]:
    live, to_ask = queries.live_texts(round), asked.members_to_ask(round)
    to_ask = to_ask.none() if round.is_imported else to_ask
    authors, before = comparisons.with_authors(round, payload), changes.before(round)
    ask_together(live, to_ask, authors, *before)
    texts, members = queries.numbered(live), asked.as_asked(round, to_ask)
    shown = findings.statements(payload, texts)
    ranked = [row for row in shown if row.rank is not None]
    agreed = [row for row in ranked if row.agreed]
    first = leading(ranked)
    wants_all = request.GET.get("all") == "1"
    parted = findings.parted(payload, shown)
    with_offers = [replace(row, offers=_offers(request, row)) for row in (first if wants_all else first[:FIRST])]
    return {
        "round": round,
        "payload": payload,
        "headline": findings.headline(payload, ranked),
        "map_title": findings.map_title(payload),
        "groups": findings.groups(payload, texts),
        "joined": findings.joined(payload),
        "explained": [round_half(100 * share) for share in payload["explained"]],
        "every": shown,
        "agreed": agreed,
        "leading": with_offers,
        "count_leading": len(first),
        "parted": parted if wants_all else parted[:FIRST],
        "count_parted": len(parted),
        "refused_by_one": findings.refused_by_one_group(payload, shown),
        "too_few": [row for row in shown if row.too_few],
        "ranked": ranked[:MOST_ROWS],
        "seen_range": findings.seen_range(ranked),
        "count_statements": len(shown),
        "wants_all": wants_all,
        "bridges": comparisons.bridges(payload, shown, authors),
        "pairs": comparisons.organization_pairs(payload, members),
        "changes": changes.since_the_round_before(round, payload, *before),
        # Of a round from elsewhere nobody here was asked.
        "not_asked": [each for each in members if each.asked_at is None],
        "silent": [each for each in members if each.is_silent],
        "count_members": len(members),
        "leads": policies.lead_rounds.holds(request.actor),
        "first_offer": next((offer for row in with_offers[:1] for offer in row.offers), None),
    }


def leading(ranked: list[findings.Shown]) -> list[findings.Shown]:
    """What every group agrees on; if there is nothing, the first few of the ranking."""
    return [row for row in ranked if row.agreed] or ranked[:FIRST]


def round_half(value: float) -> int:
    """
    >>> round_half(41.2)
    41
    """
    return int(value + 0.5)


def _offers(request: HttpRequest, row: findings.Shown) -> list[Any]:
    return offers_for("statement", request, row)
