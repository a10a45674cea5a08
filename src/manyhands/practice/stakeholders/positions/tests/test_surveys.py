"""Files of who finds whom influential, and of who stands where: tried, understood, brought in and taken back."""

import csv
import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.timezone import localdate

from manyhands.faces.cli.main import main
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.stakeholders.importing.reading import Unreadable
from manyhands.practice.stakeholders.models import Issue, Position, Stakeholder, Sway, TieList
from manyhands.practice.stakeholders.positions import actions

from .conftest import some_years_ago

DAY = date(2026, 3, 1)
MATRIX = "actor,Mayor,Council,Police\nMayor,1,1,0\nCouncil,1,0,\nPolice,0, ,1\n"
STANDS = "actor,Streets closed at drop-off,Buses at night\nMayor,1,-1\nCouncil,0,\nPolice,-1,1\n"


@pytest.fixture
def listed(inside, known):
    return [known(name) for name in ("Mayor", "Council", "Police")]


@pytest.fixture
def tried(inside, tmp_path):
    def go(text: str, holds: str = "influence", *, actor=None, on=DAY, source="Survey of spring", **said) -> TieList:
        path = tmp_path / "survey.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        actor = actor or inside.actor["amina"]
        return actions.try_survey(actor=actor, file=path, filename=path.name, holds=holds, source=source, on=on, **said)

    return go


@pytest.fixture
def brought(inside, tried):
    def go(*args, **said) -> TieList:
        return actions.bring_survey_in(actor=inside.actor["amina"], listing=tried(*args, **said))

    return go


def ways() -> set:
    return set(Sway.objects.filter(replaced_at=None).values_list("one__name", "other__name", "level"))


def stands() -> set:
    return set(
        Position.objects.filter(replaced_at=None).values_list("stakeholder__name", "issue__title", "wedge", "strength")
    )


def reasons(listing: TieList) -> list:
    return [tuple(each) for each in listing.content["refused"]]


# --- influence ----------------------------------------------------------------------------------------------------


def test_whom_a_row_finds_influential_has_a_say_over_it_and_nothing_is_not_zero(inside, listed, brought):
    listing = brought(MATRIX)
    assert ways() == {
        ("Council", "Mayor", 2), ("Police", "Mayor", 0), ("Mayor", "Council", 2), ("Mayor", "Police", 0)
    }  # fmt: skip
    assert reasons(listing) == [], "the diagonal and blank cells say nothing"
    rating = Sway.objects.first()
    assert (rating.rated_at.date(), rating.basis) == (DAY, "Survey of spring (2026-03-01)")
    assert rating.rater_id == inside.seat["amina"].pk
    assert LedgerEntry.objects.filter(kind__endswith=".SurveyBroughtIn").get().facts["statements"] == 4


def test_the_other_way_round_and_levels_as_they_are(listed, brought):
    brought("source,target,level\nMayor,Council,4\nCouncil,Mayor,1\n", is_attributed=False)
    assert ways() == {("Mayor", "Council", 4), ("Council", "Mayor", 1)}


