"""The network as files for other programs: CSV, GraphML, a map for Kumu, SVG."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from manyhands.foundation.ui.spreadsheets import csv_response

from ..models import Stakeholder
from . import picture, rules
from .queries import Link, Network

MARK_WORDS = {"member": "Member", "ally": "Not a member", "against": "Against, so far"}
#: Characters that XML cannot hold, even escaped.
_NOT_IN_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])


def as_csv(network: Network, links: Iterable[Link]) -> HttpResponse:
    """One row for each tie; the same file can be brought in again."""
    header = ["source", "target", "kind", "level", "date", "state", "how we know", "since", "ended"]
    called = _labels()
    rows = (
        [
            called[link.one],
            called[link.other],
            link.kind,
            link.level,
            link.seen_on.isoformat(),
            str(link.state_words),
            link.source,
            link.begins.isoformat(),
            link.ended_on.isoformat() if link.ended_on else "",
        ]
        for link in links
    )
    return csv_response(f"ties-{localdate().isoformat()}.csv", header, rows)


def kumu_elements(network: Network) -> HttpResponse:
    """Elements as Kumu takes them in: the label is the name."""
    return csv_response(f"kumu-elements-{localdate().isoformat()}.csv", _ELEMENT, _elements(network))


def kumu_connections(network: Network, links: Iterable[Link]) -> HttpResponse:
    """Connections as Kumu takes them in: by the labels of their two ends."""
    rows = _connections(network, links)
    return csv_response(f"kumu-connections-{localdate().isoformat()}.csv", _CONNECTION, rows)


def kumu_workbook(network: Network, links: Iterable[Link]) -> HttpResponse:
    """Both as the two sheets of one workbook, which is how Kumu takes a whole map in."""
    from openpyxl import Workbook  # a large library, and most exports are CSV
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    for title, header, rows in (
        ("Elements", _ELEMENT, _elements(network)),
        ("Connections", _CONNECTION, _connections(network, links)),
    ):
        sheet = book.create_sheet(title)
        for row in [header, *rows]:
            cells = [WriteOnlyCell(sheet, _plain(cell) if isinstance(cell, str) else cell) for cell in row]
            for cell in cells:
                if cell.data_type == "f":
                    cell.data_type = "s"  # a name that begins with = is a name, not a formula
            sheet.append(cells)
    file = BytesIO()
    book.save(file)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return _file(file.getvalue(), kind, "xlsx", "kumu")


_ELEMENT = ["Label", "Type", "Sector", "Membership", "Knows", "Influence", "Interest"]
_CONNECTION = ["From", "To", "Direction", "Type", "Strength", "Tags", "Description", "Date"]


def _labels() -> dict[int, str]:
    """What each ally is called in a file. Who shares a name has a number too, also where the other one is left out."""
    return rules.labels(dict(Stakeholder.objects.order_by("pk").values_list("pk", "name")))


def _elements(network: Network) -> list[list[Any]]:
    called = _labels()
    return [
        [
            called[pk],
            "Person" if node.is_person else "Organization",
            node.sector,
            MARK_WORDS[node.mark],
            network.known[pk],
            node.influence or "",
            node.interest or "",
        ]
        for pk, node in network.nodes.items()
    ]


def _connections(network: Network, links: Iterable[Link]) -> list[list[Any]]:
    called = _labels()
    return [
        [
            called[link.one],
            called[link.other],
            "undirected" if rules.is_symmetric(link.kind) else "directed",
            link.kind,
            link.level,
            link.state,
            link.source,
            link.seen_on.isoformat(),
        ]
        for link in links
    ]


_KEYS = [
    ("name", "node", "string"), ("type", "node", "string"), ("mark", "node", "string"), ("sector", "node", "string"),
    ("influence", "node", "double"), ("interest", "node", "double"), ("known", "node", "int"),
    ("kind", "edge", "string"), ("level", "edge", "int"), ("state", "edge", "string"), ("seen", "edge", "string"),
    ("description", "edge", "string"),
]  # fmt: skip


def graphml(network: Network, links: Iterable[Link]) -> HttpResponse:
    """GraphML as Gephi, yEd, igraph and NetworkX read it. Who was never rated has no influence, which is not zero."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">']
    lines += [f'<key id="{name}" for="{of}" attr.name="{name}" attr.type="{kind}"/>' for name, of, kind in _KEYS]
    lines.append('<graph id="ties" edgedefault="undirected">')
    called = _labels()
    for pk, node in network.nodes.items():
        figures = {"influence": node.influence, "interest": node.interest} if node.raters else {}
        facts: dict[str, Any] = {"name": called[pk], "type": "Person" if node.is_person else "Organization"}
        facts |= {"mark": node.mark, "sector": node.sector, "known": network.known[pk], **figures}
        lines.append(f'<node id="n{pk}">{_data(facts)}</node>')
    for link in links:
        way = "" if rules.is_symmetric(link.kind) else ' directed="true"'
        facts = {"kind": link.kind, "level": link.level, "state": link.state, "seen": link.seen_on.isoformat()}
        facts["description"] = link.source
        lines.append(f'<edge source="n{link.one}" target="n{link.other}"{way}>{_data(facts)}</edge>')
    lines += ["</graph>", "</graphml>", ""]
    return _file("\n".join(lines), "application/graphml+xml; charset=utf-8", "graphml")


