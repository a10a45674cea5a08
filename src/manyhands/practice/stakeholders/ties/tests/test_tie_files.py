"""Files of ties: a list, Kumu's connections, a matrix; refused rows, all or nothing, and the way back."""

import json
from math import isclose

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from manyhands.faces.cli.main import main
from manyhands.foundation.access.rules import Actor
from manyhands.practice.stakeholders import actions as allies
from manyhands.practice.stakeholders.importing.reading import Unreadable
from manyhands.practice.stakeholders.models import Stakeholder, Tie, TieList
from manyhands.practice.stakeholders.ties import actions, insights, queries
from manyhands.practice.stakeholders.ties.files import read_ties

FILES = "/c/clean-air/allies/ties/files/"


@pytest.fixture
def tried(clean_air, tmp_path):
    """Try a file as Amina. Call it inside the coalition."""

    def go(text, **said):
        path = tmp_path / "ties.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        said = {"source": "A survey", "actor": clean_air.actor["amina"], **said}
        return actions.try_ties(file=path, filename="ties.csv", **said)

    return go


def test_a_list_comes_in_whole_and_goes_back_whole(clean_air, placed, tried):
    amina = clean_air.actor["amina"]
    text = "source,target,kind,level,date\nTaxi Table,New Club,knows,3,2026-02\nnew club,City Council,Funding,,2025\n"
    with clean_air.inside():
        listing = tried(text)
        assert not Tie.objects.exists()
        listing = actions.bring_ties_in(actor=amina, listing=listing)
        assert (listing.count_ties, listing.count_actors) == (2, 1)
        first, second = Tie.objects.order_by("kind")
        assert (second.kind, second.level, second.seen_on.isoformat()) == ("knows", 3, "2026-02-01")
        assert (first.kind, first.level, first.one.name, first.other.name) == ("funds", 2, "New Club", "City Council")
        with pytest.raises(actions.Refused, match="already"):
            actions.bring_ties_in(actor=amina, listing=listing)
        actions.take_ties_back(actor=amina, listing=listing)
        assert not queries.network(with_ended=True).links or not any(
            link.was_there(link.begins) for link in queries.network(with_ended=True).links
        )
        assert not Stakeholder.objects.filter(name="New Club").exists()
        with pytest.raises(actions.Refused):
            actions.take_ties_back(actor=amina, listing=listing)


def test_what_somebody_worked_on_since_is_kept(clean_air, placed, tried):
    amina = clean_air.actor["amina"]
    with clean_air.inside():
        listing = actions.bring_ties_in(
            actor=amina, listing=tried("from,to\nTaxi Table,New Club\nTaxi Table,City Council\n")
        )
        mine = Tie.objects.get(other__name="New Club") if Tie.objects.filter(other__name="New Club") else None
        mine = mine or Tie.objects.get(one__name="New Club")
        actions.record_consent(actor=amina, tie=mine, consent="agreed", source="Them")
        actions.take_ties_back(actor=amina, listing=listing)
        assert list(queries.live_ties().values_list("pk", flat=True)) == [mine.pk]
        assert Stakeholder.objects.filter(name="New Club").exists()


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Taxi Table,Taxi Table,3", "themselves"),
        ("Taxi Table,,3", "missing"),
        ("Taxi Table,City Council,7", "0 to 5"),
        ("Taxi Table,City Council,-1", "0 to 5"),
        ("Taxi Table,City Council,2.5", "whole number"),
        ("Taxi Table,City Council,close", "not a number"),
        ("Taxi Table,City Council,nan", "whole number"),
        ("Taxi Table,City Council,0", "no tie"),
        (f"Taxi Table,{'x' * 301},1", "300 letters"),
        ("Taxi Table,City Council,1,extra", "4 cells"),
    ],
)
def test_a_row_that_cannot_be_is_refused_by_its_number(clean_air, placed, tried, row, why):
    with clean_air.inside():
        listing = tried(f"source,target,level\nHarbor Port Authority,Taxi Table,1\n{row}\n")
        assert listing.count_ties == 1
        assert [(number, why in reason) for number, reason in listing.content["refused"]] == [(3, True)]


def test_rows_that_are_here_already_or_unclear_are_refused(clean_air, placed, tie, tried):
    with clean_air.inside():
        tie("taxis", "council")
        for _time in range(2):
            allies.add_ally(actor=clean_air.actor["amina"], name="Twin")
        listing = tried(
            "source,target\nCity Council,Taxi Table\nTwin,Taxi Table\nTaxi Table,Nobody Knows\n", adds_actors=False
        )
        reasons = [reason for _row, reason in listing.content["refused"]]
        assert ["Several" in reasons[0], "not on the list" in reasons[1]] == [True] * 2
        assert listing.content["counts"]["same"] == 1
        with pytest.raises(actions.Refused, match="Nothing"):
            actions.bring_ties_in(actor=clean_air.actor["amina"], listing=listing)