def test_taking_a_file_back_lets_what_stood_before_stand_again(inside, listed, brought):
    mayor, council, _police = listed
    amina = inside.actor["amina"]
    actions.rate_sway(actor=amina, one=council, other=mayor, level=4, basis="We saw it")
    actions.rate_sway(actor=inside.actor["ben"], one=council, other=mayor, level=1, basis="I doubt it")
    before = ways()
    listing = brought(MATRIX)
    assert ("Council", "Mayor", 4) not in ways()
    assert ("Council", "Mayor", 1) in ways(), "what others rated stays"
    again = brought(MATRIX)
    assert again.count_ties == 0 or not again.content["written"], "the same file again says nothing new"
    actions.take_survey_back(actor=amina, listing=listing)
    assert ways() == before
    with pytest.raises(actions.Refused):
        actions.take_survey_back(actor=amina, listing=listing)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("source,target,level\nMayor,Mayor,3\nMayor,Police,1\n", "say they have over themselves"),
        ("source,target,level\nMayor,Council,7\nMayor,Police,3\n", "“7” is left out."),
        ("source,target,level\nMayor,Council,-1\nMayor,Police,3\n", "“-1” is left out."),
        ("source,target,level\nMayor,Council,2.5\nMayor,Police,3\n", "“2.5” is left out."),
        ("source,target,level\nMayor,Council,inf\nMayor,Police,3\n", "“inf” is left out."),
        ("source,target,level\nMayor,Zoo,2\nMayor,Police,3\n", "“Zoo” is not on the list of allies."),
        ("source,target,level\nMayor,Council,3\nMayor,Police,3\nmayor,COUNCIL,1\n", "Row 2 says that already."),
        ("source,target,level\n,Council,3\nMayor,Police,3\n", "One of the two names is missing."),
    ],
)
def test_statements_that_cannot_be_are_refused_and_the_others_come_in(listed, brought, text, why):
    listing = brought(text)
    assert any(why in reason for _row, reason in reasons(listing))
    assert ("Police", "Mayor") in {way[:2] for way in ways()}


def test_an_all_zero_matrix_and_an_empty_one_are_refused(inside, listed, tried):
    zero = tried("actor,Mayor,Council,Police\nMayor,0,0,0\nCouncil,0,0,0\nPolice,0,0,0\n")
    with pytest.raises(actions.Refused, match="Everybody is rated 0"):
        actions.bring_survey_in(actor=inside.actor["amina"], listing=zero)
    with pytest.raises(Unreadable, match="nothing is said"):
        tried("actor,Mayor,Council,Police\nMayor,, ,\nCouncil,,,\nPolice,,,\n")
    with pytest.raises(Unreadable):
        tried("a,b\n1,2\n")
    assert not Sway.objects.exists()


def test_only_coordinators_bring_files_and_a_rating_is_somebodys(inside, listed, tried):
    from manyhands.foundation.access.rules import Actor

    with pytest.raises(PermissionDenied):
        tried(MATRIX, actor=inside.actor["ben"])
    nobody = Actor(inside.coalition.pk, None, system="command line")
    listing = tried(MATRIX, actor=nobody)
    with pytest.raises(PermissionDenied):
        actions.bring_survey_in(actor=nobody, listing=listing)


# --- positions ----------------------------------------------------------------------------------------------------


def test_a_matrix_of_actors_and_issues_becomes_dated_positions(inside, listed, streets, brought):
    listing = brought(STANDS, "positions")
    assert stands() == {
        ("Mayor", "Streets closed at drop-off", "active ally", 2), ("Mayor", "Buses at night", "against", -2),
        ("Council", "Streets closed at drop-off", "undecided", 0), ("Police", "Buses at night", "active ally", 2),
        ("Police", "Streets closed at drop-off", "against", -2),
    }  # fmt: skip
    assert set(Position.objects.values_list("on", "source")) == {(DAY, "Survey of spring")}
    assert Issue.objects.count() == 2
    actions.take_survey_back(actor=inside.actor["amina"], listing=listing)
    assert stands() == set()
    assert list(Issue.objects.values_list("title", flat=True)) == [streets.title], "the one it named is gone"


def test_a_list_may_date_and_source_each_row_and_the_newer_stands(listed, streets, brought, tried):
    text = (
        "Name,Issue,Position,Date,Source\n"
        f"Mayor,{streets.title},for,2026-02-01,Talk\nMayor,{streets.title},against,2026-01-01,Letter\n"
        f"Police,{streets.title},no,2019-01-01,Old minutes\nCouncil,{streets.title},yes,2199-01-01,x\n"
    )
    listing = brought(text, "positions")
    assert stands() == {("Mayor", streets.title, "active ally", 2)}
    assert sorted(Position.objects.values_list("source", flat=True)) == ["Letter", "Talk"]
    assert [row for row, _why in reasons(listing)] == [4, 5]


