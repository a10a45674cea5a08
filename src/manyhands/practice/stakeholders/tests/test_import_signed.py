"""A list of those who signed: actors with a position, its source and its day; and the way back."""

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
from manyhands.practice.stakeholders.models import Contact, Issue, Position, Stakeholder
from manyhands.practice.stakeholders.positions import actions as positions
from manyhands.practice.stakeholders.positions.tests.conftest import some_years_ago

from .conftest import Silent, counts

LIST = "Organization,City\nClinic,Linden\nGuild,Linden\nGuild,Linden\n"
DAY = date(2026, 1, 5)


@pytest.fixture
def issue(clean_air):
    with clean_air.inside():
        return Issue.objects.create(title="A school street")


@pytest.fixture
def signed(clean_air, tried, issue):
    """Bring a list in as one of those who signed."""

    def go(source=LIST, on=DAY, wedge="active ally", **how):
        listing = tried(source, **how)
        listing = lists.start_import(
            actor=clean_air.actor["amina"],
            listing=listing,
            source="Open letter",
            has_consent=False,
            signed=Signed(issue, wedge, on),
        )
        return tasks.commit_now(listing, Silent())

    return go


def test_each_who_signed_gets_a_position_once(clean_air, signed, issue):
    # import and matching: sign-on lists import as actors with a position
    with clean_air.inside():
        deeds.add_ally(actor=clean_air.actor["amina"], name="Clinic", city="Linden")
        listing = signed()
        assert counts(listing) == (1, 0, 2, 0)
        said = Position.objects.values_list("stakeholder__name", "wedge", "source", "on", "replaced_at")
        assert sorted(said) == [
            ("Clinic", "active ally", "Open letter", DAY, None),
            ("Guild", "active ally", "Open letter", DAY, None),
        ]
        assert listing.signed["count"] == 2
        assert signed().signed["count"] == 0, "the same letter again says nothing new"


def test_a_letter_older_than_what_is_known_goes_into_the_history(clean_air, signed, issue):
    with clean_air.inside():
        clinic = deeds.add_ally(actor=clean_air.actor["amina"], name="Clinic", city="Linden")
        newer = {"wedge": "undecided", "strength": 0, "source": "a talk", "on": DAY + timedelta(days=9)}
        positions.write_position(actor=clean_air.actor["amina"], stakeholder=clinic, issue=issue, **newer)
        signed()
        assert Position.objects.get(stakeholder=clinic, replaced_at=None).wedge == "undecided"
        assert Position.objects.filter(stakeholder=clinic).count() == 2


def test_taking_the_list_back_leaves_every_position_as_it_was(clean_air, signed, issue):
    amina = clean_air.actor["amina"]
    with clean_air.inside():
        clinic = deeds.add_ally(actor=amina, name="Clinic", city="Linden")
        before = {"wedge": "undecided", "strength": 0, "source": "a talk", "on": DAY - timedelta(days=9)}
        positions.write_position(actor=amina, stakeholder=clinic, issue=issue, **before)
        rows = list(Position.objects.values())
        listing = signed()
        lists.ask_to_undo(actor=amina, listing=listing)
        lists.undo_import(actor=amina, listing=listing)
        assert list(Position.objects.values()) == rows
        assert list(Stakeholder.objects.values_list("name", flat=True)) == ["Clinic"]


def test_taking_a_list_back_keeps_whom_somebody_has_worked_on(clean_air, signed):
    amina = clean_air.actor["amina"]
    with clean_air.inside():
        listing = signed()
        guild = Stakeholder.objects.get(name="Guild")
        Contact.objects.create(stakeholder=guild, on=localdate(), text="They called")
        lists.ask_to_undo(actor=amina, listing=listing)
        undone = lists.undo_import(actor=amina, listing=listing)
        assert (undone.count_kept, Stakeholder.objects.get().name) == (1, "Guild")
        assert not Position.objects.exists()


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({"on": date(2999, 1, 1)}, "still to come"),
        ({"wedge": "x"}, "five places to stand"),
        ({"wedge": "against", "on": date(2020, 1, 1)}, "older than two years"),
    ],
)
def test_what_no_hand_may_write_no_list_may(clean_air, signed, how, why):
    with clean_air.inside(), pytest.raises(lists.Refused, match=why):
        signed(**how)


def test_of_people_only_what_is_younger_than_a_year_is_held_against_them(clean_air, client, signed):
    with clean_air.inside():
        listing = signed("Name,Kind\nClinic,organization\nInes,person\n", wedge="against", on=some_years_ago(1, 1))
        assert list(Position.objects.values_list("stakeholder__name", flat=True)) == ["Clinic"]
        assert (listing.signed["count"], listing.signed["too_old"]) == (1, 1)
    client.force_login(clean_air.user["amina"])
    page = client.get(reverse("stakeholders:import", args=["clean-air", listing.pk]))
    assert "One position against us was left out: of people they count for twelve months." in page.text


def test_in_the_browser_the_day_is_asked_for(clean_air, client, tried, issue):
    client.force_login(clean_air.user["amina"])
    with clean_air.inside():
        listing = tried(LIST)
    page = reverse("stakeholders:import", args=["clean-air", listing.pk])
    assert "They signed something" in client.get(page).text
    start = reverse("stakeholders:start", args=["clean-air", listing.pk])
    asked = {"source": "Open letter", "issue": issue.pk}
    answer = client.post(start, asked)
    assert (answer.status_code, "Say when they signed" in answer.text) == (422, True)
    assert client.post(start, {**asked, "signed_on": "2026-01-05", "wedge": "leaning our way"}).status_code == 302
    with clean_air.inside():
        run_waiting()
        assert set(Position.objects.values_list("wedge", flat=True)) == {"leaning our way"}
    assert "2 positions were written on “A school street”." in client.get(page).text


def test_from_a_terminal(clean_air, tmp_path, capsys, issue):
    path = tmp_path / "letter.csv"
    path.write_text(LIST)
    asked = ["import", "stakeholders", str(path), "--coalition", "clean-air"]
    assert main([*asked, "--signed", "a school street", "--signed-on", "2026-01-05"]) == 0
    assert "2 positions written." in capsys.readouterr().out
    assert main([*asked, "--signed", "Another"]) == 2
    assert "no open issue" in capsys.readouterr().err
    assert main([*asked, "--signed", "a school street", "--signed-on", "soon"]) == 2


@pytest.mark.shared_data
def test_a_real_letter_with_each_organization_under_several_headings(clean_air, shared_data, signed):
    # import and matching: sign-on lists (coalition-signon)
    with clean_air.inside():
        path = shared_data / "coalition-signon" / "coara-signatories" / "coara_signatories.csv"
        listing = signed(path, mapping={"0": "tags", "1": "name"})
        assert listing.count_refused == 0
        assert listing.count_added == Stakeholder.objects.count() == listing.signed["count"]
        assert listing.count_added + listing.count_skipped == 2501
        assert 825 <= listing.count_added <= 834, "834 by their writing; signs and letters' cases do not count"
        lists.ask_to_undo(actor=clean_air.actor["amina"], listing=listing)
        lists.undo_import(actor=clean_air.actor["amina"], listing=listing)
        assert not Stakeholder.objects.exists()
        assert not Position.objects.exists()
