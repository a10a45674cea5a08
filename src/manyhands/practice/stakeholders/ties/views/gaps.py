"""What is missing: ties, people who know the strong ones, second ways, and somebody who looks after each."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from manyhands.foundation.access.together import ask_together
from manyhands.foundation.access.views import allow
from manyhands.foundation.ui.spreadsheets import csv_response

from ... import policies
from ...coverage.queries import chosen_items, declarations, tables
from .. import insights, queries, shown
from ..finding import listed
from ..queries import Network, Node


@require_GET
@allow(policies.see_allies)
def gaps(request: HttpRequest, coalition: str) -> HttpResponse:
    there = queries.network()
    strong = queries.strong_actors()
    standings = insights.hidden_influence(there)
    if request.GET.get("format") == "csv":
        return _standings_csv(there, standings)
    check, items, spoken = queries.launch_check(), chosen_items(), declarations()
    ask_together(check.rows, items, spoken)
    rated = [each for each in standings if each.gap is not None]
    lists = tables(items, spoken, suggest=False)
    says = insights.says(there)
    context = {
        "network": there,
        "has_ties": bool(there.doors),
        "has_own_ties": any(there.known[pk] for pk in there.members),
        "has_strong": any(not node.is_member for node in strong.values()),
        "leaders": _leaders(says, there),
        "count_leaders": sum(_reach(each) == _reach(says[0]) for each in says),
        "tables": lists,
        "count_absent": sum(len(table.absent) for table in lists),
        "only_ways": shown.only_ways(insights.only_ways(there), there.nodes),
        "missing_links": shown.missing_links(insights.missing_links(there), there.nodes),
        "unknown": _nobody_knows(there, strong),
        "standings": shown.standings(rated if request.GET.get("all") == "1" else rated[:20], there.nodes),
        "count_rated": len(rated),
        "hidden_names": listed([there.nodes[each.pk].name for each in rated if each.is_hidden]),
        "says": shown.says(says[:25], there.nodes),
        "check": check,
        "check_total": len(check.engaged) + len(check.nobodys),
        "may_write": policies.write_tie.holds(request.actor),
        "may_change": policies.change_ally.holds(request.actor),
    }
    return render(request, "stakeholders/ties/gaps.html", context)


@require_GET
@allow(policies.see_allies)
def as_a_whole(request: HttpRequest, coalition: str) -> HttpResponse:
    """Figures of the whole network, each with what it was counted from."""
    found = insights.as_a_whole()
    if request.GET.get("format") == "csv":
        header = ["figure", "what it says", "counted from", "method", "as of"]
        today = localdate().isoformat()
        rows = ([each.name, each.says or each.why_not, each.counted_from, each.method, today] for each in found.figures)
        return csv_response("network-as-a-whole.csv", header, rows)
    context = {"found": found, "today": localdate(), "may_write": policies.write_tie.holds(request.actor)}
    return render(request, "stakeholders/ties/as_a_whole.html", context)


def _reach(say: insights.Say) -> tuple[int, int]:
    return say.direct, say.indirect


def _leaders(says: list[insights.Say], there: Network) -> str:
    """Who has a say over most; several share that place where they have it over as many."""
    return listed([there.nodes[each.pk].name for each in says if _reach(each) == _reach(says[0])])


def _nobody_knows(there: Network, strong: dict[int, Node]) -> list[dict[str, Any]]:
    """Strong actors to whom no member is tied, and who among ours' contacts is: the first step to them."""
    members = set(there.members)
    known: dict[int, set[int]] = {}
    for link in there.doors:
        known.setdefault(link.one, set()).add(link.other)
        known.setdefault(link.other, set()).add(link.one)
    ours = {other for pk in members for other in known.get(pk, ())}
    found = []
    for pk, node in strong.items():
        contacts = known.get(pk, set())
        if not node.is_member and not contacts & members:
            between = sorted(contacts & ours, key=lambda other: -there.known[other])
            found.append({"node": node, "between": [there.nodes[other] for other in between[:3]]})
    return found


def _standings_csv(there: Network, standings: list[insights.Standing]) -> HttpResponse:
    header = ["ally", "reaches in two steps", "place by reach", "place by rating", "rated influence", "far apart"]
    words = {(True, False): "reaches further than rated", (False, True): "rated above its reach"}
    rows = (
        [
            there.nodes[each.pk].name,
            each.reaches,
            each.network_place,
            each.rated_place,
            there.nodes[each.pk].influence if there.nodes[each.pk].raters else "",
            words.get((each.is_hidden, each.is_overrated), ""),
        ]
        for each in standings
    )
    return csv_response("reach-and-ratings.csv", header, rows)