def test_a_row_of_a_person_is_refused_after_a_year_of_an_organization_after_two(listed, known, streets, brought):
    known("Ines", kind="person")
    day = some_years_ago(1, 1).isoformat()
    listing = brought(
        f"Name,Issue,Position,Date\nInes,{streets.title},no,{day}\nPolice,{streets.title},no,{day}\n", "positions"
    )
    assert stands() == {("Police", streets.title, "against", -2)}
    ((row, why),) = reasons(listing)
    assert (row, "older than twelve months" in why) == (2, True)


def test_what_values_and_titles_mean_can_be_said_otherwise(inside, listed, streets, tried):
    listing = tried("actor,Drop-off,Mood\nMayor,1,3\nPolice,7,3\n", "positions")
    assert (listing.content["values"]["7"], listing.content["issues"]["Mood"]) == ("", "new")
    listing = actions.understand_survey(
        actor=inside.actor["amina"],
        listing=listing,
        values={"1": "leaning our way", "7": "against"},
        issues={"Drop-off": str(streets.pk), "Mood": ""},
    )
    assert listing.count_ties == 2
    actions.bring_survey_in(actor=inside.actor["amina"], listing=listing)
    assert stands() == {("Mayor", streets.title, "leaning our way", 1), ("Police", streets.title, "against", -2)}
    for wrong in ({"values": {"1": "x"}, "issues": {}}, {"values": {}, "issues": {"Mood": "999999"}}):
        with pytest.raises(actions.Refused):
            other = tried("actor,Drop-off,Mood\nMayor,1,3\n", "positions")
            actions.understand_survey(actor=inside.actor["amina"], listing=other, **wrong)


def test_a_newer_position_by_hand_is_not_undone(inside, listed, streets, write, brought):
    write("Mayor", streets, "undecided", 0, days=400)
    listing = brought(STANDS, "positions")
    write("Mayor", streets, "leaning our way", 1)
    actions.take_survey_back(actor=inside.actor["amina"], listing=listing)
    assert stands() == {("Mayor", streets.title, "leaning our way", 1)}
    with pytest.raises(actions.Refused, match="still to come"):
        brought(STANDS, "positions", on=localdate() + timedelta(days=1))


def test_from_upload_to_taking_back_in_the_browser(clean_air, client, listed, streets, tmp_path):
    # ally map: influence ratings and issue positions come in from a file, tried first and taken back as a whole
    path = tmp_path / "stands.csv"
    path.write_text("actor,Drop-off\nMayor,1\nPolice,9\n")
    client.force_login(clean_air.user["amina"])
    page = reverse("stakeholders:surveys", args=["clean-air"])
    with path.open("rb") as file:
        sent = {"file": file, "holds": "positions", "source": "A survey", "on": "2026-03-01"}
        address = client.post(page, sent).url
    text = client.get(address).text
    assert "“9” is left out." in text
    assert "One statement could come in" in text
    values = {"value-0": "leaning our way", "value-1": "against", "issue-0": str(streets.pk)}
    assert client.post(address, {**values, "value-1": "zzz"}).status_code == 422
    assert client.post(address, values).status_code == 302
    assert "2 statements could come in" in client.get(address).text
    assert client.post(f"{address}bring-in/").status_code == 302
    assert client.post(f"{address}bring-in/").status_code == 409
    assert len(stands()) == 2
    assert "stands.csv" in client.get(page).text
    assert client.get(reverse("stakeholders:tie_list", args=["clean-air", TieList.objects.get().pk])).status_code == 404
    assert client.post(f"{address}take-back/").status_code == 302
    assert stands() == set()
    assert client.post(page, {**sent, "file": "", "on": "2199-01-01"}).status_code == 422
    client.force_login(clean_air.user["ben"])
    assert client.get(page).status_code == 403


