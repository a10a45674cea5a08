"""The map of ties as people meet it: what it says, the way to somebody, time, views, and files for other programs."""

import csv
import html
import io
import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from manyhands.practice.stakeholders import actions as allies
from manyhands.practice.stakeholders.models import NetworkDrawing, SavedView, Stakeholder, Tie
from manyhands.practice.stakeholders.ties import actions, drawing_up, insights, queries, tasks
from manyhands.practice.stakeholders.ties.finding import finding

NET = "/c/clean-air/allies/network/"


@pytest.fixture
def amina(clean_air, client):
    client.force_login(clean_air.user["amina"])
    return client


def test_an_empty_network_teaches_the_next_step(amina):
    page = amina.get(NET)
    assert page.status_code == 200
    assert "No ties are written down yet" in page.text
    assert "Add a tie you know of" in page.text


def test_the_title_says_what_hangs_on_one(clean_air, amina, only_way):
    # S1-17: the map draws ties and says what is missing
    page = amina.get(NET).text
    assert "Harbor Freight Workers is our only way to Harbor Port Authority and Taxi Table" in page
    assert page.count("<line x1") >= 6
    with clean_air.inside():
        network = queries.network()
        way = insights.only_ways(network)[0]
        assert [network.nodes[pk].name for pk in way.lost] == ["Harbor Port Authority", "Taxi Table"]


def test_a_second_tie_mends_the_only_way(clean_air, only_way, tie):
    with clean_air.inside():
        tie("rosa", "port")
        tie("rosa", "taxis")
        assert not insights.only_ways(queries.network())
        assert "only way" not in finding(queries.network())


def test_the_way_leads_through_those_who_agreed(clean_air, amina, only_way, placed):
    found = amina.get(NET, {"to": placed.port.pk}).context["found"]
    assert [step["node"].name for step in found["best"]["steps"]] == [
        "Parents of Linden",
        "Two Wheels Club",
        "Harbor Freight Workers",
        "Harbor Port Authority",
    ]
    assert [(each["who"].name, each["way"]) for each in found["without"]][-1] == ("Harbor Freight Workers", None)
    without_ben = amina.get(NET, {"to": placed.port.pk, "avoid": placed.ben.pk}).context["found"]
    assert without_ben["reason"] == "avoided"
    any_member = amina.get(NET, {"to": placed.port.pk, "from": "all"}).context["found"]["best"]
    assert any_member["is_direct"]
    assert any_member["first"].name == "Harbor Freight Workers"


def test_no_way_is_shown_through_somebody_who_has_not_agreed(clean_air, amina, only_way, placed):
    with clean_air.inside():
        actions.record_consent(actor=clean_air.actor["mei"], tie=only_way["ben-omar"], consent="refused")
    page = amina.get(NET, {"to": placed.port.pk})
    found = page.context["found"]
    assert (found["best"], found["reason"], found["could_be"]) == (None, "not agreed", True)
    assert 'class="path"' not in page.text


def test_nobody_leads_to_who_is_tied_to_nobody(clean_air, amina, only_way, placed):
    assert amina.get(NET, {"to": placed.council.pk}).context["found"] is None  # not on the map at all
    with clean_air.inside():
        apart = allies.add_ally(actor=clean_air.actor["mei"], name="Apart")
        actions.write_tie(actor=clean_air.actor["mei"], one=placed.council, other=apart, level=1, source="x")
    assert amina.get(NET, {"to": placed.council.pk}).context["found"]["reason"] == "unconnected"


def test_those_who_stand_against_each_other_open_no_door(clean_air, tie, placed):
    with clean_air.inside():
        made = tie("omar", "port", kind="opposes")
        actions.record_consent(actor=clean_air.actor["mei"], tie=made, consent="agreed", source="x")
        assert insights.ways(queries.network(), [placed.omar.pk], placed.port.pk).best is None


def test_a_tie_long_unseen_counts_for_less(clean_air, tie, placed):
    with clean_air.inside():
        for row in (
            tie("amina", "ben", level=5, seen_on=localdate() - timedelta(days=1500)),
            tie("amina", "rosa", level=3),
            tie("ben", "port", level=5),
            tie("rosa", "port", level=5),
        ):
            actions.record_consent(actor=clean_air.actor["mei"], tie=row, consent="agreed", source="x")
        best = insights.ways(queries.network(), [placed.amina.pk], placed.port.pk).best
        assert best.through == (placed.rosa.pk,)


