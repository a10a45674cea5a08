"""Maps from Kumu: elements, connections, both at once; again; back out; and from a terminal."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from manyhands.faces.cli.main import main
from manyhands.foundation.jobs.worker import run_waiting
from manyhands.practice.stakeholders.models import Stakeholder, Tie, TieList
from manyhands.practice.stakeholders.ties import actions, queries, tasks

NETWORK = "/c/clean-air/allies/network/"
FILES = "/c/clean-air/allies/ties/files/"
ELEMENTS = """ID,Label,Type,Tags,Description,Founded
e1,Tide Choir,Organization,music|harbor,Sings on the quay,1999
e2,Lena Fox,Person,,Knows every captain,
e3,Lock Keepers,Public body,,,
"""
CONNECTIONS = """From,To,Direction,Label,Type,Strength,Tags,Description
e1,Lena Fox,undirected,,works with,4,,Rehearsals
Lock Keepers,e1,directed,gives,funds,2,,
Lena Fox,Lock Keepers,mutual,,informs,3,,
"""


def workbook(elements: str, connections: str) -> bytes:
    book = Workbook()
    book.active.title = "Elements"
    for sheet, text in ((book.active, elements), (book.create_sheet("Connections"), connections)):
        for line in text.splitlines():
            sheet.append(line.split(","))
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def drawn() -> tuple[set, set]:
    """Who is here, and who is tied to whom how closely."""
    ties = queries.live_ties().select_related("one", "other")
    ends = {
        (frozenset((t.one.name, t.other.name)) if t.kind in {"works with", "knows", "opposes"} else
         (t.one.name, t.other.name), t.kind, t.level)
        for t in ties
    }  # fmt: skip
    tied = {row.name: row for tie in ties for row in (tie.one, tie.other)}
    return {(name, row.kind, row.sector) for name, row in tied.items()}, ends


@pytest.mark.parametrize(
    "files",
    [
        [("elements.csv", ELEMENTS), ("connections.csv", CONNECTIONS)],
        [("connections.csv", CONNECTIONS), ("elements.csv", ELEMENTS)],
        [("map.xlsx", workbook(ELEMENTS, CONNECTIONS))],
    ],
)
def test_a_map_of_kumu_comes_in_with_its_actors(clean_air, bring, files):
    with clean_air.inside():
        listing = bring(*files)
        assert (listing.count_ties, listing.count_actors, listing.count_refused) == (4, 3, 0)
        choir = Stakeholder.objects.get(name="Tide Choir")
        assert (choir.about, choir.tags, choir.extra) == ("Sings on the quay", "music, harbor", {"Founded": "1999"})
        assert Stakeholder.objects.get(name="Lena Fox").kind == "person"
        assert Stakeholder.objects.get(name="Lock Keepers").sector == "Public body"
        assert Tie.objects.filter(kind="informs").count() == 2, "an arrow at both ends"
        funds = Tie.objects.get(kind="funds")
        assert (funds.one.name, funds.other.name, funds.level) == ("Lock Keepers", "Tide Choir", 2)


def test_each_half_comes_alone(clean_air, bring):
    with clean_air.inside():
        listing = bring(("elements.csv", ELEMENTS))
        assert (listing.content["shape"], listing.count_ties, listing.count_actors) == ("actors", 0, 3)
        listing = bring(("connections.csv", CONNECTIONS.replace("e1", "tide choir")), adds_actors=False)
        assert (listing.count_ties, listing.count_actors, Stakeholder.objects.filter(name="Tide Choir").count()) == (
            4, 0, 1,
        )  # fmt: skip


def test_the_same_map_again_writes_nothing_and_a_newer_one_changes(clean_air, bring):
    both = [("elements.csv", ELEMENTS), ("connections.csv", CONNECTIONS)]
    with clean_air.inside():
        bring(*both)
        here = drawn()
        again = bring(*both, only_try=True)
        assert (again.count_ties, again.count_actors, again.count_refused) == (0, 0, 0)
        assert again.content["counts"] == {"changed_ties": 0, "changed_allies": 0, "same": 7}
        with pytest.raises(actions.Refused, match="Nothing"):
            actions.bring_ties_in(actor=clean_air.actor["amina"], listing=again)
        newer = bring(
            ("elements.csv", ELEMENTS.replace("on the quay", "in the church")),
            ("connections.csv", CONNECTIONS.replace("with,4", "with,5").replace("e1,directed", "e1,undirected")),
        )
        assert newer.content["counts"] == {"changed_ties": 1, "changed_allies": 1, "same": 5}
        assert Tie.objects.get(kind="works with").level == 5
        assert Stakeholder.objects.get(name="Tide Choir").about == "Sings in the church"
        actions.take_ties_back(actor=clean_air.actor["amina"], listing=newer)
        assert drawn() == here
        assert Stakeholder.objects.get(name="Tide Choir").about == "Sings on the quay"


def test_what_was_edited_since_is_not_put_back(clean_air, bring):
    amina = clean_air.actor["amina"]
    with clean_air.inside():
        bring(("elements.csv", ELEMENTS), ("connections.csv", CONNECTIONS))
        newer = bring(("connections.csv", CONNECTIONS.replace("e1", "Tide Choir").replace("with,4", "with,5")))
        tie = Tie.objects.get(kind="works with")
        actions.change_tie(actor=amina, tie=tie, version=tie.version, source="Seen", seen_on=tie.seen_on, level=1)
        actions.take_ties_back(actor=amina, listing=newer)
        assert Tie.objects.get(kind="works with").level == 1


def test_a_side_that_has_spoken_is_not_overruled(clean_air, placed, tie, bring):
    with clean_air.inside():
        made = tie("amina", "council", level=4, by="amina")
        listing = bring(("c.csv", f"From,To,Strength\n{made.one.name},{made.other.name},1\n"), only_try=True)
        assert listing.content["counts"] == {"changed_ties": 0, "changed_allies": 0, "same": 1}


@pytest.mark.parametrize(
    ("elements", "connections", "row", "why"),
    [
        ("Label\nA\na\n", "", 3, "stands in row 2 already"),
        ("Label,Type\n,Person\n", "", 2, "no label"),
        (f"Label\n{'x' * 301}\n", "", 2, "300 letters"),
        ("Label,ID\nA,1\nB,1\n", "", 3, "identifier"),
        ("Label,Position\nA,Against\n", "", 2, "public source"),
        ("Label\nA\n", "From,To\nA,A\n", 2, "themselves"),
        ("Label\nA\n", "From,To,Strength\nA,B,9\n", 2, "0 to 5"),
        ("Label\nA\n", "From,To\nA,\n", 2, "missing"),
    ],
)
def test_rows_that_cannot_be_are_refused_by_number(clean_air, bring, elements, connections, row, why):
    files = [("elements.csv", elements), *([("connections.csv", connections)] if connections else [])]
    with clean_air.inside():
        refused = bring(*files, only_try=True).content["refused"]
        assert [(number, why in reason) for number, reason in refused] == [(row, True)]
        assert not connections or refused[0][1].startswith("connections: ")


def test_nobody_unknown_is_added_where_that_is_not_wanted(clean_air, placed, bring):
    with clean_air.inside():
        both = [("e.csv", "Label\nTaxi Table\nNew\n"), ("c.csv", "From,To\nTaxi Table,New\n")]
        listing = bring(*both, adds_actors=False, only_try=True)
        assert ["New" in why for _row, why in listing.content["refused"]] == [True, True]
        assert {why.split(":")[0] for _row, why in listing.content["refused"]} == {"Actors", "Ties"}


def test_a_member_stays_an_organization_when_a_file_is_silent(clean_air, placed, bring):
    with clean_air.inside():
        Stakeholder.objects.filter(name="Taxi Table").update(kind="person", city="Linden", sector="Transport")
        bring(("e.csv", "Label,Description\nTaxi Table,All ranks\n"))
        taxis = Stakeholder.objects.get(name="Taxi Table")
        assert (taxis.kind, taxis.city, taxis.sector, taxis.about) == ("person", "Linden", "Transport", "All ranks")


@pytest.mark.parametrize("formats", [["kumu"], ["kumu-elements", "kumu-connections"], ["graphml"]])
def test_a_coalition_moves_its_map_to_an_empty_one(clean_air, client, only_way, tie, safe_streets, bring, formats):
    with clean_air.inside():
        tie("council", "port", kind="funds", level=5)
        Stakeholder.objects.filter(name="Taxi Table").update(kind="person", sector="Transport")
        Stakeholder.objects.filter(name="City Council").update(name="=Council & Sons")
        ours = drawn()
    client.force_login(clean_air.user["amina"])
    files = [(f"{name}.file", client.get(f"{NETWORK}export/{name}/").content) for name in formats]
    with safe_streets.inside():
        listing = bring(*files, actor=safe_streets.actor["zed"])
        assert (listing.count_ties, listing.count_refused) == (7, 0)
        assert drawn() == ours


def test_a_map_through_the_browser(clean_air, client, placed):
    client.force_login(clean_air.user["amina"])

    def send(one, other=None):
        halves = {"second": SimpleUploadedFile("connections.csv", other.encode())} if other else {}
        said = {"file": SimpleUploadedFile("elements.csv", one.encode()), "kind": "knows", "source": "Map"}
        return client.post(FILES, {**said, **halves, "adds_actors": "on"})

    there = send(ELEMENTS, CONNECTIONS).url
    page = client.get(there).text
    assert "4 ties could come in" in page
    assert "Tide Choir" in page
    assert client.post(f"{there}bring-in/").status_code == 302
    again = client.get(send(ELEMENTS, CONNECTIONS).url).text
    assert "Everything in it is here already" in again
    alone = send("Label\nNew Club\n").url
    assert "One ally could come in" in client.get(alone).text
    assert client.post(f"{alone}bring-in/", follow=True).status_code == 200
    bad = send("Label\nA\n", "a,b\n1,2\n")
    assert bad.status_code == 422
    assert "no columns" in bad.text


def test_a_large_file_is_brought_in_by_the_worker(clean_air, client, placed, monkeypatch):
    monkeypatch.setattr(tasks, "AT_ONCE", 0)
    client.force_login(clean_air.user["amina"])
    file = SimpleUploadedFile("c.csv", b"From,To\nTaxi Table,City Council\n")
    there = client.post(FILES, {"file": file, "kind": "knows", "source": "Map", "adds_actors": "on"}).url
    for _time in range(2):
        assert client.post(f"{there}bring-in/").url == there
    page = client.get(there).text
    assert "Bringing the ties in" in page
    assert "bring-in/" not in page
    with clean_air.inside():
        assert not Tie.objects.exists()
        run_waiting()
        assert Tie.objects.count() == 1
        tasks.bring_in(None, tie_list_id=TieList.objects.get().pk, seat_id=clean_air.seat["amina"].pk)
        assert Tie.objects.count() == 1
    assert "One tie came in" in client.get(there).text
    assert client.post(f"{there}bring-in/").status_code == 409


def test_a_map_from_a_terminal(clean_air, tmp_path, capsys):
    one, other = tmp_path / "elements.csv", tmp_path / "connections.csv"
    one.write_text(ELEMENTS)
    other.write_text(CONNECTIONS)
    words = ["import", "ties", str(one), str(other), "--coalition", "clean-air"]
    assert main([*words, "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said == {"ties": 4, "added": 3, "changed_ties": 0, "changed_allies": 0, "same": 0, "refused": []}
    one.write_text(ELEMENTS.replace("quay", "pier"))
    assert main(words) == 0
    assert "1 change what is here, 6 say what is here already." in capsys.readouterr().out
    assert main([*words[:3], str(one), *words[3:]]) == 2


@pytest.mark.parametrize("formats", [["kumu"], ["kumu-elements", "kumu-connections"], ["graphml"]])
def test_two_of_one_name_are_told_apart_on_the_way_out_and_in(
    clean_air, client, only_way, tie, safe_streets, bring, formats
):
    with clean_air.inside():
        tie("council", "port", kind="funds", level=5)
        for name in ("City Council", "Taxi Table"):
            Stakeholder.objects.filter(name=name).update(name="Guild")
        assert Stakeholder.objects.filter(name="Guild").count() == 2
        ours = drawn()
    client.force_login(clean_air.user["amina"])
    files = [(f"{name}.file", client.get(f"{NETWORK}export/{name}/").content) for name in formats]
    with clean_air.inside():
        again = bring(*files, only_try=True)
        assert (again.count_ties, again.count_actors, again.count_refused) == (0, 0, 0)
        assert again.content["counts"]["changed_ties"] == 0
        assert drawn() == ours
    with safe_streets.inside():
        listing = bring(*files, actor=safe_streets.actor["zed"])
        assert (listing.count_ties, listing.count_refused) == (7, 0)
        assert Stakeholder.objects.filter(name__startswith="Guild #").count() == 2
        assert bring(*files, actor=safe_streets.actor["zed"], only_try=True).count_actors == 0