def test_from_a_terminal(clean_air, listed, tmp_path, capsys):
    path, meaning = tmp_path / "s.csv", tmp_path / "m.json"
    path.write_text(STANDS)
    meaning.write_text(json.dumps({"values": {"-1": "leaning away"}}))
    words = ["import", "positions", str(path), "--coalition", "clean-air", "--source", "Survey"]
    assert main([*words, "--dry-run"]) == 0
    assert "5 statements would come in" in capsys.readouterr().out
    assert not Position.objects.exists()
    assert main([*words, "--meaning", str(meaning)]) == 0
    assert ("Police", "Streets closed at drop-off", "leaning away", -1) in stands()
    path.write_text(MATRIX)
    words = ["import", "influence", str(path), "--coalition", "clean-air", "--by"]
    assert main([*words, "nobody@example.org"]) == 2
    assert main([*words, clean_air.user["ben"].email]) == 2
    assert main([*words, clean_air.user["amina"].email, "--json"]) == 0
    assert json.loads(capsys.readouterr().out.strip().splitlines()[-1])["statements"] == 4


# --- real files ---------------------------------------------------------------------------------------------------


@pytest.mark.shared_data
def test_the_german_chemicals_network_comes_in_as_published(inside, known, brought, shared_data):
    folder = shared_data / "policy-networks" / "chemnet-germany-1984"
    with (folder / "types.csv").open() as file:
        for row in csv.DictReader(file):
            known(row["actor"])
    listing = brought((folder / "infrep.csv").read_bytes())
    assert (listing.count_ties, listing.count_refused) == (30 * 29, 0)
    found = Sway.objects.filter(replaced_at=None, level__gt=0).values_list("one__name", flat=True)
    counts = {name: list(found).count(name) for name in ("BMJ", "BMI", "VCI", "BMW", "BMA", "UBA", "EC")}
    assert counts == {"BMJ": 25, "BMI": 25, "VCI": 25, "BMW": 22, "BMA": 21, "UBA": 18, "EC": 16}
    listing = brought((folder / "intpos.csv").read_bytes(), "positions", on=localdate())
    assert (listing.count_refused, Issue.objects.count()) == (0, 6)
    with (folder / "intpos.csv").open() as file:
        against = sum(value == "-1" for row in csv.DictReader(file) for value in row.values())
    assert Position.objects.filter(replaced_at=None, wedge="against").count() == against > 0
    actions.take_survey_back(actor=inside.actor["amina"], listing=listing)
    assert not Position.objects.exists()


@pytest.mark.shared_data
def test_the_swiss_beliefs_come_in_with_blanks_left_out(inside, known, brought, shared_data):
    folder = shared_data / "policy-networks" / "swiss-climate-2020"
    text = (folder / "CH_beliefs.csv").read_bytes().decode("cp1252")
    rows = list(csv.reader(text.splitlines(), delimiter=";"))
    for row in rows[1:]:
        known(row[0].strip())
    said = [cell for row in rows[1:] for cell in row[2:] if cell.strip()]
    listing = brought((folder / "CH_beliefs.csv").read_bytes(), "positions", on=localdate())
    assert listing.count_ties + listing.count_refused == len(said)
    assert reasons(listing) == []
    assert Position.objects.filter(replaced_at=None, wedge="active ally").count() == said.count("5")
    influence = (folder / "CH_influence.csv").read_bytes()
    for number in range(1, 55):
        known(f"CH{number}")
    with (folder / "CH_influence.csv").open(encoding="latin-1") as file:
        table = list(csv.reader(file, delimiter=";"))
    ones = sum(
        cell.strip() == "1" and at != row for row, cells in enumerate(table[1:]) for at, cell in enumerate(cells[1:])
    )
    listing = brought(influence)
    assert Sway.objects.filter(replaced_at=None, level__gt=0).count() == ones > 500
    assert Stakeholder.objects.filter(name="CH1").exists()
