"""A sector that many allies were given at once is taken back: exactly what was there, but for what somebody changed."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from manyhands.foundation.jobs.tasks import enqueue
from manyhands.foundation.jobs.worker import run_waiting
from manyhands.foundation.ledger.models import LedgerEntry
from manyhands.practice.stakeholders.actions import Refused, add_ally, change_ally, remove_ally
from manyhands.practice.stakeholders.coverage import actions, sectors, tasks
from manyhands.practice.stakeholders.models import GivenSector, Stakeholder


@pytest.fixture
def given(inside, monkeypatch):
    """Five allies that are in Health now; looked at two by two."""
    monkeypatch.setattr(sectors, "AT_ONCE", 2)
    ben = inside.actor["ben"]
    for name in ("Clinic", "Nurses", "Pharmacy", "Midwives", "Dentist"):
        add_ally(actor=ben, name=name, city="Linden")
    dentist = Stakeholder.objects.get(name="Dentist")
    change_ally(actor=ben, stakeholder=dentist, version=1, city="Harbor")
    keys = Stakeholder.objects.values_list("pk", flat=True)
    return actions.give_sector(actor=ben, sector="Health", keys=list(keys))


def as_they_are():
    fields = [each.attname for each in Stakeholder._meta.concrete_fields if each.name not in {"version", "updated_at"}]
    return list(Stakeholder.objects.order_by("pk").values(*fields))


def test_taking_it_back_puts_back_exactly_what_was_there(inside, given):
    assert set(Stakeholder.objects.values_list("sector", flat=True)) == {"Health"}
    Stakeholder.objects.update(sector="")
    for ally in Stakeholder.objects.all():
        ally.prepare()
        Stakeholder.objects.filter(pk=ally.pk).update(search_text=ally.search_text)
    before = as_they_are()
    Stakeholder.objects.update(sector="Health", search_text="health")
    undone = actions.take_sector_back(actor=inside.actor["rosa"], given=given)
    assert as_they_are() == before
    assert (undone.count, undone.left) == (5, 0)
    facts = LedgerEntry.objects.get(kind__endswith=".SectorTakenBack").facts
    assert facts == {"given_id": given.pk, "count": 5, "left_as_changed": 0}
    with pytest.raises(Refused, match="taken back already"):
        actions.take_sector_back(actor=inside.actor["ben"], given=given)
    versions = dict(Stakeholder.objects.values_list("name", "version"))
    assert (versions["Clinic"], versions["Dentist"]) == (3, 4), "a form that was opened meanwhile is not taken"


def test_whoever_somebody_has_changed_since_stays_as_it_is(inside, given):
    ben = inside.actor["ben"]
    ally = {each.name: each for each in Stakeholder.objects.all()}
    change_ally(actor=ben, stakeholder=ally["Clinic"], version=2, sector="Care")
    change_ally(actor=ben, stakeholder=ally["Nurses"], version=2, city="Port")
    remove_ally(actor=inside.actor["amina"], stakeholder=ally["Dentist"])
    undone = actions.take_sector_back(actor=ben, given=given)
    assert undone.left == 3
    sectors_now = dict(Stakeholder.with_removed.values_list("name", "sector"))
    assert sectors_now == {"Clinic": "Care", "Nurses": "Health", "Pharmacy": "", "Midwives": "", "Dentist": "Health"}


def test_after_two_weeks_it_stays_and_what_was_kept_for_the_way_back_is_forgotten(inside, given):
    GivenSector.objects.update(given_at=now() - timedelta(days=14))
    assert not sectors.given_lately().exists()
    with pytest.raises(Refused, match="older than two weeks"):
        actions.take_sector_back(actor=inside.actor["ben"], given=given)
    enqueue(tasks.forget_given_sectors)
    run_waiting()
    assert not GivenSector.objects.exists()


def test_one_button_on_the_page_takes_it_back_and_says_how_many_stay(inside, given, client):
    client.force_login(inside.user["ben"])
    page = reverse("stakeholders:without_sector", args=["clean-air"])
    back = reverse("stakeholders:take_sector_back", args=["clean-air", given.pk])
    text = client.get(page).text
    assert "5 allies in Health" in text
    assert f'action="{back}"' in text, "a plain form: it needs no script"
    pharmacy = Stakeholder.objects.get(name="Pharmacy")
    change_ally(actor=inside.actor["ben"], stakeholder=pharmacy, version=2, city="Port")
    said = client.post(back, follow=True).text
    assert "Taken back: 4 allies have no sector again. One that somebody has changed since stays as it is." in said
    assert "5 allies in Health" not in said
    assert client.post(back).status_code == 409
    client.post(page, {"whom": "chosen", "ally": [pharmacy.pk], "sector": "Shops"})
    assert "has a sector already; nothing was changed" in client.get(page).text
    client.force_login(inside.user["olu"])
    assert client.post(back).status_code in {403, 404}


def test_the_way_back_stands_in_the_message(inside, client):
    add_ally(actor=inside.actor["ben"], name="Clinic")
    client.force_login(inside.user["ben"])
    page = reverse("stakeholders:without_sector", args=["clean-air"])
    said = client.post(page, {"whom": "found", "sector": "Health"}, follow=True).text
    toast = said.split('class="toast"')[1].split("</div>")[0]
    assert "1 ally is now in Health." in toast
    assert reverse("stakeholders:take_sector_back", args=["clean-air", GivenSector.objects.get().pk]) in toast
