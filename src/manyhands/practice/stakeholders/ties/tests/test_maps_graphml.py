"""Maps as GraphML: of other programs, and XML that means harm."""

import pytest

from manyhands.practice.stakeholders.importing.reading import Unreadable
from manyhands.practice.stakeholders.models import Stakeholder, Tie
from manyhands.practice.stakeholders.ties.files import read_ties

GRAPH = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
<key id="d0" for="node" attr.name="label" attr.type="string"/><key id="d1" for="node" yfiles.type="nodegraphics"/>
<key id="d2" for="edge" attr.name="weight" attr.type="double"><default>1</default></key>
<key id="d3" for="node" attr.name="category" attr.type="string"/>
<graph edgedefault="directed">
<node id="n0"><data key="d0">Mill</data><data key="d3">Trade</data></node>
<node id="n1"><data key="d1"><y:ShapeNode><y:NodeLabel>Weir</y:NodeLabel></y:ShapeNode></data></node>
<node id="Dyke"/>
<edge source="n0" target="n1"><data key="d2">3.0</data></edge><edge source="n1" target="Dyke"/>
<edge source="n0" target="gone"/>
</graph></graphml>"""
HEAD = '<?xml version="1.0"?>'
BOMB = f"""{HEAD}<!DOCTYPE graphml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>
<graphml><graph><node id="&c;"/></graph></graphml>"""
OUTSIDE = f"""{HEAD}<!DOCTYPE graphml [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<graphml><graph><node id="n"><data key="name">&x;</data></node></graph></graphml>"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_graphml_of_other_programs(clean_air, bring, encoding):
    with clean_air.inside():
        listing = bring(("m.graphml", GRAPH.replace("UTF-8", encoding).encode(encoding)), kind="funds")
        assert {tie.one.name + ">" + tie.other.name: tie.level for tie in Tie.objects.all()} == {
            "Mill>Weir": 3, "Weir>Dyke": 1,
        }  # fmt: skip
        assert Stakeholder.objects.get(name="Mill").sector == "Trade"
        assert listing.content["refused"] == [[3, "Edges: One of the two names is missing."]]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (BOMB, "document type"),
        (OUTSIDE, "document type"),
        (f'{HEAD}<!DOCTYPE graphml SYSTEM "http://elsewhere.example/x.dtd"><graphml/>', "document type"),
        (f"{HEAD}<graphml>{'<a>' * 50}", "deeper"),
        (f"{HEAD}<graphml><graph><node id='n'>", "breaks off"),
        (f"{HEAD}<graphml><graph>&nothing;</graph></graphml>", "line 1"),
        ('<?xml version="1.0" encoding="no-such"?><graphml/>', "line 1|letters"),
        (b"<graphml>\xff\xfe\x00", "line 1|letters|not text"),
    ],
)
def test_xml_that_means_harm_is_refused(tmp_path, text, words):
    path = tmp_path / "m.graphml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(Unreadable, match=words):
        read_ties(path, "knows")