def _data(facts: dict[str, Any]) -> str:
    return "".join(f'<data key="{key}">{escape(_plain(value))}</data>' for key, value in facts.items() if value != "")


def _plain(value: Any) -> str:
    return str(value).translate(_NOT_IN_XML)


_LOOK = {
    "member": ("#1f5f8b", "#ffffff"), "ally": ("#ffffff", "#4b5563"), "against": ("#8a4b2a", "#ffffff"),
}  # fmt: skip
SIDE = 1600


def svg(network: Network, places: dict[int, tuple[float, float]]) -> HttpResponse:
    """The whole map as a drawing of its own, whatever its size; a light one, for paper."""
    at = {pk: (40 + places[pk][0] * (SIDE - 80), 40 + places[pk][1] * (SIDE - 80)) for pk in network.nodes}
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}" font-family="sans-serif" font-size="13">',
        f"<title>{escape(_('Ally network'))}</title>",
        '<rect width="100%" height="100%" fill="#ffffff"/>',
    ]
    for link in network.links:
        (x1, y1), (x2, y2) = at[link.one], at[link.other]
        broken = "" if link.state == "confirmed" else ' stroke-dasharray="3 5"'
        lines.append(
            f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="#9ca3af" '
            f'stroke-width="{max(1, link.level * 0.8):.1f}"{broken}/>'
        )
    front = set(sorted(network.nodes, key=lambda pk: -network.known[pk])[:80])
    for pk, node in network.nodes.items():
        (x, y), r = at[pk], picture.radius(network.known[pk])
        fill, edge = _LOOK[node.mark]
        shape = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{r}"'
        if node.mark == "against":
            shape = f'<path d="M{x:.1f} {y - r:.1f}l{r} {r}l{-r} {r}l{-r} {-r}z"'
        lines.append(
            f'{shape} fill="{fill}" stroke="{edge}" stroke-width="2"><title>{_name(node.name)}</title>{_end(shape)}'
        )
        if pk in front:
            lines.append(f'<text x="{x + r + 4:.1f}" y="{y + 4:.1f}">{_name(node.name)}</text>')
    lines += ["</svg>", ""]
    return _file("\n".join(lines), "image/svg+xml; charset=utf-8", "svg")


def _name(name: str) -> str:
    return escape(_plain(name))


def _end(shape: str) -> str:
    return "</circle>" if shape.startswith("<circle") else "</path>"


def _file(content: str | bytes, kind: str, ending: str, called: str = "network") -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    name = f"{called}-{localdate().isoformat()}.{ending}"
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer
