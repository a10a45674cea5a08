"""Lists that say row by row on which issue, and where, each one stands."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from manyhands.faces.cli.main import main
from manyhands.foundation.jobs.worker import run_waiting
from manyhands.practice.stakeholders import actions as deeds
from manyhands.practice.stakeholders import tasks
from manyhands.practice.stakeholders.importing import actions as lists
from manyhands.practice.stakeholders.importing.signing import Signed
from manyhands.practice.stakeholders.models import Import, ImportRow, Issue, Position, Stakeholder

from .conftest import Silent, counts

DAY = date(2026, 1, 5)
LIST = """Name,Issue,Position
Clinic,A school street,for
Guild,A school street,against
Guild,Buses at night,For
Choir,,
Bakery,BUSES AT NIGHT,
Clinic,A school street,for
"""


@pytest.fixture
def issues(clean_air):
    with clean_air.inside():
        return [Issue.objects.create(title=title) for title in ("A school street", "Buses at night")]


@pytest.fixture
def brought(clean_air, tried, issues):
    def go(source=LIST, issue=None, on=DAY, wedge="active ally"):
        listing = tried(source)
        signed = Signed(issue, wedge, on)
        listing = lists.start_import(
            actor=clean_air.actor["amina"], listing=listing, source="Hearing", has_consent=False, signed=signed
        )
        return tasks.commit_now(listing, Silent())

    return go


def said():
    return sorted(
        Position.objects.filter(replaced_at=None).values_list("stakeholder__name", "issue__title", "wedge", "source")
    )


EXPECTED = [
    ("Bakery", "Buses at night", "active ally", "Hearing"),
    ("Clinic", "A school street", "active ally", "Hearing"),
    ("Guild", "A school street", "against", "Hearing"),
    ("Guild", "Buses at night", "active ally", "Hearing"),
]


def test_each_row_says_on_what_and_where_and_all_of_it_goes_back(clean_air, brought):
    with clean_air.inside():
        amina = clean_air.actor["amina"]
        deeds.add_ally(actor=amina, name="Guild")
        listing = brought()
        assert counts(listing) == (3, 0, 3, 0)
        assert said() == EXPECTED
        assert set(Position.objects.values_list("on", flat=True)) == {DAY}
        assert not ImportRow.objects.filter(listing=listing, outcome="add").exists()
        assert brought().signed["count"] == 0, "the same list again says nothing new"
        lists.ask_to_undo(actor=amina, listing=listing)
        lists.undo_import(actor=amina, listing=listing)
        assert said() == []
        assert list(Stakeholder.objects.values_list("name", flat=True)) == ["Guild"]


def test_an_issue_for_the_whole_list_serves_rows_that_name_none(clean_air, brought, issues):
    with clean_air.inside():
        brought(issue=issues[1])
        assert ("Choir", "Buses at night", "active ally", "Hearing") in said()
        assert len(said()) == 5


def test_unknown_issues_and_words_are_refused_with_their_rows(clean_air, brought):
    with clean_air.inside():
        listing = brought("Name,Issue,Position\nA,Trams,for\nB,A school street,zzz\nC,A school street,no\n")
        assert counts(listing) == (1, 0, 0, 2)
        assert list(ImportRow.objects.filter(outcome="refuse").values_list("row", "reason")) == [
            (2, "There is no open issue with these words."),
            (3, "We know no such stance."),
        ]
        assert said() == [("C", "A school street", "against", "Hearing")]


def test_what_may_not_be_written_by_hand_may_not_come_in_either(clean_air, brought, issues, tried):
    with clean_air.inside():
        with pytest.raises(lists.Refused, match="older than two years"):
            brought(on=localdate() - timedelta(days=1000))
        with pytest.raises(lists.Refused, match="Say for which issue"):
            brought("Name,Side\nClinic,for\n")
        assert not Position.objects.exists()
        listing = tried(LIST)
        issues[1].closed_at = listing.began_at
        issues[1].save()
        signed = Signed(None, "active ally", DAY)
        lists.start_import(
            actor=clean_air.actor["amina"], listing=listing, source="x", has_consent=False, signed=signed
        )
        tasks.commit_now(listing, Silent())
        assert {title for _name, title, _wedge, _source in said()} == {"A school street"}


def test_in_the_browser_and_from_the_command_line(clean_air, issues, client, tmp_path, capsys):
    # import and matching: sign-on lists import as actors with a position, each row with its own
    path = tmp_path / "hearing.csv"
    path.write_text(LIST)
    client.force_login(clean_air.user["amina"])
    with path.open("rb") as file:
        match = client.post(reverse("stakeholders:bring_list", args=["clean-air"]), {"file": file}).url
    page = client.get(match).text
    assert "Issue they took sides on" in page
    client.post(match, {"column-0": "name", "column-1": "issue", "column-2": "position", "existing": "fill"})
    run_waiting()
    with clean_air.inside():
        listing = Import.objects.get()
    start = reverse("stakeholders:start", args=["clean-air", listing.pk])
    assert client.post(start, {"source": "Hearing"}).status_code == 422, "the day is missing"
    assert client.post(start, {"source": "Hearing", "signed_on": "2026-01-05"}).status_code == 302
    run_waiting()
    assert "4 positions were written" in client.get(reverse("stakeholders:import", args=["clean-air", listing.pk])).text
    with clean_air.inside():
        assert said() == EXPECTED
    words = ["import", "stakeholders", str(path), "--coalition", "clean-air", "--signed-on", "2026-02-01"]
    assert main([*words, "--source", "Second hearing"]) == 0
    assert "4 positions written." in capsys.readouterr().out


@pytest.mark.shared_data
def test_filers_of_a_court_term_come_in_with_both_sides(clean_air, brought, shared_data):
    text = (shared_data / "coalition-signon" / "scotus-amicus-ot2022" / "filers.csv").read_text()
    rows = text.replace(",Petitioner,", ",for,").replace(",Respondent,", ",against,").splitlines()
    with clean_air.inside():
        cases = {row.split(",")[0] for row in rows[1:]}
        for case in cases:
            Issue.objects.create(title=case)
        listing = brought("\n".join(["Issue,Position,Name", *rows[1:]]), on=localdate())
        assert listing.count_refused == 0
        assert listing.count_added == Stakeholder.objects.count() > 900
        pairs = Position.objects.filter(replaced_at=None).values_list("stakeholder", "issue")
        assert len(pairs) == len(set(pairs)) > 1000
        assert set(Issue.objects.filter(positions__isnull=False).values_list("title", flat=True)) == cases
