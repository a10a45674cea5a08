"""The page that looks back, and deliveries that failed."""

from dataclasses import dataclass

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from manyhands.foundation.access.rules import Visitor
from manyhands.foundation.access.written import RowsForActor
from manyhands.foundation.accounts.models import Person
from manyhands.foundation.coalitions import actions as coalitions
from manyhands.foundation.coalitions.events import SeatEnded
from manyhands.foundation.ledger import actions, queries, sentences
from manyhands.foundation.ledger.events import KINDS, Event
from manyhands.foundation.ledger.models import Delivery, LedgerEntry
from manyhands.foundation.ledger.spine import TRIES

BOOK = "/c/clean-air/ledger/"


@pytest.fixture
def lines(clean_air) -> None:
    with clean_air.inside():
        coalitions.add_member_organization(actor=clean_air.actor["amina"], name="Valley Clinic")
        coalitions.leave_seat(actor=clean_air.actor["gus"])
        coalitions.propose_group(actor=clean_air.actor["ben"], name="Streets")


def test_it_says_who_did_what_with_names_as_they_are_now(clean_air, lines, client):
    with clean_air.inside():
        clean_air.seat["ben"].name = "Benjamin"
        clean_air.seat["ben"].save()
    client.force_login(clean_air.user["olu"])
    page = client.get(BOOK).text
    assert "Benjamin, Two Wheels Club" in page
    assert "Added Valley Clinic to the members." in page
    assert "Left their seat." in page
    assert "/c/clean-air/groups/" in page


def test_it_is_searched_filtered_and_taken_along(clean_air, lines, client):
    client.force_login(clean_air.user["amina"])

    def found(query: str) -> list[str]:
        rows = client.get(f"{BOOK}?format=csv&{query}").text.splitlines()[1:]
        return [row.split(",")[-2].split(".")[1] for row in rows]

    assert found("") == ["WorkingGroupProposed", "SeatEnded", "OrganizationAdded"]
    assert found("sort=at")[0] == "OrganizationAdded"
    assert found("q=two wheels") == ["WorkingGroupProposed"]
    assert found("q=seat") == ["SeatEnded"]
    assert found("kind=coalitions.OrganizationAdded") == ["OrganizationAdded"]
    assert found(f"seat={clean_air.seat['gus'].pk}") == ["SeatEnded"]
    today = now().date().isoformat()
    assert len(found(f"since={today}&until={today}")) == 3
    assert found("since=2999-01-01") == []
    assert len(found("since=2026-02-30&until=nonsense&page=x")) == 3
    assert "Nothing fits" in client.get(f"{BOOK}?q=zzz").text


def test_guests_and_strangers_do_not_read_it(clean_air, safe_streets, client):
    client.force_login(clean_air.user["gus"])
    assert client.get(BOOK).status_code == 403
    client.force_login(safe_streets.user["zed"])
    assert client.get(BOOK).status_code == 404


def test_what_is_for_stewards_is_not_even_in_the_filter_for_others(clean_air, lines, client, monkeypatch):
    monkeypatch.setattr(SeatEnded, "for_stewards", True)
    # What is for whom never changes while the house runs, and stays in the words of the question.
    monkeypatch.setattr(queries, "book", RowsForActor(lambda actor, _now: queries.entries_for(actor)))
    client.force_login(clean_air.user["ben"])
    page = client.get(BOOK).text
    assert "Left their seat." not in page
    assert "coalitions.SeatEnded" not in page
    client.force_login(clean_air.user["amina"])
    assert "Left their seat." in client.get(BOOK).text


def test_a_kind_nobody_described_is_read_by_its_docstring(clean_air):
    @dataclass(frozen=True, kw_only=True)
    class LanternLit(Event):
        """A lantern was lit."""

    try:
        with clean_air.inside():
            entry = LedgerEntry(at=now(), kind=LanternLit.kind, by_seat_id=999999, about="x:1", facts={})
            (line,) = sentences.lines([entry], "clean-air")
            assert (line.text, line.author, line.url) == ("A lantern was lit.", "Someone who left", "")
    finally:
        del KINDS[LanternLit.kind]


def test_a_line_with_older_facts_is_still_read(clean_air):
    with clean_air.inside():
        entry = LedgerEntry(at=now(), kind="coalitions.SeatGiven", by_system="demo", about="x:1", facts={})
        (line,) = sentences.lines([entry], "clean-air")
        assert (line.text, line.author, line.is_system) == ("A person was given a seat.", "Manyhands, by itself", True)


class TestDeliveries:
    @pytest.fixture
    def failed(self, clean_air, lines) -> Delivery:
        with clean_air.inside():
            return Delivery.objects.create(
                entry=LedgerEntry.objects.first(), listener="x.y", tries=TRIES, trouble="ValueError"
            )

    def test_an_operator_sees_what_failed_and_tries_again(self, clean_air, failed, client):
        client.force_login(Person.objects.create_user("op@example.org", is_operator=True))
        page = client.get("/operator/deliveries/").text
        assert "ValueError" in page
        assert "Clean Air for Kids" in page
        assert client.post(f"/operator/deliveries/{failed.pk}/retry/").url == "/operator/deliveries/"
        assert queries.failed_deliveries() == []
        with clean_air.inside():
            assert Delivery.objects.get(pk=failed.pk).tries == 0

    def test_nobody_else_does(self, clean_air, failed, client):
        client.force_login(clean_air.user["amina"])
        assert client.get("/operator/deliveries/").status_code == 404
        with pytest.raises(PermissionDenied):
            actions.retry_delivery(actor=Visitor(1), delivery_id=failed.pk)

    def test_what_was_delivered_meanwhile_is_left_alone(self, clean_air, failed):
        with clean_air.inside():
            Delivery.objects.filter(pk=failed.pk).update(done_at=now())
        with pytest.raises(actions.NoLongerWaits):
            actions.retry_delivery(actor=Visitor(1, is_operator=True), delivery_id=failed.pk)