def test_it_narrows_by_kind_level_words_and_day(clean_air, amina, only_way, tie):
    with clean_air.inside():
        tie("amina", "port", kind="funds", level=1, since=localdate(), seen_on=localdate())
    assert amina.get(NET).context["rows"].count == 7
    assert amina.get(NET, {"kind": "funds"}).context["rows"].count == 1
    assert amina.get(NET, {"level": "4"}).context["rows"].count == 3
    assert amina.get(NET, {"q": "taxi"}).context["rows"].count == 1
    yesterday = (localdate() - timedelta(days=1)).isoformat()
    assert amina.get(NET, {"on": yesterday}).context["rows"].count == 0
    for strange in ({"on": "2026-13-45"}, {"on": "never"}, {"level": "9"}, {"actor": "x" * 40}, {"to": "²"}):
        assert amina.get(NET, strange).context["rows"].count == 7


def test_an_earlier_day_shows_what_was_there(clean_air, amina, tie):
    with clean_air.inside():
        made = tie("amina", "ben", since=localdate() - timedelta(days=100))
        actions.end_tie(actor=clean_air.actor["mei"], tie=made, on=localdate() - timedelta(days=10))
    day = (localdate() - timedelta(days=50)).isoformat()
    assert amina.get(NET, {"on": day}).context["rows"].count == 1
    assert amina.get(NET).context["rows"].count == 0


def test_one_chosen_stands_out_with_its_contacts(amina, only_way, placed):
    page = amina.get(NET, {"actor": placed.omar.pk})
    assert page.context["chosen"].name == "Harbor Freight Workers"
    assert {each["node"].name for each in page.context["contacts"]} == {
        "Two Wheels Club",
        "Harbor Port Authority",
        "Taxi Table",
    }
    assert {mark.node.name for mark in page.context["plot"].marks if mark.is_far} >= {"Parents of Linden"}


def test_marks_differ_by_shape(clean_air, amina, tie):
    with clean_air.inside():
        tie("amina", "port")
        against = allies.add_ally(
            actor=clean_air.actor["mei"], name="Delivery League", stance="against", stance_source="A letter",
            stance_on=localdate(),
        )  # fmt: skip
        port = Stakeholder.objects.get(name="Harbor Port Authority")
        actions.write_tie(actor=clean_air.actor["mei"], one=against, other=port, level=2, source="x")
        marks = {node.name: node.mark for node in queries.network().nodes.values()}
    assert (marks["Parents of Linden"], marks["Harbor Port Authority"], marks["Delivery League"]) == (
        "member",
        "ally",
        "against",
    )


VIEWS = "/c/clean-air/allies/views/"


def test_views_are_saved_shared_and_thrown_away(clean_air, amina, client, only_way):
    kept = {"name": "Close ones", "page": "network", "query": "level=4", "is_shared": "on"}
    assert amina.post(f"{VIEWS}save/", kept).url == f"{NET}?level=4"
    assert amina.post(f"{VIEWS}save/", {**kept, "name": " "}).status_code == 422
    with clean_air.inside():
        view = SavedView.objects.get()
        actions.save_view(actor=clean_air.actor["ben"], page="network", name="Ben’s own", query="q=bus")
    assert [each.name for each in amina.get(NET).context["saved_views"]] == ["Close ones"]
    client.force_login(clean_air.user["ben"])
    assert len(client.get(NET).context["saved_views"]) == 2
    assert client.post(f"{VIEWS}{view.pk}/throw-away/").status_code == 404
    client.force_login(clean_air.user["amina"])
    assert client.post(f"{VIEWS}{view.pk}/throw-away/").url == NET


def test_views_of_the_list_of_allies_are_kept_in_the_same_way(clean_air, amina, placed):
    allies = "/c/clean-air/allies/"
    page = amina.get(f"{allies}?stage=identified&sort=-name&page=1&format=")
    [query] = re.findall(r'name="query" value="([^"]*)"', page.text)
    assert html.unescape(query) == "stage=identified&sort=-name"
    kept = {"name": "Fresh, from Z", "page": "allies", "query": html.unescape(query)}
    assert amina.post(f"{VIEWS}save/", kept).url == f"{allies}?stage=identified&sort=-name"
    wrong = amina.post(f"{VIEWS}save/", {**kept, "name": ""})
    assert (wrong.status_code, "Interest and influence" in wrong.text) == (422, True)
    assert html.unescape(query) in html.unescape(wrong.text)
    chips = re.search(r'aria-label="Saved views">(.*?)</div>', amina.get(f"{allies}?{kept['query']}").text, re.DOTALL)
    assert 'aria-current="true">Fresh, from Z' in chips.group(1)
    assert not amina.get(NET).context["saved_views"]  # each page has its own
    assert amina.post(f"{VIEWS}save/", {**kept, "page": "elsewhere"}).status_code == 422
    with clean_air.inside():
        view = SavedView.objects.get()
    assert amina.post(f"{VIEWS}{view.pk}/throw-away/").url == allies


def test_files_for_other_programs(clean_air, amina, only_way):
    with clean_air.inside():
        Stakeholder.objects.filter(name="Taxi Table").update(name='=Taxi "A&B" <Co>')
    rows = list(csv.DictReader(io.StringIO(amina.get(NET, {"format": "csv"}).text.lstrip("\ufeff"))))
    assert len(rows) == 6
    assert '\'=Taxi "A&B" <Co>' in {row["target"] for row in rows} | {row["source"] for row in rows}
    tree = ElementTree.fromstring(amina.get(f"{NET}export/graphml/").content)
    space = {"g": "http://graphml.graphdrawing.org/xmlns"}
    assert len(tree.findall(".//g:node", space)), len(tree.findall(".//g:edge", space)) == (6, 6)
    elements = list(csv.DictReader(io.StringIO(amina.get(f"{NET}export/kumu-elements/").text.lstrip("\ufeff"))))
    links = list(csv.DictReader(io.StringIO(amina.get(f"{NET}export/kumu-connections/").text.lstrip("\ufeff"))))
    assert {row["From"] for row in links} | {row["To"] for row in links} <= {row["Label"] for row in elements}
    assert ElementTree.fromstring(amina.get(f"{NET}export/svg/").content).tag.endswith("svg")
    assert amina.get(f"{NET}export/exe/").status_code == 404


def grow(count: int) -> None:
    """A ring of so many, each tied to the next and to the one after that."""
    rows = []
    for n in range(count):
        row = Stakeholder(name=f"Actor {n:05}")
        row.prepare()
        rows.append(row)
    Stakeholder.objects.bulk_create(rows)
    Tie.objects.bulk_create(
        Tie(one=a, other=b, level=2, source="x", seen_on=localdate())
        for at, row in enumerate(rows)
        for a, b in [sorted([row, rows[(at + step) % count]], key=lambda each: each.pk) for step in (1, 2)]
    )


def test_more_ties_mean_no_more_questions_and_a_large_map_is_drawn_in_the_background(clean_air, amina, only_way):
    with CaptureQueriesContext(connection) as few:
        amina.get(NET)
    with clean_air.inside():
        grow(700)
        assert drawing_up.is_large()
        drawing_up.ask_for_a_drawing()
    with CaptureQueriesContext(connection) as many:
        page = amina.get(NET)
    assert page.context["is_sketch"]
    assert page.context["is_large"]
    assert len(page.context["plot"].marks) <= 200
    assert len(many) <= len(few) + 1  # the one more asks for the drawing
    with clean_air.inside():

        class Silent:
            def update(self, **said: object) -> None: ...

        tasks.draw_map(Silent())
        tasks.draw_map(Silent())
        assert len(NetworkDrawing.objects.get().places) == 708
    page = amina.get(NET)
    assert not page.context["is_sketch"]
    data = amina.get(f"{NET}data/").json()
    assert (len(data["marks"]), len(data["ties"])) == (706, 1406)
    assert all(0 <= mark[2] <= 1 and 0 <= mark[3] <= 1 for mark in data["marks"])
