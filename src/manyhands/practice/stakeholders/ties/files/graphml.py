"""GraphML as Gephi, yEd, igraph, NetworkX and this house write it, read as two sheets: nodes and edges.

The file is somebody else's XML. A document type, which is where entities that grow without end are declared, is
refused before anything is expanded; nothing outside the file is ever fetched; and the depth and the number of parts
are bounded.
"""

from pathlib import Path
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext as _

from ...importing.reading import Row, Unreadable
from ...rules import folded

DEEPEST = 40
MOST_PARTS = 400_000
LONGEST_TEXT = 8_000
#: What programs call the name of a node, the best first.
NAMES = ("name", "label", "nodelabel", "title", "v_name")
_CHUNK = 1 << 16


def is_graphml(path: Path) -> bool:
    """Does it begin as XML with a graph in it? Text in two bytes a letter is XML too."""
    with path.open("rb") as file:
        head = file.read(4096).replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return head.startswith((b"<?xml", b"<graphml", b"<!doctype graphml", b"<!--")) and b"<graphml" in head


def read(path: Path) -> list[tuple[str, list[str], list[Row]]]:
    """Nodes and edges, each with a name, a header and rows numbered from 1.

    Raises
    ------
    Unreadable
        If the file is no XML, declares a document type, or is deeper or larger than a map can be.
    """
    reader = _Reader()
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                reader.parser.Parse(chunk, False)
        reader.parser.Parse(b"", True)
    except expat.ExpatError as problem:
        words = _("The XML breaks off or is wrong in line %(line)s. Export the map again.")
        raise Unreadable(words % {"line": problem.lineno}) from problem
    except (LookupError, ValueError) as problem:  # an encoding that nobody knows
        raise Unreadable(_("The letters of this file cannot be read. Export the map again, as UTF-8.")) from problem
    return reader.sheets()


class _Reader:
    """Collects nodes and edges while the file is read; keeps nothing else of it."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.buffer_text = True
        self.keys: dict[str, str] = {}  # the key's number: its title
        self.defaults: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
        self.usual_direction = "undirected"
        self.nodes: list[tuple[str, dict[str, str]]] = []
        self.edges: list[dict[str, str]] = []
        self.depth = 0
        self.open: list[dict[str, str]] = []  # the node or edge that we are in
        self.key, self.declared = "", ("", "")
        self.words: list[str] = []

    def _doctype(self, *_about: Any) -> None:
        raise Unreadable(_("This XML declares a document type of its own, which we do not read. Export it without."))

    def _start(self, tag: str, about: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > DEEPEST or len(self.nodes) + len(self.edges) > MOST_PARTS:
            raise Unreadable(_("This map is deeper or larger than we can read. Split it."))
        tag = tag.rpartition(" ")[2]
        self.words = []
        if tag == "key":
            self.declared = about.get("id", ""), about.get("for", "all")
            self.keys[self.declared[0]] = about.get("attr.name") or about.get("yfiles.type") or self.declared[0]
        elif tag == "graph" and about.get("edgedefault"):
            self.usual_direction = about["edgedefault"]
        elif tag == "node":
            self.open.append({})
            self.nodes.append((about.get("id", ""), self.open[-1]))
        elif tag == "edge":
            directed = {"true": "directed", "false": "undirected"}.get(about.get("directed", ""), self.usual_direction)
            self.open.append({"source": about.get("source", ""), "target": about.get("target", "")})
            self.open[-1]["direction"] = directed
            self.edges.append(self.open[-1])
        elif tag == "data":
            self.key = about.get("key", "")

    def _text(self, text: str) -> None:
        if sum(map(len, self.words)) < LONGEST_TEXT:
            self.words.append(text[:LONGEST_TEXT])

    def _end(self, tag: str) -> None:
        self.depth -= 1
        tag, text = tag.rpartition(" ")[2], " ".join("".join(self.words).split())
        if tag in {"node", "edge"} and self.open:
            self.open.pop()
        elif tag == "default":
            for part in ("node", "edge"):
                if self.declared[1] in {part, "all"}:
                    self.defaults[part][self.keys[self.declared[0]]] = text
        elif tag in {"NodeLabel", "EdgeLabel"} and self.open and text:
            self.open[-1].setdefault("nodelabel" if tag == "NodeLabel" else "edgelabel", text)
        elif tag == "data" and self.open and text:
            self.open[-1].setdefault(self.keys.get(self.key, self.key), text)
        self.words = []

    def sheets(self) -> list[tuple[str, list[str], list[Row]]]:
        """As if somebody had written them into two sheets of a workbook."""
        nodes: list[dict[str, str]] = []
        names: dict[str, str] = {}
        taken: set[str] = set()
        for number, facts in self.nodes:
            name, facts = self._name(number, facts), {**self.defaults["node"], **facts}
            # Of two nodes of one name the second is refused below; its edges must not fall to the first.
            names[number] = "" if folded(name) in taken else name
            taken.add(folded(name))
            rest = {title: value for title, value in facts.items() if title.lower() not in {*NAMES, "id", "_id"}}
            nodes.append({"Label": name, **rest})
        for edge in self.edges:
            for end in ("source", "target"):
                edge[end] = names.get(edge[end], "")
        edges = [{**self.defaults["edge"], **edge} for edge in self.edges]
        return [
            (_("Nodes"), *_sheet(["Label"], nodes)),
            (_("Edges"), *_sheet(["source", "target", "direction"], edges)),
        ]

    def _name(self, number: str, facts: dict[str, str]) -> str:
        titles = {title.lower(): value for title, value in facts.items()}
        return next((titles[title] for title in NAMES if titles.get(title)), number)


def _sheet(first: list[str], parts: list[dict[str, str]]) -> tuple[list[str], list[Row]]:
    header = list(dict.fromkeys([*first, *(title for part in parts for title in part)]))[:200]
    return header, [(row, [part.get(title, "") for title in header]) for row, part in enumerate(parts, start=1)]