def test_more_rows_ask_no_more_questions(clean_air, tried, django_assert_max_num_queries):
    rows = "\n".join(f"Actor {n},Actor {n + 1}" for n in range(400))
    with clean_air.inside():
        listing = tried(f"source,target\n{rows}\n")
        with django_assert_max_num_queries(60):
            actions.bring_ties_in(actor=clean_air.actor["amina"], listing=listing)


def test_the_same_tie_twice_comes_in_once(clean_air, placed, tried):
    with clean_air.inside():
        listing = tried("source,target\nTaxi Table,City Council\ncity council,TAXI TABLE\n")
        assert (listing.count_ties, listing.content["refused"][0][1]) == (1, "The same tie stands in row 2 already.")


def test_a_matrix_is_what_each_row_says(clean_air, tried):
    text = ";A;B;C\nA;1;3; \nB;4;;2\nC;   ;0;\n"
    with clean_air.inside():
        listing = actions.bring_ties_in(actor=clean_air.actor["amina"], listing=tried(text))
        assert listing.count_actors == 3
        found = {frozenset((t.one.name, t.other.name)): (t.state, t.level) for t in Tie.objects.all()}
        assert found == {frozenset("AB"): ("confirmed", 3), frozenset("BC"): ("claimed", 2)}


def test_who_was_asked_about_those_above_it_is_read_the_other_way_round(clean_air, tried):
    # a row names who has a say over it; the same from the other side confirms it
    amina = clean_air.actor["amina"]
    asked, told = ",A,B,C\nA,0,1,0\nB,0,0,0\nC,0,1,0\n", ",A,B,C\nA,0,0,0\nB,1,0,0\nC,0,0,0\n"
    with clean_air.inside():
        actions.bring_ties_in(actor=amina, listing=tried(asked, kind="influences", is_turned=True))
        found = {(tie.one.name, tie.other.name): (tie.level_one, tie.level_other) for tie in Tie.objects.all()}
        assert found == {("B", "A"): (None, 2), ("B", "C"): (None, 2)}
        assert insights.says(queries.network())[0].direct == 2
        listing = tried(told, kind="influences")
        assert listing.content["counts"] == {"changed_ties": 1, "changed_allies": 0, "same": 0}
        actions.bring_ties_in(actor=amina, listing=listing)
        assert Tie.objects.get(other__name="A").state == "confirmed"
        actions.take_ties_back(actor=amina, listing=listing)
        back = Tie.objects.get(other__name="A")
        assert (back.state, back.level_one, back.level_other) == ("claimed", None, 2)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,b\n1,2\n", "source"),
        ("", "empty"),
        ("%PDF-1.4", "PDF"),
        (",A,A,B,C\nA,,1,,\nB,1,,,\nC,,,1,\n", "twice"),
    ],
)
def test_what_is_no_file_of_ties_says_so(tmp_path, text, words):
    path = tmp_path / "x.csv"
    path.write_text(text)
    with pytest.raises(Unreadable, match=words):
        read_ties(path, "knows")


def test_our_own_exports_come_back_in(clean_air, client, only_way, tried, safe_streets, tmp_path):
    client.force_login(clean_air.user["amina"])
    ours = client.get("/c/clean-air/allies/network/", {"format": "csv"}).content
    kumu = client.get("/c/clean-air/allies/network/export/kumu-connections/").content
    with safe_streets.inside():
        for text in (ours, kumu):
            path = tmp_path / "export.csv"
            path.write_bytes(text)
            zed = safe_streets.actor["zed"]
            listing = actions.try_ties(actor=zed, file=path, filename="export.csv", source="Clean Air")
            assert (listing.count_ties, listing.count_refused) == (6, 0)


