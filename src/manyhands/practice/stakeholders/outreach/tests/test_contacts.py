"""Contacts: what they move, what is refused, who reads the words, and what waits on desks."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.stakeholders import actions as allies
from manyhands.practice.stakeholders.models import Contact, Stakeholder
from manyhands.practice.stakeholders.outreach import actions, desk, queries


def ago(days: int):
    return localdate() - timedelta(days=days)


def stages() -> list[str]:
    lines = LedgerEntry.objects.filter(kind="stakeholders.AllyMoved").order_by("pk")
    return [line.facts["stage_after"] for line in lines]


def log(world, ally, outcome="no answer", who="rosa", **more):
    return actions.log_contact(actor=world.actor[who], stakeholder=ally, outcome=outcome, **more)


# S2-03
def test_a_contact_moves_the_stage_step_by_step_and_skips_none(clean_air, clinic):
    with clean_air.inside():
        log(clean_air, clinic)
        assert stages() == ["researched", "prioritised", "contacted"]
        log(clean_air, clinic, "interested")
        log(clean_air, clinic)
        clinic.refresh_from_db()
        assert clinic.stage == "talking", "a later letter without an answer moves nobody back"
        log(clean_air, clinic, "refused")
        log(clean_air, clinic)
        clinic.refresh_from_db()
        assert clinic.stage == "declined", "another letter does not reopen a refusal"
        log(clean_air, clinic, "interested")
        assert stages()[-3:] == ["prioritised", "contacted", "talking"]


def test_not_now_parks_until_a_day_and_interest_brings_back(clean_air, clinic):
    with clean_air.inside():
        day = localdate() + timedelta(days=40)
        log(clean_air, clinic, "not now", not_before=day)
        clinic.refresh_from_db()
        assert (clinic.stage, clinic.not_before) == ("parked", day)
        log(clean_air, clinic, "interested")
        clinic.refresh_from_db()
        assert (clinic.stage, clinic.not_before) == ("talking", None)
        log(clean_air, clinic, "not now")
        clinic.refresh_from_db()
        assert clinic.not_before == localdate() + timedelta(days=90)


@pytest.mark.parametrize(
    "wrong",
    [
        {"on": "tomorrow"},
        {"outcome": "sold"},
        {"how": "pigeon"},
        {"outcome": "not now", "not_before": "yesterday"},
    ],
)
def test_a_contact_that_cannot_be_is_refused_and_nothing_is_written(clean_air, clinic, wrong):
    days = {"tomorrow": ago(-1), "yesterday": ago(1)}
    given = {name: days.get(value, value) for name, value in wrong.items()}
    with clean_air.inside():
        with pytest.raises(actions.Refused):
            log(clean_air, clinic, **given)
        assert not Contact.objects.exists()
        assert not stages()


@pytest.mark.parametrize("who", ["olu", "gus"])
def test_who_only_reads_logs_nothing(clean_air, clinic, who):
    with clean_air.inside(), pytest.raises(PermissionDenied):
        log(clean_air, clinic, who=who)


def test_what_was_said_with_a_person_is_not_even_fetched_for_others(clean_air, clinic, ines, client):
    with clean_air.inside():
        log(clean_air, ines, text="Her son is ill.")
        log(clean_air, clinic, text="They like it.")
        seen = {w: queries.contacts_of(ines, clean_air.actor[w])[0].words for w in ("rosa", "amina", "ben", "olu")}
        assert seen == {"rosa": "Her son is ill.", "amina": "Her son is ill.", "ben": "", "olu": ""}
        contact = queries.contacts_of(ines, clean_air.actor["ben"])[0]
        assert "text" in contact.get_deferred_fields()
        assert queries.contacts_of(clinic, clean_air.actor["olu"])[0].words == "They like it."
    client.force_login(clean_air.user["ben"])
    page = client.get(f"/c/clean-air/allies/{ines.pk}/contacts/").text
    assert "Her son" not in page
    assert "No answer yet" in page


def test_the_board_moves_only_where_the_rules_go(clean_air, clinic, client):
    client.force_login(clean_air.user["ben"])
    address = f"/c/clean-air/allies/{clinic.pk}/stage/"
    assert client.post(address, {"stage": "committed"}).status_code == 409
    assert client.post(address, {"stage": "nonsense"}).status_code == 409
    moved = client.post(address, {"stage": "researched"})
    assert moved.status_code == 302
    page = client.get("/c/clean-air/allies/outreach/").text
    assert f"{address}identified/" in page, "a move can be undone"
    assert client.post(f"{address}identified/").status_code == 302
    with clean_air.inside():
        assert Stakeholder.objects.get().stage == "identified"
    client.post(address, {"stage": "parked"})
    with clean_air.inside():
        assert Stakeholder.objects.get().not_before == localdate() + timedelta(days=90)


def test_the_board_shows_each_stage_with_its_count_and_cards(clean_air, clinic, client, django_assert_num_queries):
    with clean_air.inside():
        for n in range(12):
            allies.add_ally(actor=clean_air.actor["amina"], name=f"Ally {n:02}")
        with django_assert_num_queries(2):
            columns = {column.stage: column for column in queries.board()}
        assert len(columns) == 8
        assert (columns["identified"].count, len(columns["identified"].cards)) == (13, queries.CARDS)
        assert columns["identified"].more == 5
        assert queries.board(clean_air.seat["rosa"].pk)[0].count == 1
    client.force_login(clean_air.user["olu"])
    page = client.get("/c/clean-air/allies/outreach/").text
    assert "Eastside Clinic" in page
    assert 'name="stage" ' not in page.replace('<select class="form-select" id="filter-stage" name="stage">', "")
    csv = client.get("/c/clean-air/allies/outreach/", {"format": "csv", "q": "eastside"}).content.decode()
    assert "Eastside Clinic" in csv
    assert "Ally 03" not in csv


# S1-19
def test_distant_and_never_asked_stand_apart_from_those_who_refused(clean_air, client):
    with clean_air.inside():
        amina = clean_air.actor["amina"]
        for name, interest in [("Port", 1), ("Club", 2), ("Council", 5), ("Landlords", 1), ("Bakers", 2), ("Later", 2),
                               ("Old foes", 2)]:  # fmt: skip
            ally = allies.add_ally(actor=amina, name=name)
            allies.rate_ally(actor=amina, stakeholder=ally, interest=interest, influence=4, basis="b")
        allies.add_ally(actor=amina, name="Unrated")
        get = {ally.name: ally for ally in Stakeholder.objects.all()}
        log(clean_air, get["Club"], on=ago(3))
        log(clean_air, get["Landlords"], "refused")
        actions.hold_back(actor=amina, stakeholder=get["Later"], not_before=ago(-30))
        actions.hold_back(actor=amina, stakeholder=get["Old foes"], never_because="They asked us not to")
        assert {a.name for a in queries.distant()} == {"Port", "Bakers"}
        assert {a.name for a in queries.refused()} == {"Landlords", "Old foes"}
        assert {a.name for a in queries.waiting_until()} == {"Later"}
    client.force_login(clean_air.user["amina"])
    asked = {who: client.get("/c/clean-air/allies/outreach/candidates/", {"who": who}).text for who in ("", "refused")}
    assert ("Port" in asked[""], "Landlords" in asked[""]) == (True, False)
    assert ("Port<" in asked["refused"], "They asked us not to" in asked["refused"]) == (False, True)


def test_holding_back_is_lifted_by_leaving_both_empty(clean_air, clinic):
    with clean_air.inside():
        ben = clean_air.actor["ben"]
        with pytest.raises(actions.Refused, match="still to come"):
            actions.hold_back(actor=ben, stakeholder=clinic, not_before=ago(0))
        held = actions.hold_back(actor=ben, stakeholder=clinic, not_before=ago(-9), never_because=" ")
        assert held.stage == "parked"
        free = actions.hold_back(actor=ben, stakeholder=clinic)
        assert (free.stage, free.not_before, free.never_because) == ("prioritised", None, "")


def test_the_next_step_needs_words(clean_air, clinic):
    with clean_air.inside():
        with pytest.raises(actions.Refused, match="what is to be done"):
            actions.plan_step(actor=clean_air.actor["ben"], stakeholder=clinic, next_step_on=ago(-3))
        planned = actions.plan_step(
            actor=clean_air.actor["ben"], stakeholder=clinic, next_step="Call Ines", next_step_on=ago(-3)
        )
        assert (planned.next_step, planned.next_step_on) == ("Call Ines", ago(-3))


def test_two_weeks_without_an_answer_wait_on_the_desk_of_whoever_looks_after_them(clean_air, clinic):
    with clean_air.inside():
        log(clean_air, clinic, on=ago(13))
        assert not list(desk.awaiting(clean_air.actor["rosa"]))
        Contact.objects.update(on=ago(14))
        (item,) = desk.awaiting(clean_air.actor["rosa"])
        assert (item.title, item.text) == ("Eastside Clinic", "No answer for 14 days. Call, or try other words?")
        assert not list(desk.awaiting(clean_air.actor["ben"]))
        log(clean_air, clinic, "answered")
        assert not list(desk.awaiting(clean_air.actor["rosa"]))
        log(clean_air, clinic, "not now", not_before=ago(-1))
        Stakeholder.objects.update(not_before=ago(0))
        (item,) = desk.awaiting(clean_air.actor["rosa"])
        assert "come back" in item.text


def test_a_form_comes_back_filled(clean_air, clinic, client):
    client.force_login(clean_air.user["ben"])
    base = f"/c/clean-air/allies/{clinic.pk}"
    bad = client.post(f"{base}/contacts/", {"how": "call", "on": ago(-2), "outcome": "answered", "text": "Rang twice"})
    assert bad.status_code == 422
    assert "Rang twice" in bad.text
    good = client.post(f"{base}/contacts/", {"how": "call", "on": ago(0), "outcome": "answered"}, follow=True)
    assert "it is now: talking" in good.text
    assert client.post(f"{base}/next-step/", {"next_step_on": ago(-2)}).status_code == 422
    assert client.post(f"{base}/next-step/", {"next_step": "Call", "next_step_on": ago(-2)}).status_code == 302
    assert client.post(f"{base}/hold-back/", {"not_before": ago(2)}).status_code == 422
    assert client.post(f"{base}/inputs/", {"text": "", "on": ago(0)}).status_code == 422
