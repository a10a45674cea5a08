"""The network: who knows whom, on a map, as a list, and the way to somebody."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from manyhands.foundation.access.views import allow

from ... import policies
from .. import exports, insights, picture, queries
from .. import shown as say
from ..asked import Asked, TieRows, wanted_day
from ..finding import finding
from ..forms import SaveViewForm
from ..insights import Ways, ways
from ..queries import Network
from ..rules import STRONG
from ..saving import saved_views

#: One letter each, for the canvas: it is read ten thousand times.
MARK_SIGNS = {queries.MEMBER: "m", queries.ALLY: "a", queries.AGAINST: "x"}
STATE_SIGNS = {"claimed": "c", "confirmed": "b", "disputed": "d"}
#: Of more than this one types the name instead of choosing it.
MOST_CHOICES = 400


@require_GET
@allow(policies.see_allies)
def network(request: HttpRequest, coalition: str) -> HttpResponse:
    return show(request)


@require_GET
@allow(policies.see_allies)
def network_data(request: HttpRequest, coalition: str) -> JsonResponse:
    """Marks and ties for the canvas, as short as they can be said: ties name the places of marks in the list."""
    whole = queries.network(with_ended=True)
    rows = TieRows(request, whole, wanted_day(request))
    shown = whole.among(rows.all_rows)
    placed = insights.places(whole)
    order = {pk: at for at, pk in enumerate(shown.nodes)}
    return JsonResponse(
        {
            "marks": [
                [pk, node.name, *placed.of[pk], shown.known[pk], MARK_SIGNS[node.mark]]
                for pk, node in shown.nodes.items()
            ],
            "ties": [
                [order[link.one], order[link.other], link.level, STATE_SIGNS[link.state], link.kind]
                for link in shown.links
            ],
            "words": {
                "gives": {value: str(words) for value, words in queries.GIVES.items()},
                "receives": {value: str(words) for value, words in queries.RECEIVES.items()},
                "without_level": sorted(queries.WITHOUT_LEVEL),
                "levels": [str(words) for words in queries.LEVEL_WORDS.values()],
                "states": {STATE_SIGNS[value]: str(words) for value, words in queries.STATE_WORDS.items()},
            },
        }
    )


def show(request: HttpRequest, view_form: SaveViewForm | None = None, status: int = 200) -> HttpResponse:
    """The map as the address asks for it; with the form again if a view of it could not be saved."""
    whole = queries.network(with_ended=True)
    asked = Asked.of(request, whole)
    rows = TieRows(request, whole, asked.on)
    if rows.wants_csv:
        return exports.as_csv(whole, rows.all_rows)
    now_there = whole.among([link for link in whole.links if link.was_there(rows.on)], whole.members)
    shown = whole.among(rows.all_rows, also=[asked.actor] if asked.actor else ())
    found = _way(request, asked, now_there)
    on_way = [pk for pair in (found.best.pairs if found and found.best else ()) for pk in pair]
    shown = whole.among(shown.links, also=[*shown.nodes, *on_way, *([found.target] if found else [])])
    placed = insights.places(whole)
    gaps = [gap.closers for gap in insights.missing_links(now_there)]
    drawn = picture.draw(
        shown,
        placed.of,
        chosen=asked.actor,
        target=asked.to,
        way=found.best.pairs if found and found.best else (),
        missing=gaps[:1] if not rows.is_narrowed else (),
        groups=insights.clusters(now_there) if len(shown.nodes) <= picture.MOST_DRAWN else (),
    )
    chosen = whole.nodes.get(asked.actor or 0)
    days = sorted({link.begins for link in whole.links} | {k.ended_on for k in whole.links if k.ended_on})
    context: dict[str, Any] = {
        "rows": rows,
        "network": whole,
        "asked": asked,
        "plot": drawn,
        "title": finding(now_there),
        "is_sketch": placed.is_sketch,
        "may_be_large": len(whole.nodes) > picture.MOST_DRAWN,
        "is_large": len(shown.nodes) > picture.MOST_DRAWN,
        "count_shown": len(shown.nodes),
        "today": localdate(),
        "first_day": days[0] if days else None,
        "chosen": chosen,
        "contacts": _contacts(shown, asked.actor) if chosen else [],
        "knows": shown.known.get(asked.actor or 0, 0),
        "found": say.ways(found, whole.nodes),
        "page_rows": say.links(list(rows.page.object_list), whole.nodes),
        "choices": _choices(now_there),
        "only_ways": say.only_ways(insights.only_ways(now_there)[:1], whole.nodes),
        "missing_links": say.missing_links(insights.missing_links(now_there)[:1], whole.nodes),
        "missing_count": len(gaps),
        "unknown": _unknown(now_there),
        "has_strong": any(node.influence >= STRONG and not node.is_member for node in now_there.nodes.values()),
        **saved_views(request.actor, "network", request.GET.dict(), view_form),
        "may_write": policies.write_tie.holds(request.actor),
        "may_import": policies.import_list.holds(request.actor),
    }
    return render(request, "stakeholders/ties/network.html", context, status=status)


def _way(request: HttpRequest, asked: Asked, there: Network) -> Ways | None:
    if asked.to is None or asked.to not in there.nodes:
        return None
    avoid = [asked.avoid] if asked.avoid in there.nodes else []
    return ways(there, starts(request, asked.start, there), asked.to, avoid=avoid)


def _choices(there: Network) -> list[tuple[int, str]]:
    """Everyone on the map by name, to choose from; of more than a few hundred one types the name."""
    if len(there.nodes) > MOST_CHOICES:
        return []
    return sorted(((pk, node.name) for pk, node in there.nodes.items()), key=lambda pair: pair[1].lower())


def starts(request: HttpRequest, start: str, there: Network) -> list[int]:
    """Where a way begins: one's own organization, any of the members, or whoever was chosen."""
    if start.isdigit():
        return [int(start)]
    own = [pk for pk, node in there.nodes.items() if node.member_id == request.actor.organization_id is not None]
    return own if start == "us" and own else there.members


def _contacts(shown: Network, pk: int | None) -> list[dict[str, Any]]:
    return [
        {"link": link, "node": shown.nodes[link.other if link.one == pk else link.one], "from_here": link.one == pk}
        for link in shown.contacts.get(pk or 0, [])
    ]


def _unknown(there: Network) -> list[Any]:
    """Strong actors of the map whom no member knows."""
    known = {pk for link in there.doors for pk in (link.one, link.other) if _has_member(there, link)}
    others = [node for pk, node in there.nodes.items() if pk not in known and not node.is_member]
    return sorted((node for node in others if node.influence >= STRONG), key=lambda node: -node.influence)


def _has_member(there: Network, link: Any) -> bool:
    return there.nodes[link.one].is_member or there.nodes[link.other].is_member


@require_GET
@allow(policies.see_allies)
def network_export(request: HttpRequest, coalition: str, format: str) -> HttpResponse:
    """The map as it is narrowed now, as a file for another program."""
    whole = queries.network(with_ended=True)
    rows = TieRows(request, whole, wanted_day(request))
    shown = whole.among(rows.all_rows)
    if format == "graphml":
        return exports.graphml(shown, shown.links)
    if format == "kumu":
        return exports.kumu_workbook(shown, shown.links)
    if format == "kumu-elements":
        return exports.kumu_elements(shown)
    if format == "kumu-connections":
        return exports.kumu_connections(shown, shown.links)
    if format == "svg":
        return exports.svg(shown, insights.places(whole).of)
    raise Http404