def test_through_the_browser(clean_air, client, placed):
    client.force_login(clean_air.user["amina"])

    def send(text):
        return {"file": SimpleUploadedFile("t.csv", text), "kind": "knows", "source": "Survey", "adds_actors": "on"}

    assert client.post(FILES, send(b"a,b\n1,2\n")).status_code == 422
    assert client.post(FILES, {"kind": "knows"}).status_code == 422
    there = client.post(FILES, send(b"source,target\nTaxi Table,New\nNew,New\n")).url
    assert "One tie could come in" in client.get(there).text
    assert "Nobody is tied to themselves" in client.get(there).text
    assert client.post(f"{there}bring-in/").status_code == 302
    assert client.post(f"{there}bring-in/").status_code == 409
    assert client.post(f"{there}discard/").status_code == 409
    assert client.post(f"{there}take-back/").status_code == 302
    assert client.post(f"{there}take-back/").status_code == 409
    other = client.post(FILES, send(b"source,target\nTaxi Table,New\n")).url
    assert client.post(f"{other}discard/").status_code == 302
    assert "t.csv" in client.get(FILES).text
    client.force_login(clean_air.user["ben"])
    assert client.get(FILES).status_code == 403


def test_from_a_terminal(clean_air, placed, tmp_path, capsys):
    path = tmp_path / "t.csv"
    path.write_text("source,target\nTaxi Table,New\nNew,New\n")
    words = ["import", "ties", str(path), "--coalition", "clean-air", "--json"]
    assert main([*words, "--dry-run"]) == 0
    dry = json.loads(capsys.readouterr().out)
    with clean_air.inside():
        assert not TieList.objects.exists()
    assert main(words) == 0
    assert json.loads(capsys.readouterr().out) == dry
    assert (dry["ties"], dry["added"], dry["same"]) == (1, 1, 0)
    assert dry["refused"] == [{"row": 3, "reason": "Nobody is tied to themselves."}]
    assert main([*words[:-1]]) == 2
    assert "Nothing of this file can come in." in capsys.readouterr().err
    assert main(["import", "ties", "no-such-file", "--coalition", "clean-air"]) == 2
    assert main([*words[:3], "--coalition", "nobody"]) == 2


@pytest.mark.shared_data
def test_the_german_chemicals_network_comes_in_with_its_density(clean_air, shared_data):
    # S1-17: 342 of 870 possible ties of political information, density 0.3931
    path = shared_data / "policy-networks" / "chemnet-germany-1984" / "pol.csv"
    house = Actor(clean_air.coalition.pk, None, system="a test")
    with clean_air.inside():
        listing = actions.try_ties(actor=house, file=path, filename="pol.csv", source="chemnet 1984", kind="informs")
        listing = actions.bring_ties_in(actor=house, listing=listing)
        assert (listing.count_ties, listing.count_actors, listing.count_refused) == (342, 30, 0)
        assert isclose(Tie.objects.count() / (30 * 29), 0.3931, abs_tol=5e-5)
        network = queries.network()
        assert len(insights.places(network).of) == 30
        assert network.known[Stakeholder.objects.get(name="BMJ").pk] > 20


@pytest.mark.shared_data
def test_who_holds_influence_over_german_chemicals_is_as_published(clean_air, shared_data):
    # named as influential by others, oneself left out: BMJ, BMI and VCI 25, BMW 22, BMA 21, UBA 18, EC 16
    path = shared_data / "policy-networks" / "chemnet-germany-1984" / "infrep.csv"
    house = Actor(clean_air.coalition.pk, None, system="a test")
    with clean_air.inside():
        said = {"filename": "infrep.csv", "source": "chemnet 1984", "kind": "influences", "is_turned": True}
        listing = actions.try_ties(actor=house, file=path, **said)
        actions.bring_ties_in(actor=house, listing=listing)
        network = queries.network()
        direct = {network.nodes[say.pk].name: say.direct for say in insights.says(network)}
        assert set(list(direct)[:3]) == {"BMJ", "BMI", "VCI"}
        wanted = {"BMJ": 25, "BMI": 25, "VCI": 25, "BMW": 22, "BMA": 21, "UBA": 18, "EC": 16}
        assert {name: direct[name] for name in wanted} == wanted


@pytest.mark.shared_data
def test_the_swiss_climate_network_comes_in_past_its_blanks(clean_air, shared_data):
    path = shared_data / "policy-networks" / "swiss-climate-2020" / "CH_coll.csv"
    cells = [line.split(";")[1:] for line in path.read_text().splitlines()[1:]]
    named = sum(cell.strip() == "1" for at, row in enumerate(cells) for there, cell in enumerate(row) if at != there)
    house = Actor(clean_air.coalition.pk, None, system="a test")
    with clean_air.inside():
        listing = actions.try_ties(actor=house, file=path, filename="CH_coll.csv", source="Swiss climate 2020")
        listing = actions.bring_ties_in(actor=house, listing=listing)
        assert listing.count_refused == 0
        both = Tie.objects.filter(state="confirmed").count()
        assert Tie.objects.count() + both == named  # each answer is one side of a tie
        assert Stakeholder.objects.filter(name__startswith="CH").count() == listing.count_actors
